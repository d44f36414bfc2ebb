/** Symmetric positive definite systems. Matrices are n × n, row by row; only the lower half is read. */

/** Lower factor L with L Lᵀ = A. Throws a RangeError when A is not positive definite, unless pivots are held up at `least` (> 0). */
export function cholesky(a: Float64Array, n: number, least = 0): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number);
      if (i === j && least > 0) sum = Math.max(sum, least);
      if (i === j && !(sum > 0)) throw new RangeError(`The matrix is not positive definite (row ${i + 1} of ${n}).`);
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / (factor[j * n + j] as number);
    }
  }
  return factor;
}

/** x with L Lᵀ x = b. */
export function solveFactored(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (factor[i * n + k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (factor[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - (factor[k * n + i] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (factor[i * n + i] as number);
  }
  return x;
}

/** A pivot below this is rounding: of standardised columns it should be 0. */
const ROUNDING = 1e-12;

/** x with A x = b, where A is positive definite but for rounding. */
export const solveDefinite = (a: Float64Array, b: Float64Array): Float64Array => solveFactored(cholesky(a, b.length, ROUNDING), b);

/** The diagonal of (L Lᵀ)⁻¹. */
export function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    return solveFactored(factor, unit)[i] as number;
  });
}
