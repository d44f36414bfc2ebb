import { wilson } from '../../maths/proportions.ts';
import { LEVELS, type LevelDistribution, type LevelSettings } from '../../model/levels.ts';
import { type GrievanceFacts, gradeOf, levelOf } from './grade.ts';

/** How grievances fall onto the levels under some settings, beside the wanted shares. */
export function distributionOf(
  facts: readonly GrievanceFacts[],
  settings: LevelSettings,
  of: { readonly days: number; readonly of: number },
): LevelDistribution {
  const scores = facts.map((one) => gradeOf(one, settings).score);
  const counts = LEVELS.map((level) => scores.filter((score) => levelOf(score, settings.cuts) === level).length);
  const n = scores.length;
  return {
    ...of,
    n,
    shares: LEVELS.map((level, i) => ({
      level,
      n: counts[i] ?? 0,
      share: n === 0 ? 0 : (counts[i] ?? 0) / n,
      ...(n === 0 ? { low: 0, high: 1 } : wilson({ events: counts[i] ?? 0, n })),
      wanted: (settings.shares[i] ?? 0) / 100,
    })),
    fitting: fittingCuts(scores, settings.shares),
  };
}

/**
 * Cuts between the scores that occur which come closest to the wanted shares. Scores are few (sums of four scales), so the shares are
 * met only as closely as ties allow; always rising, within 0–1.
 */
export function fittingCuts(scores: readonly number[], shares: readonly number[]): readonly number[] {
  if (scores.length === 0) return [0.2, 0.4, 0.6, 0.8];
  const sorted = scores.toSorted((a, b) => a - b);
  const values = [...new Set(sorted.map((score) => Math.round(score * 1e6) / 1e6))];
  // Between neighbours, so that a rounded cut still lies between them; with how many scores lie below.
  const candidates = values.slice(1).map((value, i) => {
    const cut = ((values[i] ?? 0) + value) / 2;
    return { cut, below: countBelow(sorted, cut) };
  });
  const cuts: number[] = [];
  let wanted = 0;
  for (let i = 0; i < 4; i++) {
    wanted += ((shares[i] ?? 0) / 100) * scores.length;
    const last = cuts.at(-1) ?? -1;
    let best: (typeof candidates)[number] | null = null;
    for (const one of candidates)
      if (one.cut > last + 1e-6 && (best === null || Math.abs(one.below - wanted) < Math.abs(best.below - wanted))) best = one;
    cuts.push(best?.cut ?? Math.min(1, last < 0 ? 0.5 : last + (1 - last) / (6 - i)));
  }
  return cuts.map((cut) => Math.round(cut * 10_000) / 10_000);
}

/** How many of the rising `sorted` lie below a cut. */
function countBelow(sorted: readonly number[], cut: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < cut) low = middle + 1;
    else high = middle;
  }
  return low;
}
