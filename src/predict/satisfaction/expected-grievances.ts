import { type LinearFit, predicted, ridge } from '../../maths/ridge.ts';
import { beyondUsual, type Division, divisionOf, HISTORY, movedShares } from './division.ts';
import type { ServiceCell } from './service-cells.ts';

/**
 * 抱怨预监控: what answers of one month say about grievances of the next. Per place: next rate (grievances per 1,000 customers) from
 * the place's own history and this month's rate, with and without how far satisfaction falls short of 100. Tried on later months
 * only; the interval is made of the errors of earlier trials, so it needs no belief about their shape.
 */
export interface Expected {
  readonly verdict: 'not-enough' | 'adds-nothing' | 'helps';
  /** Place-months foretold before they were looked at. */
  readonly tested: number;
  /** Mean absolute error, grievances per 1,000 customers: with the answers, and by the place's own history alone. */
  readonly error: number | null;
  readonly errorWithout: number | null;
  /** Gain of the answers over history alone in standard errors. */
  readonly z: number | null;
  /** Share of tested place-months that lay in their 90 % interval. */
  readonly coverage: number | null;
  /** How the expected ones divide among points. */
  readonly division: Division;
  readonly next: readonly ExpectedPlace[];
}

export interface ExpectedPlace {
  readonly place: string;
  /** The month after the last one known. */
  readonly month: string;
  /** Grievances per 1,000 customers, with a 90 % interval (null: too few trials to give one), beside what is usual here. */
  readonly expected: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly usual: number;
  /** By point: what is expected, by the division. */
  readonly points: readonly number[];
}

interface Row {
  readonly place: string;
  readonly next: string;
  readonly features: readonly [shortfall: number, history: number, now: number];
  readonly target: number;
}

const LEAST_ROWS = 24;
const LEAST_ERRORS = 20;
const PENALTY = 1;

/** `shortfalls`: per cell and point, 100 − satisfaction with the survey item that asks about the point; null: nobody was asked there. */
export function expectedGrievances(
  cells: readonly ServiceCell[],
  points: number,
  shortfalls: readonly (readonly (number | null)[])[] = [],
): Expected {
  const months = [...new Set(cells.map((cell) => cell.month))].toSorted();
  const rows = rowsOf(cells, months);
  const trials = months.slice(Math.max(3, Math.ceil(months.length / 3))).flatMap((month) => trialsOf(rows, month));
  const scores = trials.map((trial) => scoreOf(trial));
  const known = rows.filter((row) => !Number.isNaN(row.target));
  if (known.length < LEAST_ROWS || trials.length < 10) {
    return {
      verdict: 'not-enough',
      tested: trials.length,
      error: null,
      errorWithout: null,
      z: null,
      coverage: null,
      division: HISTORY,
      next: [],
    };
  }
  const gains = trials.map((trial) => Math.abs(trial.row.target - trial.without) - Math.abs(trial.row.target - trial.with));
  const z = zOf(gains);
  const helps = z !== null && z > 1.64;
  const division = divisionOf(cells, shortfalls, (place, month) => sharesUntil(cells, place, month, points));
  return {
    verdict: helps ? 'helps' : 'adds-nothing',
    tested: trials.length,
    error: meanOf(trials.map((trial) => Math.abs(trial.row.target - trial.with))),
    errorWithout: meanOf(trials.map((trial) => Math.abs(trial.row.target - trial.without))),
    z,
    coverage: coverageOf(trials, scores, helps),
    division,
    next: nextOf(rows, known, trials, helps, sharesNext(cells, shortfalls, points, division.slope)),
  };
}

interface Trial {
  readonly row: Row;
  readonly with: number;
  readonly without: number;
}

/** Every place foretold for a month from rows that were known before it. */
function trialsOf(rows: readonly Row[], month: string): readonly Trial[] {
  const before = rows.filter((row) => row.next < month && !Number.isNaN(row.target));
  if (before.length < LEAST_ROWS / 2) return [];
  const fits = fitsOf(before);
  return rows
    .filter((row) => row.next === month && !Number.isNaN(row.target))
    .map((row) => ({ row, with: foretold(fits.with, row.features), without: foretold(fits.without, row.features.slice(1)) }));
}

function fitsOf(rows: readonly Row[]): { readonly with: LinearFit; readonly without: LinearFit } {
  const column = (at: number): readonly number[] => rows.map((row) => row.features[at] ?? 0);
  const target = rows.map((row) => row.target);
  return { with: ridge([column(0), column(1), column(2)], target, PENALTY), without: ridge([column(1), column(2)], target, PENALTY) };
}

const foretold = (fit: LinearFit, features: readonly number[]): number => Math.max(0, predicted(fit, features));

