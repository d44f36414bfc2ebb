import { twoSided } from '../../maths/distributions.ts';
import { benjaminiHochberg } from '../../maths/many-tests.ts';
import { zOf } from '../../maths/proportions.ts';
import type { PreferenceRow } from '../../model/segment-views.ts';

/** Grievances of a segment about one cause: the voices, and the customers who said them. */
export interface Grieved {
  readonly segment: string;
  readonly category: string;
  readonly customers: number;
  readonly voices: number;
}

/** Expected voices below which a cell is not looked at. */
const FEWEST = 5;
const Z = zOf(0.95);

/**
 * Which causes are over- or under-represented among the grievances of each segment, against those of all other segments: the ratio of
 * their shares, so that a segment that says more of everything prefers nothing. One who says it ten times is not ten witnesses: the
 * variance of the logarithm is widened by the voices per customer who names the cause. q by Benjamini–Hochberg over all cells.
 */
export function preferences(cells: readonly Grieved[]): readonly PreferenceRow[] {
  const ofSegment = summed(cells, (cell) => cell.segment);
  const ofCause = summed(cells, (cell) => cell.category);
  const all = [...ofSegment.values()].reduce((sum, { voices }) => sum + voices, 0);
  const judged = cells.flatMap((cell) => {
    const cause = ofCause.get(cell.category) ?? { voices: 0, customers: 0 };
    const base = ofSegment.get(cell.segment)?.voices ?? 0;
    const others = { voices: cause.voices - cell.voices, customers: cause.customers - cell.customers, base: all - base };
    if ((base * cause.voices) / all < FEWEST || others.voices === 0 || cell.voices === 0) return [];
    const log = Math.log(cell.voices / base / (others.voices / others.base));
    const error = Math.sqrt(clumped(cell.voices, cell.customers, base) + clumped(others.voices, others.customers, others.base));
    return [{ cell, base, others, log, error, p: error === 0 ? 1 : twoSided(log / error) }];
  });
  const qs = benjaminiHochberg(judged.map((one) => one.p));
  return judged
    .map(({ cell, base, others, log, error }, i) => ({
      segment: cell.segment,
      category: cell.category,
      customers: cell.customers,
      voices: cell.voices,
      base,
      others: others.voices,
      others_base: others.base,
      lift: Math.exp(log),
      low: Math.exp(log - Z * error),
      high: Math.exp(log + Z * error),
      q: qs[i] ?? 1,
    }))
    .toSorted((a, b) => a.q - b.q || Math.abs(Math.log(b.lift)) - Math.abs(Math.log(a.lift)));
}

/** Variance of the logarithm of a share of voices that come in clumps by customer. */
const clumped = (voices: number, customers: number, base: number): number =>
  Math.max(1, voices / Math.max(1, customers)) * Math.max(0, 1 / voices - 1 / base);

interface Sum {
  readonly voices: number;
  readonly customers: number;
}
function summed(cells: readonly Grieved[], keyOf: (cell: Grieved) => string): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const cell of cells) {
    const { voices, customers } = sums.get(keyOf(cell)) ?? { voices: 0, customers: 0 };
    sums.set(keyOf(cell), { voices: voices + cell.voices, customers: customers + cell.customers });
  }
  return sums;
}
