import { solveDefinite } from './cholesky.ts';

/**
 * Ridge regression on centred, weighted columns: minimises Σ w (y − a − Σ b x)² + λ Σ b². `columns[j][i]`: value of row i.
 * Intercept unpenalised. Solved by Cholesky; λ > 0 keeps it definite.
 */
export interface LinearFit {
  readonly intercept: number;
  readonly slopes: Float64Array;
}

export function ridge(columns: readonly ArrayLike<number>[], y: ArrayLike<number>, lambda: number, weights?: ArrayLike<number>): LinearFit {
  const { cross, withY, means, meanY } = centredProducts(columns, y, weights);
  const size = columns.length;
  for (let j = 0; j < size; j++) cross[j * size + j] = (cross[j * size + j] as number) + lambda + 1e-12;
  return withIntercept(solveDefinite(cross, withY), means, meanY);
}

/** The same with slopes ≥ 0, by coordinate descent: a grievance can only weigh against satisfaction, never for it. */
export function nonNegativeRidge(
  columns: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  lambda: number,
  weights?: ArrayLike<number>,
): LinearFit {
  const { cross, withY, means, meanY } = centredProducts(columns, y, weights);
  const size = columns.length;
  const slopes = new Float64Array(size);
  for (let round = 0; round < 500; round++) {
    let moved = 0;
    for (let j = 0; j < size; j++) {
      const own = cross[j * size + j] as number;
      if (own <= 1e-12) continue;
      let rest = withY[j] as number;
      for (let k = 0; k < size; k++) if (k !== j) rest -= (cross[j * size + k] as number) * (slopes[k] as number);
      const next = Math.max(0, rest / (own + lambda));
      moved = Math.max(moved, Math.abs(next - (slopes[j] as number)) * Math.sqrt(own));
      slopes[j] = next;
    }
    if (moved < 1e-10) break;
  }
  return withIntercept(slopes, means, meanY);
}

export function predicted(fit: LinearFit, row: ArrayLike<number>): number {
  let sum = fit.intercept;
  for (let j = 0; j < fit.slopes.length; j++) sum += (fit.slopes[j] as number) * (row[j] as number);
  return sum;
}

function centredProducts(columns: readonly ArrayLike<number>[], y: ArrayLike<number>, weights?: ArrayLike<number>) {
  const n = y.length;
  const weight = (i: number): number => (weights === undefined ? 1 : (weights[i] as number));
  let total = 0;
  for (let i = 0; i < n; i++) total += weight(i);
  const meanOf = (values: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += weight(i) * (values[i] as number);
    return total === 0 ? 0 : sum / total;
  };
  const means = columns.map(meanOf);
  const meanY = meanOf(y);
  const size = columns.length;
  const cross = new Float64Array(size * size);
  const withY = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < n; i++) {
      const dx = weight(i) * ((columns[j]?.[i] as number) - (means[j] as number));
      withY[j] = (withY[j] as number) + dx * ((y[i] as number) - meanY);
      for (let k = j; k < size; k++)
        cross[j * size + k] = (cross[j * size + k] as number) + dx * ((columns[k]?.[i] as number) - (means[k] as number));
    }
    for (let k = 0; k < j; k++) cross[j * size + k] = cross[k * size + j] as number;
  }
  return { cross, withY, means, meanY };
}

function withIntercept(slopes: Float64Array, means: readonly number[], meanY: number): LinearFit {
  return { slopes, intercept: meanY - means.reduce((sum, mean, j) => sum + mean * (slopes[j] as number), 0) };
}
