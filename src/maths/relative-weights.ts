import { symmetricEigen } from './symmetric-eigen.ts';

/**
 * Johnson's relative weights (Multivariate Behavioral Research 35, 2000): how the explained variance of an outcome divides among
 * predictors that overlap. Predictors are replaced by the orthogonal set nearest to them, R = Λ Λ, β = Λ⁻¹ r, and
 * εⱼ = Σ λⱼₖ² βₖ²; the weights are ≥ 0 and sum to R². Close to Shapley's division of R² and closed form: 2^p regressions are not needed.
 * `correlations`: the predictors' matrix, row-major; `withOutcome`: each predictor's correlation with the outcome.
 */
export function relativeWeights(
  correlations: ArrayLike<number>,
  withOutcome: ArrayLike<number>,
): { readonly weights: Float64Array; readonly r2: number } {
  const size = withOutcome.length;
  const { values, vectors } = symmetricEigen(correlations, size);
  const roots = Float64Array.from(values, (value) => Math.sqrt(Math.max(value, 0)));
  // Directions without variance (a column that repeats another) carry nothing of their own.
  const usable = Array.from(roots, (root) => root > 1e-6);
  const inRotated = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    if (usable[k] !== true) continue;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (vectors[j * size + k] as number) * (withOutcome[j] as number);
    inRotated[k] = sum / (roots[k] as number);
  }
  const beta = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += (vectors[j * size + k] as number) * (inRotated[k] as number);
    beta[j] = sum;
  }
  const weights = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += lambda(vectors, roots, size, j, k) ** 2 * (beta[k] as number) ** 2;
    weights[j] = sum;
  }
  return { weights, r2: weights.reduce((sum, weight) => sum + weight, 0) };
}

function lambda(vectors: Float64Array, roots: Float64Array, size: number, j: number, k: number): number {
  let sum = 0;
  for (let m = 0; m < size; m++) sum += (vectors[j * size + m] as number) * (roots[m] as number) * (vectors[k * size + m] as number);
  return sum;
}
