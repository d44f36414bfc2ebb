/**
 * Finds all of many words in one pass (Aho–Corasick) over UTF-16 units. Transitions lie in one open-addressed
 * table: a dense one for 6,000 states × 2,000 letters would take 48 MB and miss the cache at every unit.
 */
export class WordFinder {
  /** Hits of the last scan: which word, and where. Longer words of one end come first. */
  word = new Int32Array(256);
  from = new Int32Array(256);
  before = new Int32Array(256);
  count = 0;
  private readonly lengths: readonly number[];
  private states = 1;
  /** Transitions, four numbers each (state, unit, next state, unused): one look touches one line of memory. State −1 = free. */
  private table = new Int32Array(4 << 10).fill(-1);
  /** Transitions from the beginning, by unit, −1 = none: most of a text stands in no word. */
  private readonly first = new Int32Array(65536).fill(-1);
  private readonly fail: Int32Array;
  /** Word that ends at a state, −1 = none. */
  private readonly ends: Int32Array;
  /** Next state on the failure path at which a word ends, 0 = none. */
  private readonly nextEnd: Int32Array;

  /** Words must be distinct and not empty. */
  constructor(words: readonly string[]) {
    this.lengths = words.map((w) => w.length);
    const most = 1 + this.lengths.reduce((a, b) => a + b, 0);
    this.fail = new Int32Array(most);
    this.ends = new Int32Array(most).fill(-1);
    this.nextEnd = new Int32Array(most);
    const depthFirst: { readonly state: number; readonly parent: number; readonly unit: number; readonly depth: number }[] = [];
    words.forEach((word, id) => {
      let state = 0;
      for (let i = 0; i < word.length; i++) {
        const unit = word.charCodeAt(i);
        let next = this.step(state, unit);
        if (next < 0) {
          next = this.states++;
          this.put(state, unit, next);
          depthFirst.push({ state: next, parent: state, unit, depth: i });
        }
        state = next;
      }
      this.ends[state] = id;
    });
    depthFirst.sort((a, b) => a.depth - b.depth);
    for (const { state, parent, unit, depth } of depthFirst) this.link(state, parent, unit, depth);
  }

  private link(state: number, parent: number, unit: number, depth: number): void {
    let back = depth === 0 ? 0 : (this.fail[parent] ?? 0);
    let next = depth === 0 ? 0 : this.step(back, unit);
    while (next < 0 && back !== 0) {
      back = this.fail[back] ?? 0;
      next = this.step(back, unit);
    }
    const fail = Math.max(next, 0);
    this.fail[state] = fail;
    this.nextEnd[state] = (this.ends[fail] ?? -1) >= 0 ? fail : (this.nextEnd[fail] ?? 0);
  }

  scan(codes: Uint16Array, length: number): void {
    this.count = 0;
    let state = 0;
    for (let i = 0; i < length; i++) {
      const unit = codes[i] as number;
      let next = this.step(state, unit);
      while (next < 0 && state !== 0) {
        state = this.fail[state] as number;
        next = this.step(state, unit);
      }
      state = next < 0 ? 0 : next;
      let end = (this.ends[state] as number) >= 0 ? state : (this.nextEnd[state] as number);
      for (; end !== 0; end = this.nextEnd[end] as number) this.hit(this.ends[end] as number, i + 1);
    }
  }

  private hit(word: number, before: number): void {
    if (this.count === this.word.length) {
      this.word = doubled(this.word);
      this.from = doubled(this.from);
      this.before = doubled(this.before);
    }
    const at = this.count++;
    this.word[at] = word;
    this.from[at] = before - (this.lengths[word] ?? 0);
    this.before[at] = before;
  }

  private slot(state: number, unit: number): number {
    const { table } = this;
    const mask = table.length - 4;
    let at = (Math.imul(Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b), 0x2c1b3c6d) >>> 5) & mask & ~3;
    while ((table[at] as number) >= 0 && (table[at] !== state || table[at + 1] !== unit)) at = (at + 4) & mask;
    return at;
  }

  private step(state: number, unit: number): number {
    if (state === 0) return this.first[unit] as number;
    const at = this.slot(state, unit);
    return this.table[at] === state ? (this.table[at + 2] as number) : -1;
  }

  private put(state: number, unit: number, next: number): void {
    if (state === 0) {
      this.first[unit] = next;
      return;
    }
    if (this.states * 8 > this.table.length) {
      const old = this.table;
      this.table = new Int32Array(old.length * 2).fill(-1);
      for (let i = 0; i < old.length; i += 4) if ((old[i] ?? -1) >= 0) this.set(old[i] ?? 0, old[i + 1] ?? 0, old[i + 2] ?? 0);
    }
    this.set(state, unit, next);
  }

  private set(state: number, unit: number, next: number): void {
    const at = this.slot(state, unit);
    this.table[at] = state;
    this.table[at + 1] = unit;
    this.table[at + 2] = next;
  }
}

function doubled(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
}
