/**
 * Weights of a linear machine per class, one stretch of memory per feature. Most classes say nearly the same about a rare feature:
 * that is kept once, and only the classes that stand out are listed. About a frequent feature they differ: all are kept.
 */
export interface SparseWeights {
  /** The record of feature f lies at starts[f] … starts[f + 1] − 1. */
  readonly starts: Int32Array;
  /**
   * A short record: what the feature says for every class (a float's bits), then an entry per class that stands out: class, weight
   * beyond. A full record, one word longer than there are classes: a zero, then the weight of each class (as floats).
   */
  readonly records: Int32Array;
}

/** A vector has length 1 and a margin is 1: some hundred features off by this much do not move a score by a hundredth. */
const NEGLIGIBLE = 0.02;

/** An entry holds its class in the upper half and its weight in the lower, in steps of this size: one word, one look at memory. */
export const STEP = 1 / 4096;
const MOST = 0x7fff;
/** Above this share of classes a full record is quicker to add up than a short one. */
const FULL_ABOVE = 1 / 3;

/** `dense[feature × classes + class]`. What is dropped is replaced by its mean, so the scores stay where they were. */
export function sparseWeights(dense: Float32Array, classes: number): SparseWeights {
  const features = classes === 0 ? 0 : dense.length / classes;
  const starts = new Int32Array(features + 1);
  for (let f = 0; f < features; f++) {
    const common = commonOf(dense, f * classes, classes);
    let kept = 0;
    for (let c = 0; c < classes; c++) if (standsOut(dense[f * classes + c] as number, common)) kept++;
    starts[f + 1] = (starts[f] as number) + 1 + (kept > classes * FULL_ABOVE ? classes : kept);
  }
  const records = new Int32Array(starts[features] ?? 0);
  const floats = new Float32Array(records.buffer);
  let at = 0;
  for (let f = 0; f < features; f++) {
    const isFull = (starts[f + 1] as number) - at === classes + 1;
    const common = isFull ? 0 : commonOf(dense, f * classes, classes);
    floats[at++] = common;
    for (let c = 0; c < classes; c++) {
      const weight = dense[f * classes + c] as number;
      if (isFull) floats[at++] = weight;
      else if (standsOut(weight, common)) records[at++] = (c << 16) | (steps(weight - common) & 0xffff);
    }
  }
  return { starts, records };
}

const standsOut = (weight: number, common: number): boolean => Math.abs(weight - common) > NEGLIGIBLE;
const steps = (weight: number): number => Math.max(-MOST, Math.min(MOST, Math.round(weight / STEP)));

/** Mean of the weights near zero, where the many machines that do not know a feature lie. */
function commonOf(dense: Float32Array, from: number, classes: number): number {
  let sum = 0;
  let near = 0;
  for (let c = 0; c < classes; c++) {
    const weight = dense[from + c] as number;
    if (Math.abs(weight) > 2 * NEGLIGIBLE) continue;
    sum += weight;
    near++;
  }
  return near === 0 ? 0 : Math.fround(sum / near);
}

/** What a feature says for one class; `floats` is the records' memory as floats. */
export function weightOf(weights: SparseWeights, floats: Float32Array, classes: number, feature: number, cls: number): number {
  const { starts, records } = weights;
  const start = starts[feature] as number;
  const end = starts[feature + 1] as number;
  if (end - start === classes + 1) return floats[start + 1 + cls] as number;
  const common = floats[start] as number;
  for (let k = start + 1; k < end; k++) {
    const entry = records[k] as number;
    if (entry >> 16 === cls) return common + ((entry << 16) >> 16) * STEP;
  }
  return common;
}
