/** Population stability index: how far a distribution has moved. Σ (now − then) · ln(now ÷ then) over bins; the usual reading: below .1 stable, above .25 moved. */
export function stabilityIndex(then: ArrayLike<number>, now: ArrayLike<number>): number {
  const [sumThen, sumNow] = [total(then), total(now)];
  if (sumThen === 0 || sumNow === 0) return 0;
  const bins = Math.max(then.length, now.length);
  let index = 0;
  for (let i = 0; i < bins; i++) {
    // Half a count in an empty bin: a bin that nobody was in before says "moved", not "infinitely moved".
    const p = ((then[i] ?? 0) + 0.5) / (sumThen + 0.5 * bins);
    const q = ((now[i] ?? 0) + 0.5) / (sumNow + 0.5 * bins);
    index += (q - p) * Math.log(q / p);
  }
  return index;
}

/**
 * What the index would be by chance alone: (B − 1)(1/n + 1/m) on average for B bins (its asymptotic law is that multiple of χ²).
 * An index is an alarm only above its fixed limit and above twice this.
 */
export const stabilityByChance = (bins: number, then: number, now: number): number =>
  then <= 0 || now <= 0 ? Infinity : (Math.max(1, bins) - 1) * (1 / then + 1 / now);

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] ?? 0;
  return sum;
}

/** Inner edges that cut values into bins of equal frequency; equal values stay together, so there may be fewer. */
export function quantileEdges(values: ArrayLike<number>, bins: number): readonly number[] {
  const sorted = Float64Array.from(values)
    .filter((x) => !Number.isNaN(x))
    .sort();
  const edges: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const edge = sorted[Math.floor((sorted.length * bin) / bins)];
    if (edge !== undefined && edge > (edges.at(-1) ?? -Infinity) && edge > (sorted[0] ?? 0)) edges.push(edge);
  }
  return edges;
}

/** Counts per bin: below the first edge, …, at or above the last; missing values in a bin of their own at the end. */
export function countsByEdges(values: ArrayLike<number>, edges: readonly number[]): readonly number[] {
  const counts = Array.from({ length: edges.length + 2 }, () => 0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    let bin = edges.length + 1;
    if (!Number.isNaN(value)) {
      bin = 0;
      while (bin < edges.length && value >= (edges[bin] ?? 0)) bin++;
    }
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
