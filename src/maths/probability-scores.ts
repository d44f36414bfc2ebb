/** How good probabilities of a yes or no are, on rows that the model has not seen. `labels`: 0 or 1 a row. */

const EPSILON = 1e-12;

/** −log of the probability that was given to what happened; never infinite. */
export const rowLoss = (probability: number, label: number): number =>
  -Math.log(Math.max(EPSILON, label === 1 ? probability : 1 - probability));

export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) sum += rowLoss(probabilities[i] ?? 0, labels[i] ?? 0);
  return probabilities.length === 0 ? 0 : sum / probabilities.length;
}

/** Mean squared distance of probability and outcome (Brier 1950). */
export function brier(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) sum += ((probabilities[i] ?? 0) - (labels[i] ?? 0)) ** 2;
  return probabilities.length === 0 ? 0 : sum / probabilities.length;
}

/** Share of events among the tenth of rows with the highest scores ÷ share among all; 0 without any event. Rows that tie at the edge count in part. */
export function liftTopDecile(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const rows = scores.length;
  let events = 0;
  for (let i = 0; i < rows; i++) events += labels[i] === 1 ? 1 : 0;
  if (rows === 0 || events === 0) return 0;
  const top = rows / 10;
  const edge = Float64Array.from(scores).sort()[Math.max(0, Math.ceil(rows - top) - (Number.isInteger(top) ? 0 : 1))] ?? 0;
  let [above, hits, tied, tiedHits] = [0, 0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const score = scores[i] ?? 0;
    if (score < edge) continue;
    const hit = labels[i] === 1 ? 1 : 0;
    if (score > edge) [above, hits] = [above + 1, hits + hit];
    else [tied, tiedHits] = [tied + 1, tiedHits + hit];
  }
  const share = tied === 0 ? 0 : Math.min(1, Math.max(0, (top - above) / tied));
  return (hits + share * tiedHits) / top / (events / rows);
}

export interface Gain {
  /** Log loss spared a row, in nats; negative: worse than what it is compared with. */
  readonly gain: number;
  readonly error: number;
  /** gain ÷ error; 0 where both say the same everywhere. */
  readonly z: number;
}

/**
 * Paired gain in log loss of `probabilities` over `base`, row by row. Rows of one group (copies of each other) are one observation:
 * the error is that of the mean over groups (cluster-robust), so that copies do not make noise look certain.
 */
export function pairedGain(
  probabilities: ArrayLike<number>,
  base: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups?: ArrayLike<number>,
): Gain {
  const rows = probabilities.length;
  if (rows < 2) return { gain: 0, error: 0, z: 0 };
  const sums = new Map<number, { sum: number; rows: number }>();
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const spared = rowLoss(base[i] ?? 0, labels[i] ?? 0) - rowLoss(probabilities[i] ?? 0, labels[i] ?? 0);
    total += spared;
    const group = groups === undefined ? i : (groups[i] ?? 0);
    const known = sums.get(group);
    if (known === undefined) sums.set(group, { sum: spared, rows: 1 });
    else [known.sum, known.rows] = [known.sum + spared, known.rows + 1];
  }
  const gain = total / rows;
  let squares = 0;
  for (const one of sums.values()) squares += (one.sum - one.rows * gain) ** 2;
  const count = sums.size;
  const error = count < 2 ? 0 : Math.sqrt((squares * count) / (count - 1)) / rows;
  return { gain, error, z: error < 1e-15 ? 0 : gain / error };
}
