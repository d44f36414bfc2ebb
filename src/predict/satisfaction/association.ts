import { correlationOf, pearson, withoutBothMeans } from '../../maths/correlation.ts';
import { seededRandom, type SeededRandom } from '../../maths/seeded-random.ts';
import type { AssociationView } from '../../model/satisfaction.ts';
import { type IndexModel, indexModel, indexOf } from './grievance-index.ts';
import type { ServiceCell } from './service-cells.ts';

/** A cell with its index, which knows only of earlier months. */
export interface ScoredCell extends ServiceCell {
  readonly index: number;
}

/** Least answers for a cell to count, least cells for a verdict, least months of which the first third only teaches the weights. */
export const LEAST_ANSWERS = 5;
export const LEAST_CELLS = 12;
export const LEAST_MONTHS = 4;
const ROUNDS = 499;

/** Scores every month by what was known before it began; the first third of the months (two at least) only teaches. */
export function scoredCells(cells: readonly ServiceCell[], points: number, set: readonly number[] | null): readonly ScoredCell[] {
  const months = [...new Set(cells.map((cell) => cell.month))].toSorted();
  const first = Math.max(2, Math.ceil(months.length / 3));
  return months.slice(first).flatMap((month) => {
    const model = indexModel(
      cells.filter((cell) => cell.month < month),
      points,
      set,
    );
    return cells.filter((cell) => cell.month === month).map((cell) => ({ ...cell, index: indexOf(model, cell.rates) }));
  });
}

/** The model for the month to come: everything so far teaches. */
export const presentModel = (cells: readonly ServiceCell[], points: number, set: readonly number[] | null): IndexModel =>
  indexModel(cells, points, set);

/** `tests`: how many associations are looked at together; p must lie below .05 ÷ tests (Bonferroni), so that eleven service items do not find one by luck. */
export function associationOf(scored: readonly ScoredCell[], seed: number, tests = 1): AssociationView {
  const cells = scored.filter((cell) => cell.satisfaction !== null && cell.answers >= LEAST_ANSWERS);
  const x = cells.map((cell) => cell.index);
  const y = cells.map((cell) => cell.satisfaction ?? 0);
  const answers = cells.reduce((sum, cell) => sum + cell.answers, 0);
  const months = new Set(cells.map((cell) => cell.month));
  const { r, low, high, n } = correlationOf(x, y);
  const limit = 0.05 / tests;
  const common = { r, low, high, n, answers, limit, reliability: reliabilityOf(cells) };
  if (n < LEAST_CELLS || months.size < 2 || r === null)
    return { ...common, verdict: 'not-enough-cells', p: null, within: { r: null, low: null, high: null }, stable: null };
  const { places, times } = groupsOf(cells);
  const left = correlationOf(withoutBothMeans(x, places, times), withoutBothMeans(y, places, times));
  const p = permutationP(cells, r, seededRandom(seed, 'association'));
  const clear = low !== null && high !== null && (low > 0 || high < 0) && p < limit;
  return {
    ...common,
    verdict: clear ? (r < 0 ? 'against' : 'with') : 'none',
    p,
    within: { r: left.r, low: left.low, high: left.high },
    stable: leaveOneMonthOut(cells, [...months]),
  };
}

function groupsOf(cells: readonly ScoredCell[]): { readonly places: readonly number[]; readonly times: readonly number[] } {
  const numbers = (values: readonly string[]): readonly number[] => {
    const known = [...new Set(values)];
    return values.map((value) => known.indexOf(value));
  };
  return { places: numbers(cells.map((cell) => cell.place)), times: numbers(cells.map((cell) => cell.month)) };
}

function leaveOneMonthOut(cells: readonly ScoredCell[], months: readonly string[]): { readonly low: number; readonly high: number } | null {
  const found = months.flatMap((month) => {
    const rest = cells.filter((cell) => cell.month !== month);
    const r = pearson(
      rest.map((cell) => cell.index),
      rest.map((cell) => cell.satisfaction ?? 0),
    );
    return r === null ? [] : [r];
  });
  return found.length === 0 ? null : { low: Math.min(...found), high: Math.max(...found) };
}

/**
 * How often an r as far from 0 arises when places answer for one another. Whole places are exchanged and months stay together, so
 * that neither a place that always grieves nor a month that is bad for all can pass for an association of the two. With fewer
 * than six places there are too few exchanges; then cells are exchanged within their month.
 */
function permutationP(cells: readonly ScoredCell[], r: number, random: SeededRandom): number {
  const places = [...new Set(cells.map((cell) => cell.place))];
  const at = new Map(cells.map((cell) => [`${cell.place}\u0000${cell.month}`, cell.satisfaction ?? 0]));
  const x = cells.map((cell) => cell.index);
  let extreme = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const exchanged = places.length >= 6 ? byPlaces(cells, places, at, random) : withinMonths(cells, random);
    const pairs = cells.flatMap((_, i) => (exchanged[i] === null ? [] : [[x[i] ?? 0, exchanged[i] ?? 0] as const]));
    const other = pearson(
      pairs.map((pair) => pair[0]),
      pairs.map((pair) => pair[1]),
    );
    if (Math.abs(other ?? 0) >= Math.abs(r)) extreme++;
  }
  return (extreme + 1) / (ROUNDS + 1);
}

function byPlaces(
  cells: readonly ScoredCell[],
  places: readonly string[],
  at: ReadonlyMap<string, number>,
  random: SeededRandom,
): readonly (number | null)[] {
  const other = new Map(shuffledBy(places, random).map((to, i) => [places[i] ?? '', to]));
  return cells.map((cell) => at.get(`${other.get(cell.place)}\u0000${cell.month}`) ?? null);
}

function withinMonths(cells: readonly ScoredCell[], random: SeededRandom): readonly number[] {
  const out: number[] = Array.from({ length: cells.length }, () => 0);
  for (const month of new Set(cells.map((cell) => cell.month))) {
    const rows = cells.flatMap((cell, i) => (cell.month === month ? [i] : []));
    shuffledBy(rows, random).forEach((from, i) => (out[rows[i] ?? 0] = cells[from]?.satisfaction ?? 0));
  }
  return out;
}

function shuffledBy<T>(list: readonly T[], random: SeededRandom): readonly T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

function reliabilityOf(cells: readonly ScoredCell[]): number | null {
  if (cells.length < 3) return null;
  const mean = cells.reduce((sum, cell) => sum + (cell.satisfaction ?? 0), 0) / cells.length;
  const spread = cells.reduce((sum, cell) => sum + ((cell.satisfaction ?? 0) - mean) ** 2, 0) / (cells.length - 1);
  const noise = cells.reduce((sum, cell) => sum + cell.noise, 0) / cells.length;
  return spread <= 0 ? 0 : Math.max(0, Math.min(1, 1 - noise / spread));
}
