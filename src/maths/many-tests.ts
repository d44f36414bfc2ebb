/** Looking at many tests at once. Both give adjusted p values in the order given, never above 1. */

/** Holm (1979): the chance of even one false claim stays below the level, whatever depends on what. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = byP(ps);
  const adjusted = Array.from(ps, () => 1);
  let least = 0;
  order.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * (ps[at] ?? 1)));
    adjusted[at] = least;
  });
  return adjusted;
}

/** Benjamini and Hochberg (1995): the expected share of false claims among the claims stays below the level. */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  const order = byP(ps);
  const adjusted = Array.from(ps, () => 1);
  let most = 1;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const at = order[rank] ?? 0;
    most = Math.min(most, (ps.length / (rank + 1)) * (ps[at] ?? 1));
    adjusted[at] = most;
  }
  return adjusted;
}

const byP = (ps: readonly number[]): readonly number[] => ps.map((_, i) => i).toSorted((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
