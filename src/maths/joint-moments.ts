/** Means, spreads and correlations of columns and an outcome over some rows (each as often as `times` says). */
export interface JointMoments {
  readonly means: Float64Array;
  readonly sds: Float64Array;
  /** size × size, row-major; 1 on the diagonal, 0 where a side does not vary. */
  readonly correlations: Float64Array;
  readonly withOutcome: Float64Array;
  readonly outcomeMean: number;
  readonly outcomeSd: number;
}

export function jointMoments(columns: readonly Float64Array[], outcome: Float64Array, times: Float64Array): JointMoments {
  const all = [...columns, outcome];
  const size = columns.length;
  const total = times.reduce((sum, n) => sum + n, 0);
  const means = Float64Array.from(all, (column) => column.reduce((sum, value, i) => sum + value * (times[i] ?? 0), 0) / total);
  const centred = all.map((column, c) => column.map((value) => value - (means[c] ?? 0)));
  const weighted = centred.map((column) => column.map((value, i) => value * (times[i] ?? 0)));
  const product = (a: number, b: number): number => dot(weighted[a] ?? EMPTY, centred[b] ?? EMPTY) / total;
  const sds = Float64Array.from(all, (_, c) => Math.sqrt(product(c, c)));
  const correlation = (a: number, b: number): number => {
    const scale = (sds[a] ?? 0) * (sds[b] ?? 0);
    return scale <= 1e-12 ? 0 : product(a, b) / scale;
  };
  const correlations = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    correlations[a * size + a] = 1;
    for (let b = 0; b < a; b++) correlations[a * size + b] = correlations[b * size + a] = correlation(a, b);
  }
  return {
    means: means.slice(0, size),
    sds: sds.slice(0, size),
    correlations,
    withOutcome: Float64Array.from({ length: size }, (_, a) => correlation(a, size)),
    outcomeMean: means[size] ?? 0,
    outcomeSd: sds[size] ?? 0,
  };
}

const EMPTY = new Float64Array(0);
function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