/** One row for a place and a month with an answer; `target` NaN for the month after the last. */
function rowsOf(cells: readonly ServiceCell[], months: readonly string[]): readonly Row[] {
  const at = new Map(cells.map((cell) => [`${cell.place}\u0000${cell.month}`, cell]));
  const rate = (cell: ServiceCell): number => cell.rates.reduce((sum, one) => sum + one, 0);
  return [...new Set(cells.map((cell) => cell.place))].flatMap((place) => {
    const seen: number[] = [];
    return months.flatMap((month, m): readonly Row[] => {
      const cell = at.get(`${place}\u0000${month}`);
      if (cell === undefined) return [];
      seen.push(rate(cell));
      if (cell.satisfaction === null) return [];
      const next = months[m + 1];
      const after = next === undefined ? undefined : at.get(`${place}\u0000${next}`);
      if (next !== undefined && after === undefined) return [];
      const history = meanOf(seen) ?? 0;
      return [
        {
          place,
          next: next ?? monthAfter(month),
          features: [100 - cell.satisfaction, history, rate(cell)],
          target: after === undefined ? NaN : rate(after),
        },
      ];
    });
  });
}

export function monthAfter(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

/** Error in units of the chance that a count of such a size has. */
const scoreOf = (trial: Trial, withAnswers = true): number => {
  const expected = withAnswers ? trial.with : trial.without;
  return (trial.row.target - expected) / Math.sqrt(Math.max(expected, 0.1));
};

function band(scores: readonly number[]): { readonly low: number; readonly high: number } {
  const sorted = scores.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length + 1)) - 1))] ?? 0;
  return { low: at(0.05), high: at(0.95) };
}

/** Each month's intervals are made of the errors of earlier months only. */
function coverageOf(trials: readonly Trial[], scores: readonly number[], withAnswers: boolean): number | null {
  let [inside, tried] = [0, 0];
  trials.forEach((trial) => {
    const earlier = trials.flatMap((other, j) =>
      other.row.next < trial.row.next ? [withAnswers ? (scores[j] ?? 0) : scoreOf(other, false)] : [],
    );
    if (earlier.length < LEAST_ERRORS) return;
    const { low, high } = band(earlier);
    const score = scoreOf(trial, withAnswers);
    tried++;
    if (score >= low && score <= high) inside++;
  });
  return tried === 0 ? null : inside / tried;
}

function nextOf(
  rows: readonly Row[],
  known: readonly Row[],
  trials: readonly Trial[],
  withAnswers: boolean,
  sharesOfPlace: (place: string) => readonly number[],
): readonly ExpectedPlace[] {
  const fits = fitsOf(known);
  const errors = trials.map((trial) => scoreOf(trial, withAnswers));
  const edge = errors.length >= LEAST_ERRORS ? band(errors) : null;
  return rows
    .filter((row) => Number.isNaN(row.target))
    .map((row) => {
      const expected = withAnswers ? foretold(fits.with, row.features) : foretold(fits.without, row.features.slice(1));
      const unit = Math.sqrt(Math.max(expected, 0.1));
      return {
        place: row.place,
        month: row.next,
        expected,
        low: edge === null ? null : Math.max(0, expected + edge.low * unit),
        high: edge === null ? null : expected + edge.high * unit,
        usual: row.features[1],
        points: sharesOfPlace(row.place).map((share) => share * expected),
      };
    });
}

/** Past shares of a place as they were known at the end of a month. */
function sharesUntil(cells: readonly ServiceCell[], place: string, month: string, points: number): readonly number[] {
  const known = cells.filter((cell) => cell.month <= month);
  return sharesOf(
    known.filter((cell) => cell.place === place),
    points,
    sharesOf(known, points),
  );
}

/** Shares of the month to come: past ones, moved by the last month's shortfalls where the division is. */
function sharesNext(
  cells: readonly ServiceCell[],
  shortfalls: readonly (readonly (number | null)[])[],
  points: number,
  slope: number,
): (place: string) => readonly number[] {
  const last = cells.reduce((latest, cell) => (cell.month > latest ? cell.month : latest), '');
  return (place) => {
    const shares = sharesUntil(cells, place, last, points);
    const own = shortfalls[cells.findIndex((cell) => cell.place === place && cell.month === last)];
    return slope === 0 || own === undefined ? shares : movedShares(shares, beyondUsual(own, shortfalls), slope);
  };
}

/** How grievances divide among points: a place's own, drawn towards all places by five grievances. */
function sharesOf(cells: readonly ServiceCell[], points: number, towards?: readonly number[]): readonly number[] {
  const counts = Array.from({ length: points }, (_, p) =>
    cells.reduce((sum, cell) => sum + ((cell.rates[p] ?? 0) * cell.customers) / 1000, towards === undefined ? 0 : 5 * (towards[p] ?? 0)),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 1 / points));
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

function zOf(values: readonly number[]): number | null {
  const mean = meanOf(values);
  if (mean === null || values.length < 2) return null;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return variance === 0 ? 0 : mean / Math.sqrt(variance / values.length);
}
