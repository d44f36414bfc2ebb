import { mixKeys } from './ngrams.ts';

/**
 * Feature keys → rows 0 … size − 1. Exact for small sets (hashing costs .1 F1 on 500 documents), hashed to
 * 2^18 buckets above about 20,000 documents, where rare n-grams would fill the memory.
 */
export interface Vocabulary {
  readonly kind: 'exact' | 'hashed';
  readonly size: number;
  /** exact: open-addressed, four numbers a slot (key, key, row, unused), so that one look touches one line of memory. hashed: row by bucket. Row −1 = free. */
  readonly slots: Int32Array;
}

export const BUCKETS = 1 << 18;

export function rowOf(vocabulary: Vocabulary, high: number, low: number): number {
  const { slots } = vocabulary;
  const mixed = mixKeys(high, low);
  if (vocabulary.kind === 'hashed') return slots[mixed & (slots.length - 1)] ?? -1;
  const mask = slots.length - 4;
  for (let at = (mixed << 2) & mask; ; at = (at + 4) & mask) {
    const row = slots[at + 2] as number;
    if (row < 0 || (slots[at] === high && slots[at + 1] === low)) return row;
  }
}

/** Four numbers a slot from three arrays. */
export function interleaved(high: Int32Array, low: Int32Array, rows: Int32Array): Int32Array {
  const slots = new Int32Array(rows.length * 4);
  for (let i = 0; i < rows.length; i++) {
    slots[i * 4] = high[i] ?? 0;
    slots[i * 4 + 1] = low[i] ?? 0;
    slots[i * 4 + 2] = rows[i] ?? -1;
  }
  return slots;
}

/** Counts in how many documents each key stands. */
export class DocumentCounts {
  high = new Int32Array(1 << 14);
  low = new Int32Array(1 << 14);
  documents = new Int32Array(1 << 14);
  private lastSeen = new Int32Array(1 << 14);
  private used = 0;

  /** `document` ≥ 1, ascending. */
  add(high: number, low: number, document: number): void {
    if (this.used * 2 > this.high.length) this.grow();
    const at = this.slot(high, low);
    if (this.documents[at] === 0) {
      this.high[at] = high;
      this.low[at] = low;
      this.used++;
    }
    if (this.lastSeen[at] === document) return;
    this.lastSeen[at] = document;
    this.documents[at] = (this.documents[at] ?? 0) + 1;
  }

  private slot(high: number, low: number): number {
    const mask = this.high.length - 1;
    let at = mixKeys(high, low) & mask;
    while (this.documents[at] !== 0 && (this.high[at] !== high || this.low[at] !== low)) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const old = { high: this.high, low: this.low, documents: this.documents, lastSeen: this.lastSeen };
    const size = old.high.length * 2;
    this.high = new Int32Array(size);
    this.low = new Int32Array(size);
    this.documents = new Int32Array(size);
    this.lastSeen = new Int32Array(size);
    for (let i = 0; i < old.high.length; i++) {
      if (old.documents[i] === 0) continue;
      const at = this.slot(old.high[i] ?? 0, old.low[i] ?? 0);
      this.high[at] = old.high[i] ?? 0;
      this.low[at] = old.low[i] ?? 0;
      this.documents[at] = old.documents[i] ?? 0;
      this.lastSeen[at] = old.lastSeen[i] ?? 0;
    }
  }
}

export interface CountedVocabulary {
  readonly vocabulary: Vocabulary;
  /** Documents per row. */
  readonly documents: Int32Array;
}

/** Keys that stand in at least `least` documents; the most frequent get the first rows, so that what texts are made of lies close together. */
export function exactVocabulary(counts: DocumentCounts, least: number): CountedVocabulary {
  const kept: number[] = [];
  counts.documents.forEach((n, i) => n >= least && kept.push(i));
  kept.sort((a, b) => (counts.documents[b] ?? 0) - (counts.documents[a] ?? 0) || a - b);
  const size = 1 << Math.max(4, Math.ceil(Math.log2(kept.length * 2 + 1)));
  const high = new Int32Array(size);
  const low = new Int32Array(size);
  const rows = new Int32Array(size).fill(-1);
  kept.forEach((i, row) => {
    const [h, l] = [counts.high[i] ?? 0, counts.low[i] ?? 0];
    let at = mixKeys(h, l) & (size - 1);
    while ((rows[at] ?? -1) >= 0) at = (at + 1) & (size - 1);
    high[at] = h;
    low[at] = l;
    rows[at] = row;
  });
  const slots = interleaved(high, low, rows);
  return { vocabulary: { kind: 'exact', size: kept.length, slots }, documents: Int32Array.from(kept, (i) => counts.documents[i] ?? 0) };
}

/** Buckets that hold anything of at least `least` documents. */
export function hashedVocabulary(counts: DocumentCounts, least: number): CountedVocabulary {
  const perBucket = new Int32Array(BUCKETS);
  for (let i = 0; i < counts.documents.length; i++) {
    const n = counts.documents[i] ?? 0;
    if (n < least) continue;
    const at = mixKeys(counts.high[i] ?? 0, counts.low[i] ?? 0) & (BUCKETS - 1);
    perBucket[at] = Math.max(perBucket[at] ?? 0, n);
  }
  const rows = new Int32Array(BUCKETS).fill(-1);
  const documents: number[] = [];
  for (let b = 0; b < BUCKETS; b++) {
    const n = perBucket[b] ?? 0;
    if (n === 0) continue;
    rows[b] = documents.length;
    documents.push(n);
  }
  return { vocabulary: { kind: 'hashed', size: documents.length, slots: rows }, documents: Int32Array.from(documents) };
}
