import { wholeNumbers } from './shuffle.ts';

/** Documents as rows of a sparse matrix (CSR). */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

export interface SvmOptions {
  readonly cost: number;
  readonly tolerance: number;
  readonly maxPasses: number;
  readonly seed: number;
}

/**
 * Linear SVM with squared hinge loss by dual coordinate descent with shrinking: liblinear's algorithm
 * (Hsieh et al. 2008). Writes the weights into `w` (columns + 1, the last one is the bias) and returns the passes made.
 */
export function fitBinarySvm(x: SparseRows, isPositive: Uint8Array, norms: Float64Array, w: Float64Array, options: SvmOptions): number {
  const n = x.rows;
  const bias = x.columns;
  const diagonal = 0.5 / options.cost;
  const alpha = new Float64Array(n);
  const index = new Int32Array(n);
  for (let i = 0; i < n; i++) index[i] = i;
  const next = wholeNumbers(options.seed);
  w.fill(0);
  let active = n;
  let shrinkAbove = Infinity;
  let pass = 0;
  while (pass < options.maxPasses) {
    let highest = -Infinity;
    let lowest = Infinity;
    for (let i = 0; i < active; i++) swap(index, i, i + (next() % (active - i)));
    for (let s = 0; s < active; s++) {
      const i = index[s] ?? 0;
      const sign = isPositive[i] === 1 ? 1 : -1;
      const start = x.starts[i] ?? 0;
      const end = x.starts[i + 1] ?? 0;
      let dot = w[bias] ?? 0;
      for (let k = start; k < end; k++) dot += (w[x.indices[k] as number] as number) * (x.values[k] as number);
      const old = alpha[i] ?? 0;
      const gradient = dot * sign - 1 + old * diagonal;
      let projected = gradient;
      if (old === 0) {
        if (gradient > shrinkAbove) {
          active--;
          swap(index, s, active);
          s--;
          continue;
        }
        projected = Math.min(gradient, 0);
      }
      if (projected > highest) highest = projected;
      if (projected < lowest) lowest = projected;
      if (Math.abs(projected) < 1e-12) continue;
      const updated = Math.max(old - gradient / ((norms[i] ?? 0) + diagonal), 0);
      alpha[i] = updated;
      const step = (updated - old) * sign;
      for (let k = start; k < end; k++) w[x.indices[k] as number] = (w[x.indices[k] as number] as number) + step * (x.values[k] as number);
      w[bias] = (w[bias] ?? 0) + step;
    }
    pass++;
    if (highest - lowest <= options.tolerance) {
      if (active === n) break;
      active = n;
      shrinkAbove = Infinity;
    } else shrinkAbove = highest <= 0 ? Infinity : highest;
  }
  return pass;
}

function swap(index: Int32Array, a: number, b: number): void {
  const kept = index[a] ?? 0;
  index[a] = index[b] ?? 0;
  index[b] = kept;
}

export interface OneVsRest {
  /** weights[row × classes + class]: one contiguous stretch per feature, so that scoring reads memory in order. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** One machine per class against all others. `labels[i]` = class of row i. */
export function fitOneVsRest(x: SparseRows, labels: Int32Array, classes: number, options: SvmOptions): OneVsRest {
  const norms = new Float64Array(x.rows).fill(1);
  for (let i = 0; i < x.rows; i++) {
    for (let k = x.starts[i] ?? 0; k < (x.starts[i + 1] ?? 0); k++) norms[i] = (norms[i] ?? 0) + (x.values[k] ?? 0) ** 2;
  }
  const weights = new Float32Array(x.columns * classes);
  const bias = new Float32Array(classes);
  const w = new Float64Array(x.columns + 1);
  const isPositive = new Uint8Array(x.rows);
  for (let c = 0; c < classes; c++) {
    for (let i = 0; i < x.rows; i++) isPositive[i] = labels[i] === c ? 1 : 0;
    fitBinarySvm(x, isPositive, norms, w, { ...options, seed: options.seed + c });
    for (let f = 0; f < x.columns; f++) weights[f * classes + c] = w[f] ?? 0;
    bias[c] = w[x.columns] ?? 0;
  }
  return { weights, bias };
}
