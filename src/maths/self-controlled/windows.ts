import { MINUTES_PER_DAY, type Calendar } from './calendar.ts';

/**
 * Stretches of time after (or around) each of a subject's exposures, united where they touch and cut at the ends of the observation. One object is
 * used again for every subject, so nothing is allocated while millions are walked.
 */
export class Windows {
  count = 0;
  #lows = new Int32Array(64);
  #highs = new Int32Array(64);
  /** Of every bound, for the calendar: its day, and how much of that day's outcomes come before. */
  #days = new Int32Array(128);
  #shares = new Float64Array(128);

  clear(): void {
    this.count = 0;
  }

  /** Adds [low, high) cut to [from, before); lows must not fall. */
  add(low: number, high: number, from: number, before: number): void {
    const start = low < from ? from : low;
    const end = high > before ? before : high;
    if (end <= start) return;
    const last = this.count - 1;
    if (last >= 0 && start <= (this.#highs[last] as number)) {
      if (end > (this.#highs[last] as number)) this.#highs[last] = end;
      return;
    }
    if (this.count === this.#lows.length) this.#grow();
    this.#lows[this.count] = start;
    this.#highs[this.count] = end;
    this.count++;
  }

  low(i: number): number {
    return this.#lows[i] as number;
  }

  high(i: number): number {
    return this.#highs[i] as number;
  }

  /** Looks every bound up in the calendar once, for any number of types. */
  place(calendar: Calendar): void {
    for (let i = 0; i < this.count; i++) {
      this.#placeOne(calendar, 2 * i, this.#lows[i] as number);
      this.#placeOne(calendar, 2 * i + 1, this.#highs[i] as number);
    }
  }

  #placeOne(calendar: Calendar, at: number, time: number): void {
    const passed = time - calendar.span.from;
    const day = (passed / MINUTES_PER_DAY) | 0;
    this.#days[at] = day;
    this.#shares[at] = calendar.dayShare[passed - day * MINUTES_PER_DAY] as number;
  }

  /** Expected outcomes within, by the calendar; `base` = (group · types + type) · (days + 1). */
  expected(cumulative: Float64Array, base: number): number {
    const [days, shares, bounds] = [this.#days, this.#shares, 2 * this.count];
    let sum = 0;
    for (let bound = 0; bound < bounds; bound += 2)
      sum +=
        upTo(cumulative, base + (days[bound + 1] as number), shares[bound + 1] as number) -
        upTo(cumulative, base + (days[bound] as number), shares[bound] as number);
    return sum;
  }

  /** Whether a moment lies within. */
  holds(time: number): boolean {
    for (let i = 0; i < this.count; i++) if (time < (this.#highs[i] as number)) return time >= (this.#lows[i] as number);
    return false;
  }

  #grow(): void {
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const fresh = new Int32Array(old.length * 2);
      fresh.set(old);
      return fresh;
    };
    this.#lows = longer(this.#lows);
    this.#highs = longer(this.#highs);
    this.#days = new Int32Array(this.#days.length * 2);
    this.#shares = new Float64Array(this.#shares.length * 2);
  }
}

function upTo(cumulative: Float64Array, at: number, share: number): number {
  const start = cumulative[at] as number;
  return share === 0 ? start : start + share * ((cumulative[at + 1] as number) - start);
}
