import type { ServiceCell } from './service-cells.ts';

/**
 * How next month's expected grievances divide among points: as the place's did so far, or moved towards points whose own survey item fell.
 * share ∝ past share × exp(slope × shortfall of the point's item beyond its usual): one slope for a service item, learned from earlier
 * months. Moved only where that foretold later months better beyond chance; else the division is history.
 */
export interface Division {
  readonly verdict: 'history' | 'not-enough' | 'adds-nothing' | 'moved';
  /** Place-months divided before they were looked at. */
  readonly tested: number;
  /** Gain in log likelihood over history alone, in standard errors. */
  readonly z: number | null;
  /** Per ten points of satisfaction; 0 unless moved. */
  readonly slope: number;
}

export const HISTORY: Division = { verdict: 'history', tested: 0, z: null, slope: 0 };

/** One place and month, looking at the next. */
interface Row {
  readonly next: string;
  /** Past shares, shortfalls beyond the usual in tens of points (0: nobody was asked), and next month's grievances; per point. */
  readonly shares: readonly number[];
  readonly short: readonly number[];
  readonly counts: readonly number[];
}

const LEAST_ROWS = 24;
const LEAST_TESTED = 20;
/** As much as one grievance says against a slope of 1. */
const PENALTY = 1;

/** `shortfalls`: per cell and point, 100 − satisfaction with the point's own item there and then; null: nobody was asked. */
export function divisionOf(
  cells: readonly ServiceCell[],
  shortfalls: readonly (readonly (number | null)[])[],
  sharesBefore: (place: string, month: string) => readonly number[],
): Division {
  if (!shortfalls.some(tellsApart)) return HISTORY;
  const rows = rowsOf(cells, shortfalls, sharesBefore);
  const months = [...new Set(rows.map((row) => row.next))].toSorted();
  const gains = months.slice(Math.ceil(months.length / 3)).flatMap((month) => {
    const before = rows.filter((row) => row.next < month);
    if (before.length < LEAST_ROWS / 2) return [];
    const slope = slopeOf(before);
    return rows.filter((row) => row.next === month).map((row) => logLikelihood(row, slope) - logLikelihood(row, 0));
  });
  if (rows.length < LEAST_ROWS || gains.length < LEAST_TESTED) return { ...HISTORY, verdict: 'not-enough', tested: gains.length };
  const z = zOf(gains);
  const moved = z > 1.64;
  return { verdict: moved ? 'moved' : 'adds-nothing', tested: gains.length, z, slope: moved ? slopeOf(rows) : 0 };
}

/** Shortfalls beyond what is usual for each point so far, in tens of points. */
export function beyondUsual(own: readonly (number | null)[], soFar: readonly (readonly (number | null)[])[]): readonly number[] {
  return own.map((short, p) => {
    const known = soFar.flatMap((one) => one[p] ?? []);
    return short === null || known.length === 0 ? 0 : (short - known.reduce((sum, one) => sum + one, 0) / known.length) / 10;
  });
}

export function movedShares(shares: readonly number[], short: readonly number[], slope: number): readonly number[] {
  const raised = shares.map((share, p) => share * Math.exp(slope * (short[p] ?? 0)));
  const total = raised.reduce((sum, one) => sum + one, 0);
  return total > 0 ? raised.map((one) => one / total) : shares;
}

/** Two points with answers of two items: else nothing can move between points. */
const tellsApart = (short: readonly (number | null)[]): boolean => new Set(short.filter((one) => one !== null)).size > 1;

function rowsOf(
  cells: readonly ServiceCell[],
  shortfalls: readonly (readonly (number | null)[])[],
  sharesBefore: (place: string, month: string) => readonly number[],
): readonly Row[] {
  const months = [...new Set(cells.map((cell) => cell.month))].toSorted();
  const at = new Map(cells.map((cell) => [`${cell.place}\u0000${cell.month}`, cell]));
  return cells.flatMap((cell, i): readonly Row[] => {
    const next = months[months.indexOf(cell.month) + 1];
    const after = next === undefined ? undefined : at.get(`${cell.place}\u0000${next}`);
    const own = shortfalls[i] ?? [];
    if (next === undefined || after === undefined || !tellsApart(own)) return [];
    const soFar = shortfalls.filter((_, j) => (cells[j]?.month ?? '') <= cell.month);
    const counts = after.rates.map((rate) => (rate * after.customers) / 1000);
    return [{ next, shares: sharesBefore(cell.place, cell.month), short: beyondUsual(own, soFar), counts }];
  });
}

function logLikelihood({ shares, short, counts }: Row, slope: number): number {
  const moved = movedShares(shares, short, slope);
  return counts.reduce((sum, count, p) => sum + (count > 0 ? count * Math.log(Math.max(1e-9, moved[p] ?? 0)) : 0), 0);
}

/** Newton's method on a concave likelihood of one slope. Below 0, what fell would be grieved about less: no reason to move anything. */
function slopeOf(rows: readonly Row[]): number {
  let slope = 0;
  for (let step = 0; step < 25; step++) {
    let [gradient, curvature] = [-PENALTY * slope, PENALTY];
    for (const { shares, short, counts } of rows) {
      const moved = movedShares(shares, short, slope);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const mean = moved.reduce((sum, share, p) => sum + share * (short[p] ?? 0), 0);
      const square = moved.reduce((sum, share, p) => sum + share * (short[p] ?? 0) ** 2, 0);
      gradient += counts.reduce((sum, count, p) => sum + count * (short[p] ?? 0), 0) - total * mean;
      curvature += total * (square - mean * mean);
    }
    const change = Math.max(-1, Math.min(1, gradient / curvature));
    slope += change;
    if (Math.abs(change) < 1e-6) break;
  }
  return Math.max(0, slope);
}

function zOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return variance === 0 ? 0 : mean / Math.sqrt(variance / values.length);
}
