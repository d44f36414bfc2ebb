import { fitOneVsRest, type SparseRows, type SvmOptions } from './linear-svm.ts';
import { Ngrams } from './ngrams.ts';
import { DocumentCounts, exactVocabulary, hashedVocabulary, rowOf, type Vocabulary } from './vocabulary.ts';

/** tf-idf n-grams and a linear machine per class. Sees only folded code units, no business words. */
export interface TextClassifier {
  readonly classes: number;
  readonly vocabulary: Vocabulary;
  readonly idf: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Folded texts of any origin as code units. */
export type Fold = (text: string) => { readonly codes: Uint16Array; readonly length: number };

const EXACT_BELOW = 20_000;
const SVM: Omit<SvmOptions, 'seed'> = { cost: 1, tolerance: 0.1, maxPasses: 60 };

/** Square of the weight that an unknown feature has in a vector's length (a known one weighs 9–60). */
const UNKNOWN_SQUARE = 12;

/** Reusable arrays for turning texts into vectors. */
export class Vectors {
  readonly ngrams = new Ngrams();
  rows = new Int32Array(1024);
  values = new Float32Array(1024);
  count = 0;
  /** Occurrences of known features longer than one character. */
  knownLong = 0;
  private stamp = new Int32Array(0);
  private slot = new Int32Array(0);
  private text = 0;

  /** Distinct known features of the text with (1 + ln tf) × idf, L2-normalised. */
  fill(codes: Uint16Array, length: number, vocabulary: Vocabulary, idf: Float32Array): void {
    if (this.stamp.length < vocabulary.size) {
      this.stamp = new Int32Array(vocabulary.size);
      this.slot = new Int32Array(vocabulary.size);
      this.text = 0;
    }
    const { ngrams } = this;
    ngrams.scan(codes, length);
    if (this.rows.length < ngrams.count) {
      this.rows = new Int32Array(ngrams.count * 2);
      this.values = new Float32Array(ngrams.count * 2);
    }
    this.text++;
    let count = 0;
    let unknown = 0;
    let knownLong = 0;
    for (let i = 0; i < ngrams.count; i++) {
      const row = rowOf(vocabulary, ngrams.high[i] as number, ngrams.low[i] as number);
      if (row < 0) {
        unknown++;
        continue;
      }
      if ((ngrams.before[i] as number) - (ngrams.from[i] as number) > 1) knownLong++;
      if (this.stamp[row] === this.text) {
        const at = this.slot[row] as number;
        this.values[at] = (this.values[at] as number) + 1;
        continue;
      }
      this.stamp[row] = this.text;
      this.slot[row] = count;
      this.rows[count] = row;
      this.values[count++] = 1;
    }
    this.count = count;
    this.knownLong = knownLong;
    this.weigh(idf, unknown);
  }

  /** Unknown features lengthen the vector: a text of which the model knows two characters must not speak at full voice. */
  private weigh(idf: Float32Array, unknown: number): void {
    let sum = unknown * UNKNOWN_SQUARE;
    for (let i = 0; i < this.count; i++) {
      const tf = this.values[i] as number;
      const value = (tf === 1 ? 1 : 1 + Math.log(tf)) * (idf[this.rows[i] as number] as number);
      this.values[i] = value;
      sum += value * value;
    }
    const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
    for (let i = 0; i < this.count; i++) this.values[i] = (this.values[i] as number) * scale;
  }
}

export interface TrainingChoices {
  readonly seed: number;
  readonly cost?: number;
  /** Every feature of these texts counts, and no other: for texts that hold retellings, whose slips of the tongue are no features. */
  readonly known?: readonly string[];
}

export function trainClassifier(
  texts: readonly string[],
  labels: Int32Array,
  classes: number,
  fold: Fold,
  choices: TrainingChoices,
): TextClassifier {
  const { vocabulary, idf } = learnVocabulary(choices.known ?? texts, choices.known === undefined ? 2 : 1, fold);
  const x = matrixOf(texts, fold, vocabulary, idf);
  return { classes, vocabulary, idf, ...fitOneVsRest(x, labels, classes, { ...SVM, cost: choices.cost ?? SVM.cost, seed: choices.seed }) };
}

function learnVocabulary(
  texts: readonly string[],
  least: number,
  fold: Fold,
): { readonly vocabulary: Vocabulary; readonly idf: Float32Array } {
  const counts = new DocumentCounts();
  const ngrams = new Ngrams();
  texts.forEach((text, document) => {
    const { codes, length } = fold(text);
    ngrams.scan(codes, length);
    for (let i = 0; i < ngrams.count; i++) counts.add(ngrams.high[i] as number, ngrams.low[i] as number, document + 1);
  });
  const { vocabulary, documents } = texts.length < EXACT_BELOW ? exactVocabulary(counts, least) : hashedVocabulary(counts, 3);
  return { vocabulary, idf: Float32Array.from(documents, (n) => 1 + Math.log((1 + texts.length) / (1 + n))) };
}

function matrixOf(texts: readonly string[], fold: Fold, vocabulary: Vocabulary, idf: Float32Array): SparseRows {
  const vectors = new Vectors();
  const starts = new Int32Array(texts.length + 1);
  let indices = new Int32Array(texts.length * 64 + 1024);
  let values = new Float32Array(indices.length);
  let at = 0;
  texts.forEach((text, i) => {
    const { codes, length } = fold(text);
    vectors.fill(codes, length, vocabulary, idf);
    if (at + vectors.count > indices.length) {
      const size = Math.max(indices.length * 2, at + vectors.count);
      const [olderIndices, olderValues] = [indices, values];
      indices = new Int32Array(size);
      indices.set(olderIndices);
      values = new Float32Array(size);
      values.set(olderValues);
    }
    indices.set(vectors.rows.subarray(0, vectors.count), at);
    values.set(vectors.values.subarray(0, vectors.count), at);
    at += vectors.count;
    starts[i + 1] = at;
  });
  return { rows: texts.length, columns: vocabulary.size, starts, indices: indices.subarray(0, at), values: values.subarray(0, at) };
}

/** Decision scores of one text into `scores` (length = classes). `vectors` keeps the text's features for explanations. */
export function scoreText(
  model: TextClassifier,
  vectors: Vectors,
  codes: Uint16Array,
  length: number,
  scores: Float32Array | Float64Array,
): void {
  vectors.fill(codes, length, model.vocabulary, model.idf);
  const { classes, weights } = model;
  scores.set(model.bias);
  for (let i = 0; i < vectors.count; i++) {
    const base = (vectors.rows[i] as number) * classes;
    const value = vectors.values[i] as number;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + value * (weights[base + c] as number);
  }
}
