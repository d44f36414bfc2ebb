/** Scores → probabilities: softmax(scores × sharpness), the sharpness fitted on rows the model has not seen. */

/** e^−28 < 10^−12: not worth an exponential for each of a hundred classes that a text is not about. */
const NEGLIGIBLE = -28;

/** In place. */
export function softmax(scores: Float32Array | Float64Array, sharpness: number): void {
  let top = -Infinity;
  for (const s of scores) if (s > top) top = s;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const below = ((scores[i] as number) - top) * sharpness;
    const e = below < NEGLIGIBLE ? 0 : Math.exp(below);
    scores[i] = e;
    sum += e;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) / sum;
}

/** Mean log loss of rows × classes scores at a sharpness; a row whose class is −1 is left out. */
export function softmaxLoss(scores: Float32Array, classes: number, labels: ArrayLike<number>, sharpness: number): number {
  let loss = 0;
  let rows = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? -1;
    if (label < 0) continue;
    rows++;
    const row = scores.slice(i * classes, (i + 1) * classes);
    softmax(row, sharpness);
    loss -= Math.log(Math.max(row[label] ?? 0, 1e-12));
  }
  return rows === 0 ? 0 : loss / rows;
}

/** Golden-section search on log(sharpness); the loss is unimodal in it. */
export function fitSharpness(scores: Float32Array, classes: number, labels: ArrayLike<number>): number {
  const at = (log: number): number => softmaxLoss(scores, classes, labels, Math.exp(log));
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.01), Math.log(30)];
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let [lossLeft, lossRight] = [at(left), at(right)];
  for (let i = 0; i < 24; i++) {
    if (lossLeft <= lossRight) {
      [high, right, lossRight] = [right, left, lossLeft];
      left = high - ratio * (high - low);
      lossLeft = at(left);
    } else {
      [low, left, lossLeft] = [left, right, lossRight];
      right = low + ratio * (high - low);
      lossRight = at(right);
    }
  }
  return Math.exp((low + high) / 2);
}
