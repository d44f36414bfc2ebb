import { sparseWeights } from '../maths/sparse-weights.ts';
import type { TextClassifier } from '../maths/text-classifier.ts';
import { interleaved } from '../maths/vocabulary.ts';

/** What training leaves behind: the labels, the linear machines, and how sharp their scores are as probabilities. */
export interface ReaderModel {
  readonly labels: readonly string[];
  readonly classifier: TextClassifier;
  readonly sharpness: number;
  readonly rows: number;
}

/** Label of texts that say nothing about a cause: 你好, 没意见. */
export const NO_CAUSE = 'none';

const MAGIC = 0x32525856; // VXR2
const ARRAYS = ['slots', 'idf', 'starts', 'records', 'bias'] as const;
/** The first format, still in homes that learnt with it: one weight per feature and class. */
const OLD_MAGIC = 0x31525856; // VXR1
const OLD_ARRAYS = ['high', 'low', 'rows', 'idf', 'weights', 'bias'] as const;
type ArrayName = (typeof ARRAYS)[number] | (typeof OLD_ARRAYS)[number];

interface Header {
  readonly labels: readonly string[];
  readonly sharpness: number;
  readonly rows: number;
  readonly kind: 'exact' | 'hashed';
  readonly size: number;
  readonly lengths: Readonly<Partial<Record<ArrayName, number>>>;
}

/** Magic, length of the header, header as JSON padded to four bytes, then the arrays (little endian, four bytes an entry). */
export function serialiseModel(model: ReaderModel): Uint8Array {
  const { classifier } = model;
  const { vocabulary } = classifier;
  const arrays: Readonly<Record<(typeof ARRAYS)[number], Int32Array | Float32Array>> = {
    slots: vocabulary.slots,
    idf: classifier.idf,
    ...classifier.weights,
    bias: classifier.bias,
  };
  const lengths = Object.fromEntries(ARRAYS.map((name) => [name, arrays[name].length]));
  const header: Header = {
    labels: model.labels,
    sharpness: model.sharpness,
    rows: model.rows,
    kind: vocabulary.kind,
    size: vocabulary.size,
    lengths,
  };
  const text = utf8(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(start + 4 * ARRAYS.reduce((sum, name) => sum + arrays[name].length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = start;
  for (const name of ARRAYS) {
    const array = arrays[name];
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** null: not a model of this format. */
export function parseModel(given: Uint8Array): ReaderModel | null {
  if (given.length < 8) return null;
  // A file or a database hands over a Buffer, whose `slice` shares its memory instead of copying it.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(4, true);
  const magic = view.getUint32(0, true);
  if ((magic !== MAGIC && magic !== OLD_MAGIC) || 8 + headerLength > bytes.length) return null;
  const header = headerOf(bytes.subarray(8, 8 + headerLength));
  if (header === null) return null;
  const names: readonly ArrayName[] = magic === MAGIC ? ARRAYS : OLD_ARRAYS;
  let at = 8 + Math.ceil(headerLength / 4) * 4;
  if (at + 4 * names.reduce((sum, name) => sum + (header.lengths[name] ?? 0), 0) !== bytes.length) return null;
  const parts = new Map<ArrayName, ArrayBuffer>();
  for (const name of names) {
    const from = at;
    at += (header.lengths[name] ?? 0) * 4;
    parts.set(name, bytes.slice(from, at).buffer as ArrayBuffer);
  }
  return modelOf(header, (name) => parts.get(name) ?? new ArrayBuffer(0), magic === OLD_MAGIC);
}

function modelOf(header: Header, take: (name: ArrayName) => ArrayBuffer, isOld: boolean): ReaderModel {
  const ints = (name: ArrayName): Int32Array => new Int32Array(take(name));
  const slots = !isOld ? ints('slots') : header.kind === 'hashed' ? ints('rows') : interleaved(ints('high'), ints('low'), ints('rows'));
  const vocabulary = { kind: header.kind, size: header.size, slots };
  const idf = new Float32Array(take('idf'));
  const weights = isOld
    ? sparseWeights(new Float32Array(take('weights')), header.labels.length)
    : { starts: ints('starts'), records: ints('records') };
  const bias = new Float32Array(take('bias'));
  const classifier = { classes: header.labels.length, vocabulary, idf, weights, bias };
  return { labels: header.labels, classifier, sharpness: header.sharpness, rows: header.rows };
}

function headerOf(bytes: Uint8Array): Header | null {
  try {
    return JSON.parse(fromUtf8(bytes)) as Header;
  } catch {
    return null;
  }
}

/** `encodeURIComponent` because plain files know no TextEncoder; a lone surrogate in a label becomes U+FFFD. */
function utf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    if (escaped.charAt(i) !== '%') bytes.push(escaped.charCodeAt(i));
    else {
      bytes.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16));
      i += 2;
    }
  }
  return Uint8Array.from(bytes);
}

function fromUtf8(bytes: Uint8Array): string {
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  return decodeURIComponent(escaped);
}
