import { type ColumnRole, roleOf } from '../models/column-roles.ts';
import { featureOf } from '../models/feature-encoding.ts';
import { asNumber, rowsOf, type Sheet, type SheetColumn } from '../models/sheet.ts';
import { columnNamed, listed } from '../models/target.ts';
import { type BasicRule, type Kept, withoutSymptoms } from './basic-factors.ts';
import { designOf } from './driver-design.ts';
import { driversOf, type Driver } from './drivers.ts';
import { haloOf, type Halo, ratingsLike, scaleOf } from './halo.ts';

export interface ScoreOptions {
  /** Title of the column with the overall score. */
  readonly score: string;
  readonly leaveOut: readonly string[];
  /** Titles of columns that stay where they say the same as another. */
  readonly basics: readonly string[];
  readonly rules: readonly BasicRule[];
  /** Scores up to here are low; null: six tenths of the best one (6 of 10, 3 of 5). */
  readonly low: number | null;
  readonly seed: number;
  /** Titles of columns that hold dates: nothing is explained by a date. */
  readonly dates: readonly string[];
}

/** What drives an overall score, from any table of answers. */
export interface ScoreReport {
  readonly score: string;
  readonly rows: number;
  readonly answered: number;
  readonly scale: { readonly from: number; readonly to: number };
  readonly mean: number;
  readonly low_at_most: number;
  readonly low: number;
  readonly low_share: number;
  readonly r2: number;
  /** What happened to customers and who they are; ratings of parts stand apart. */
  readonly drivers: readonly Driver[];
  /** Ratings of parts on the score's own scale, weighed against each other. */
  readonly ratings: readonly Driver[];
  readonly ratings_r2: number;
  readonly halo: Halo | null;
  readonly collinear: readonly Kept[];
  readonly left_out: readonly { readonly name: string; readonly why: string }[];
}

export type ScoresAnalysed =
  | { readonly kind: 'analysed'; readonly report: ScoreReport }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

const LEAST_ANSWERS = 50;

export function analyseScores(sheet: Sheet, options: ScoreOptions): ScoresAnalysed {
  const at = columnNamed(sheet, options.score);
  const problems = problemsOf(sheet, options, at);
  const column = sheet.columns[at];
  if (problems.length > 0 || column === undefined) return { kind: 'problems', problems };
  const all = numbersOf(column);
  const rows = Uint32Array.from(Array.from(all.keys()).filter((row) => !Number.isNaN(all[row])));
  if (rows.length < LEAST_ANSWERS)
    return { kind: 'problems', problems: [`only ${rows.length} rows have a score in "${column.title}"; ${LEAST_ANSWERS} are needed`] };
  const score = Float64Array.from(rows, (row) => all[row] ?? 0);
  const { from, to } = scaleOf(score);
  const cut = options.low ?? Math.floor(0.6 * to);
  const lows = score.reduce((sum, value) => sum + (value <= cut ? 1 : 0), 0);
  const parts = partsOf(sheet, options, at, rows, score);
  const { columns, kept } = withoutSymptoms(designOf(parts.facts), options.rules, options.basics);
  const found = driversOf(columns, score, options.seed);
  const ofRatings = driversOf(designOf(parts.ratings), score, options.seed);
  const report: ScoreReport = {
    score: column.title,
    rows: sheet.rows,
    answered: rows.length,
    scale: { from, to },
    mean: score.reduce((sum, value) => sum + value, 0) / score.length,
    low_at_most: cut,
    low: lows,
    low_share: lows / score.length,
    r2: found.r2,
    drivers: found.drivers,
    ratings: ofRatings.drivers,
    ratings_r2: ofRatings.r2,
    halo: parts.halo,
    collinear: kept,
    left_out: parts.leftOut,
  };
  return { kind: 'analysed', report };
}

function partsOf(sheet: Sheet, options: ScoreOptions, at: number, rows: Uint32Array, score: Float64Array) {
  const asked = new Set(options.leaveOut.map((title) => columnNamed(sheet, title)));
  const dates = new Set(options.dates.map((title) => columnNamed(sheet, title)));
  const roles = sheet.columns.map((column): ColumnRole => roleOf(column, rowsOf(sheet)));
  const numbers = sheet.columns.flatMap((column, i) =>
    i !== at && roles[i]?.kind === 'number' && roles[i]?.role === 'feature'
      ? [{ name: column.title, i, values: picked(numbersOf(column), rows) }]
      : [],
  );
  const scored = { name: sheet.columns[at]?.title ?? '', values: score };
  const like = new Set(ratingsLike(scored, numbers).map((one) => one.name));
  const alike = numbers.filter((one) => like.has(one.name));
  const feature = (i: number) => featureOf(sheet.columns[i] as SheetColumn, roles[i] as ColumnRole, rows);
  const usable = sheet.columns.flatMap((column, i) =>
    i !== at && !asked.has(i) && !dates.has(i) && roles[i]?.role === 'feature' ? [{ column, i }] : [],
  );
  return {
    // Ratings that somebody left out still show whether all ratings move together.
    halo: haloOf(scored, alike),
    ratings: usable.filter(({ column }) => like.has(column.title)).map(({ i }) => feature(i)),
    facts: usable.filter(({ column }) => !like.has(column.title)).map(({ i }) => feature(i)),
    leftOut: sheet.columns.flatMap((column, i) => {
      if (i === at) return [];
      if (asked.has(i)) return [{ name: column.title, why: 'asked' }];
      const role = dates.has(i) ? 'date' : (roles[i]?.role ?? 'constant');
      return role === 'feature' ? [] : [{ name: column.title, why: role }];
    }),
  };
}

function problemsOf(sheet: Sheet, { score, leaveOut, basics }: ScoreOptions, at: number): readonly string[] {
  const titles = listed(sheet.columns.map((column) => column.title));
  const unknown = [...leaveOut.map((title) => ['--leave-out', title]), ...basics.map((title) => ['--basic', title])].flatMap(
    ([option = '', title = '']) =>
      columnNamed(sheet, title) >= 0 ? [] : [`${option}: there is no column "${title}"; the columns are ${titles}`],
  );
  const column = sheet.columns[at];
  if (column === undefined) return [`--score: there is no column "${score}"; the columns are ${titles}`, ...unknown];
  const numeric = column.levels.filter((level) => !Number.isNaN(asNumber(level))).length;
  if (numeric < 2) return [`--score: "${column.title}" does not hold numbers (${listed(column.levels, 5)})`, ...unknown];
  return unknown;
}

export function numbersOf({ codes, levels }: SheetColumn): Float64Array {
  const values = levels.map(asNumber);
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : (values[code] ?? NaN)));
}

const picked = (values: Float64Array, rows: Uint32Array): Float64Array => Float64Array.from(rows, (row) => values[row] ?? NaN);
