export interface Stratum {
  readonly name: string;
  readonly size: number;
}

/**
 * How many of each stratum a sample of `wanted` takes: in proportion (largest remainders), but at least `least` of each as far as it
 * has them, so that a small centre is judged as well. Never more than there are.
 */
export function allotted(strata: readonly Stratum[], wanted: number, least = 2): ReadonlyMap<string, number> {
  const total = strata.reduce((sum, one) => sum + one.size, 0);
  const share = new Map(strata.map((one) => [one.name, Math.min(one.size, least)]));
  let left = Math.min(wanted, total) - [...share.values()].reduce((sum, n) => sum + n, 0);
  if (left < 0) return trimmed(strata, wanted);
  while (left > 0) {
    const open = strata.filter((one) => (share.get(one.name) ?? 0) < one.size);
    const behind = open.toSorted((a, b) => gap(b, share, total, wanted) - gap(a, share, total, wanted) || (a.name < b.name ? -1 : 1))[0];
    if (behind === undefined) break;
    share.set(behind.name, (share.get(behind.name) ?? 0) + 1);
    left--;
  }
  return share;
}

const gap = (one: Stratum, share: ReadonlyMap<string, number>, total: number, wanted: number): number =>
  (one.size / total) * wanted - (share.get(one.name) ?? 0);

/** Fewer places than two for each: the largest strata come first, one by one. */
function trimmed(strata: readonly Stratum[], wanted: number): ReadonlyMap<string, number> {
  const share = new Map(strata.map((one) => [one.name, 0]));
  const order = strata.toSorted((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  for (let left = wanted, round = 1; left > 0 && round <= 2; round++)
    for (const one of order)
      if (left > 0 && one.size >= round) {
        share.set(one.name, round);
        left--;
      }
  return share;
}
