import { rowOf } from '../maths/vocabulary.ts';
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
  const { ngrams } = vectors;
  const value = new Map<number, number>();
  for (let i = 0; i < vectors.count; i++) value.set(vectors.rows[i] ?? 0, vectors.values[i] ?? 0);
  const carried = new Float64Array(length);
  for (let i = 0; i < ngrams.count; i++) {
    const row = rowOf(model.vocabulary, ngrams.high[i] ?? 0, ngrams.low[i] ?? 0);
    if (row < 0) continue;
    const share = (value.get(row) ?? 0) * (model.weights[row * model.classes + cls] ?? 0);
    const [from, before] = [ngrams.from[i] ?? 0, ngrams.before[i] ?? 0];
    for (let at = from; at < before; at++) carried[at] = (carried[at] ?? 0) + share / (before - from);
  }
  return stretches(carried, most);
}

function stretches(carried: Float64Array, most: number): readonly Span[] {
  const top = carried.reduce((a, b) => Math.max(a, b), 0);
  if (top <= 0) return [];
  const spans: Span[] = [];
  let total = 0;
  for (const c of carried) if (c > 0) total += c;
  for (let i = 0; i < carried.length; i++) {
    if ((carried[i] ?? 0) < top * 0.35) continue;
    const from = i;
    let weight = 0;
    for (; i < carried.length && (carried[i] ?? 0) >= top * 0.35; i++) weight += carried[i] ?? 0;
    spans.push({ from, before: i, weight: weight / total });
  }
  // Single characters say little to a reader of the explanation; they stand only where nothing longer does.
  const longer = spans.filter((s) => s.before - s.from >= 2);
  return (longer.length > 0 ? longer : spans).sort((a, b) => b.weight - a.weight).slice(0, most);
}
