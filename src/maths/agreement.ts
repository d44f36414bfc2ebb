import { seededRandom } from './seeded-random.ts';

/** One thing that several people put into a category each; null: this one did not. */
export type CodedUnit = readonly (string | null)[];

export interface Alpha {
  /** 1: they agree on everything; 0: as if by chance; null: nothing to compare, or only one category was ever used. */
  readonly alpha: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Units that at least two people coded. */
  readonly units: number;
  /** Share of pairs of codes that are equal. */
  readonly observed: number | null;
}

/** Coincidences of one unit: how many ordered pairs of equal and of all codes, weighted by 1 ÷ (codes − 1), and the codes themselves. */
interface Pairable {
  readonly codes: Int32Array;
  /** Weighted count of disagreeing ordered pairs. */
  readonly differ: number;
}

/**
 * Krippendorff's alpha for nominal categories, any number of coders, missing codes allowed (Krippendorff 2011, “Computing
 * Krippendorff’s alpha-reliability”): 1 − D_o ÷ D_e, where D_o is the share of disagreeing pairs within units and D_e that of pairs
 * drawn from all codes. The interval resamples whole units (percentiles of `replicates` draws), so it holds for the units that were
 * coded, not for other coders.
 */
export function krippendorffAlpha(
  units: readonly CodedUnit[],
  options: { readonly replicates?: number; readonly seed?: number; readonly confidence?: number } = {},
): Alpha {
  const { replicates = 400, seed = 1, confidence = 0.95 } = options;
  const { pairable, categories } = pairableOf(units);
  const all = pairable.map((_, i) => i);
  const alpha = alphaOf(pairable, all, categories);
  const observed = observedOf(pairable);
  if (alpha === null || pairable.length < 2) return { alpha, low: null, high: null, units: pairable.length, observed };
  const random = seededRandom(seed, 'alpha');
  const drawn: number[] = [];
  const picks = Array.from({ length: pairable.length }, () => 0);
  for (let r = 0; r < replicates; r++) {
    for (let i = 0; i < picks.length; i++) picks[i] = random.int(pairable.length);
    // A draw that happens to hold one category alone is perfect agreement on it.
    drawn.push(alphaOf(pairable, picks, categories) ?? 1);
  }
  drawn.sort((a, b) => a - b);
  const at = (p: number): number => drawn[Math.min(drawn.length - 1, Math.max(0, Math.round(p * (drawn.length - 1))))] ?? alpha;
  return { alpha, low: at((1 - confidence) / 2), high: at((1 + confidence) / 2), units: pairable.length, observed };
}

function pairableOf(units: readonly CodedUnit[]): { readonly pairable: readonly Pairable[]; readonly categories: number } {
  const codes = new Map<string, number>();
  const codeOf = (name: string): number => {
    const known = codes.get(name) ?? codes.size;
    codes.set(name, known);
    return known;
  };
  const pairable = units.flatMap((unit): readonly Pairable[] => {
    const own = unit.filter((one) => one !== null).map(codeOf);
    return own.length < 2 ? [] : [{ codes: Int32Array.from(own), differ: differing(own) / (own.length - 1) }];
  });
  return { pairable, categories: codes.size };
}

function differing(codes: readonly number[]): number {
  let pairs = 0;
  for (let i = 0; i < codes.length; i++) for (let j = 0; j < codes.length; j++) if (codes[i] !== codes[j]) pairs++;
  return pairs;
}

function alphaOf(pairable: readonly Pairable[], picks: readonly number[], categories: number): number | null {
  const counts = new Float64Array(categories);
  let n = 0;
  let differ = 0;
  for (const pick of picks) {
    const unit = pairable[pick];
    if (unit === undefined) continue;
    differ += unit.differ;
    n += unit.codes.length;
    for (const code of unit.codes) counts[code] = (counts[code] ?? 0) + 1;
  }
  if (n < 2) return null;
  let equalPairs = 0;
  for (const count of counts) equalPairs += count * (count - 1);
  const expected = (n * (n - 1) - equalPairs) / (n - 1);
  return expected === 0 ? null : 1 - differ / expected;
}

function observedOf(pairable: readonly Pairable[]): number | null {
  const n = pairable.reduce((sum, unit) => sum + unit.codes.length, 0);
  return n === 0 ? null : 1 - pairable.reduce((sum, unit) => sum + unit.differ, 0) / n;
}
