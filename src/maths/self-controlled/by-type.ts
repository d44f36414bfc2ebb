import type { SortedEvents } from './sorted-events.ts';

/** The events of one subject, listed by code: used again for every subject. Codes come in the order of their last event. */
export class ByType {
  readonly #heads: Int32Array;
  #next = new Int32Array(256);
  #from = 0;
  readonly exposures: Uint16Array;
  readonly outcomes: Uint16Array;
  exposureCount = 0;
  outcomeCount = 0;
  readonly #exposureTypes: number;

  constructor(exposureTypes: number, outcomeTypes: number) {
    this.#exposureTypes = exposureTypes;
    this.#heads = new Int32Array(exposureTypes + outcomeTypes).fill(-1);
    this.exposures = new Uint16Array(exposureTypes);
    this.outcomes = new Uint16Array(outcomeTypes);
  }

  take({ codes }: SortedEvents, from: number, before: number): void {
    this.#forget();
    if (before - from > this.#next.length) this.#next = new Int32Array((before - from) * 2);
    this.#from = from;
    for (let i = before - 1; i >= from; i--) {
      const code = codes[i] as number;
      const head = this.#heads[code] as number;
      if (head < 0) this.#list(code);
      this.#next[i - from] = head;
      this.#heads[code] = i;
    }
  }

  #list(code: number): void {
    if (code < this.#exposureTypes) this.exposures[this.exposureCount++] = code;
    else this.outcomes[this.outcomeCount++] = code;
  }

  #forget(): void {
    for (let i = 0; i < this.exposureCount; i++) this.#heads[this.exposures[i] as number] = -1;
    for (let i = 0; i < this.outcomeCount; i++) this.#heads[this.outcomes[i] as number] = -1;
    this.exposureCount = 0;
    this.outcomeCount = 0;
  }

  /** Place of the first event of a code, and of the next after one; −1: none. */
  first(code: number): number {
    return this.#heads[code] as number;
  }

  after(at: number): number {
    return this.#next[at - this.#from] as number;
  }
}
