import { weightOf } from '../maths/sparse-weights.ts';
import type { TextClassifier, Vectors } from '../maths/text-classifier.ts';

export interface Span {
  readonly from: number;
  readonly before: number;
  readonly weight: number;
}

/**
 * The stretches of a folded text whose n-grams spoke most for one class. Each occurrence spreads its share of the score
 * over its characters; neighbouring characters that carry much are one stretch. Expects the vectors of this very text.
 */
export function modelSpans(model: TextClassifier, vectors: Vectors, cls: number, length: number, most: number): readonly Span[] {
  const { ngrams, rowAt, seen, values } = vectors;
  const floats = vectors.floatsOf(model.weights.records);
  if (carriedBefore.length < length) carriedBefore = new Float64Array(length * 2);
  const carried = carriedBefore.fill(0, 0, length);
  for (let i = 0; i < ngrams.count; i++) {
    const row = rowAt[i] as number;
    if (row < 0) continue;
    const share = (values[seen[2 * row + 1] as number] as number) * weightOf(model.weights, floats, model.classes, row, cls);
    const [from, before] = [ngrams.from[i] as number, ngrams.before[i] as number];
    for (let at = from; at < before; at++) carried[at] = (carried[at] as number) + share / (before - from);
  }
  return stretches(carried, length, most);
}

let carriedBefore = new Float64Array(256);

function stretches(carried: Float64Array, length: number, most: number): readonly Span[] {
  let top = 0;
  let total = 0;
  for (let i = 0; i < length; i++) {
    const c = carried[i] as number;
    if (c > top) top = c;
    if (c > 0) total += c;
  }
  if (top <= 0) return [];
  const least = top * 0.35;
  const spans: Span[] = [];
  for (let i = 0; i < length; i++) {
    if ((carried[i] as number) < least) continue;
    const from = i;
    let weight = 0;
    for (; i < length && (carried[i] as number) >= least; i++) weight += carried[i] as number;
    spans.push({ from, before: i, weight: weight / total });
  }
  // Single characters say little to a reader of the explanation; they stand only where nothing longer does.
  const longer = spans.filter((s) => s.before - s.from >= 2);
  return (longer.length > 0 ? longer : spans).sort((a, b) => b.weight - a.weight).slice(0, most);
}
