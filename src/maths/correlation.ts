/** How two rows of numbers move together, and how sure that is. */
export interface Correlation {
  /** Pearson's r; null where fewer than three pairs are there or one side never changes. */
  readonly r: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const n = x.length;
  if (n < 3) return null;
  let [meanX, meanY] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanX += (x[i] as number) / n;
    meanY += (y[i] as number) / n;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const dx = (x[i] as number) - meanX;
    const dy = (y[i] as number) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const still = 1e-18 * n;
  if (xx <= still * (1 + meanX * meanX) || yy <= still * (1 + meanY * meanY)) return null;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Fisher's interval: atanh r is nearly normal with variance 1 / (n − 3). Needs four pairs. `z` 1.96 gives 95 %. */
export function fisherInterval(r: number, n: number, z = 1.96): { readonly low: number; readonly high: number } | null {
  if (n < 4) return null;
  const middle = Math.atanh(Math.max(-0.999999, Math.min(0.999999, r)));
  const half = z / Math.sqrt(n - 3);
  return { low: Math.tanh(middle - half), high: Math.tanh(middle + half) };
}

export function correlationOf(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  const r = pearson(x, y);
  const interval = r === null ? null : fisherInterval(r, x.length);
  return { r, low: interval?.low ?? null, high: interval?.high ?? null, n: x.length };
}

/**
 * Takes away what a row's groups have in common, by both groupings in turn until nothing moves: what is left varies within
 * places and within months at once. For a table with holes this is the least-squares fit of place + month.
 */
export function withoutBothMeans(values: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>): Float64Array {
  const left = Float64Array.from(values);
  for (let round = 0; round < 100; round++) {
    const moved = Math.max(subtractMeans(left, first), subtractMeans(left, second));
    if (moved < 1e-10) break;
  }
  return left;
}

/** Returns the largest mean that was taken away. */
function subtractMeans(values: Float64Array, groups: ArrayLike<number>): number {
  const sums = new Map<number, { total: number; n: number }>();
  for (let i = 0; i < values.length; i++) {
    const sum = sums.get(groups[i] as number) ?? { total: 0, n: 0 };
    sum.total += values[i] as number;
    sum.n++;
    sums.set(groups[i] as number, sum);
  }
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const sum = sums.get(groups[i] as number)!;
    const mean = sum.total / sum.n;
    values[i] = (values[i] as number) - mean;
    most = Math.max(most, Math.abs(mean));
  }
  return most;
}
