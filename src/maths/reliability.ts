/** Does a stated confidence hold? Of everything said at .8, eight in ten should be right. */

export interface ReliabilityBin {
  readonly from: number;
  readonly rows: number;
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Reliability {
  /** Mean distance of confidence and accuracy over ten bins of equal width, weighted by rows. */
  readonly ece: number;
  readonly bins: readonly ReliabilityBin[];
}

const BINS = 10;

export function reliabilityOf(confidences: ArrayLike<number>, right: ArrayLike<boolean>): Reliability {
  const rows = new Float64Array(BINS);
  const said = new Float64Array(BINS);
  const held = new Float64Array(BINS);
  for (let i = 0; i < confidences.length; i++) {
    const confidence = confidences[i] ?? 0;
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(confidence * BINS)));
    rows[bin] = (rows[bin] ?? 0) + 1;
    said[bin] = (said[bin] ?? 0) + confidence;
    if (right[i] === true) held[bin] = (held[bin] ?? 0) + 1;
  }
  let ece = 0;
  const bins: ReliabilityBin[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const n = rows[bin] ?? 0;
    if (n === 0) continue;
    const confidence = (said[bin] ?? 0) / n;
    const accuracy = (held[bin] ?? 0) / n;
    ece += (n / confidences.length) * Math.abs(confidence - accuracy);
    bins.push({ from: bin / BINS, rows: n, confidence, accuracy });
  }
  return { ece, bins };
}

/** Of what was said at `least` or above: how much it is, and how much of it is right. */
export function rightAtLeast(
  least: number,
  confidences: ArrayLike<number>,
  right: ArrayLike<boolean>,
): { readonly rows: number; readonly right: number } {
  let rows = 0;
  let hits = 0;
  for (let i = 0; i < confidences.length; i++) {
    if ((confidences[i] ?? 0) < least) continue;
    rows++;
    if (right[i] === true) hits++;
  }
  return { rows, right: hits };
}
