import { fitOneVsRest, type SparseRows, type SvmOptions } from './linear-svm.ts';
import { sparseWeights, STEP, type SparseWeights } from './sparse-weights.ts';
import { Ngrams } from './ngrams.ts';
import { DocumentCounts, exactVocabulary, hashedVocabulary, rowOf, type Vocabulary } from './vocabulary.ts';

/** tf-idf n-grams and a linear machine per class. Sees only folded code units, no business words. */
export interface TextClassifier {
  readonly classes: number;
  readonly vocabulary: Vocabulary;
  readonly idf: Float32Array;
  readonly weights: SparseWeights;
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
  /** Row of each occurrence in `ngrams`, −1 = unknown, where `seen` holds its place in `rows` and `values`. */
  rowAt = new Int32Array(1024);
  /** Features of the text whose records are full. */
  fullAt = new Int32Array(1024);
  fullValues = new Float64Array(1024);
  /** Per row: the last text that it stood in, and its place there. */
  seen = new Int32Array(0);
  private floats: Float32Array = new Float32Array(0);
  private sums = new Float64Array(0);
  private text = 0;

  /** Zeros, one per class, in the width that the machine adds in. */
  sumsOf(classes: number): Float64Array {
    if (this.sums.length !== classes) this.sums = new Float64Array(classes);
    return this.sums.fill(0);
  }

  /** The memory of records as floats; made once per model. */
  floatsOf(records: Int32Array): Float32Array {
    if (this.floats.buffer !== records.buffer) this.floats = new Float32Array(records.buffer, records.byteOffset, records.length);
    return this.floats;
  }

  /** Distinct known features of the text with (1 + ln tf) × idf, L2-normalised. */
  fill(codes: Uint16Array, length: number, vocabulary: Vocabulary, idf: Float32Array): void {
    if (this.seen.length < vocabulary.size * 2) {
      this.seen = new Int32Array(vocabulary.size * 2);
      this.text = 0;
    }
    const { ngrams } = this;
    ngrams.scan(codes, length);
    if (this.rows.length < ngrams.count) {
      this.rows = new Int32Array(ngrams.count * 2);
      this.values = new Float32Array(ngrams.count * 2);
      this.rowAt = new Int32Array(ngrams.count * 2);
      this.fullAt = new Int32Array(ngrams.count * 2);
      this.fullValues = new Float64Array(ngrams.count * 2);
    }
    this.text++;
    const { rowAt, rows, values, seen, text } = this;
    let count = 0;
    let unknown = 0;
    let knownLong = 0;
    for (let i = 0; i < ngrams.count; i++) {
      const row = rowOf(vocabulary, ngrams.high[i] as number, ngrams.low[i] as number);
      rowAt[i] = row;
      if (row < 0) {
        unknown++;
        continue;
      }
      if ((ngrams.before[i] as number) - (ngrams.from[i] as number) > 1) knownLong++;
      if (seen[2 * row] === text) {
        const at = seen[2 * row + 1] as number;
        values[at] = (values[at] as number) + 1;
        continue;
      }
      seen[2 * row] = text;
      seen[2 * row + 1] = count;
      rows[count] = row;
      values[count++] = 1;
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
  const { weights, bias } = fitOneVsRest(x, labels, classes, { ...SVM, cost: choices.cost ?? SVM.cost, seed: choices.seed });
  return { classes, vocabulary, idf, weights: sparseWeights(weights, classes), bias };
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
  const { rows, values, count } = vectors;
  const { starts, records } = model.weights;
  const floats = vectors.floatsOf(records);
  const sums = vectors.sumsOf(model.classes);
  const { fullAt, fullValues } = vectors;
  let all = 0;
  let full = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i] as number;
    const value = values[i] as number;
    const start = starts[row] as number;
    const end = starts[row + 1] as number;
    if (end - start === model.classes + 1) {
      fullAt[full] = start + 1;
      fullValues[full++] = value;
      continue;
    }
    const perStep = value * STEP;
    all += value * (floats[start] as number);
    for (let k = start + 1; k < end; k++) {
      const entry = records[k] as number;
      sums[entry >> 16] = (sums[entry >> 16] as number) + perStep * ((entry << 16) >> 16);
    }
  }
  addFull(sums, floats, fullAt, fullValues, full);
  for (let c = 0; c < scores.length; c++) scores[c] = (sums[c] as number) + (model.bias[c] as number) + all;
}

/** Adds full records to the sums, four at a time: the sums are read and written once for four. */
function addFull(sums: Float64Array, floats: Float32Array, at: Int32Array, values: Float64Array, count: number): void {
  const classes = sums.length;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const [a, b, c, d] = [at[i] as number, at[i + 1] as number, at[i + 2] as number, at[i + 3] as number];
    const [u, v, w, x] = [values[i] as number, values[i + 1] as number, values[i + 2] as number, values[i + 3] as number];
    for (let k = 0; k < classes; k++) {
      sums[k] =
        (sums[k] as number) +
        u * (floats[a + k] as number) +
        v * (floats[b + k] as number) +
        w * (floats[c + k] as number) +
        x * (floats[d + k] as number);
    }
  }
  for (; i < count; i++) {
    const [a, u] = [at[i] as number, values[i] as number];
    for (let k = 0; k < classes; k++) sums[k] = (sums[k] as number) + u * (floats[a + k] as number);
  }
}
