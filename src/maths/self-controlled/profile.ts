import { ByType } from './by-type.ts';
import { addSums, NO_SUMS, rateEstimate, type RateEstimate, type RateSums, sumsOf } from './rate-sums.ts';
import type { ScanInput } from './scan.ts';
import { Windows } from './windows.ts';

/** A pair to be looked at closely, among the subjects of some parts. */
export interface ProfileOf {
  readonly exposure: number;
  readonly outcome: number;
  /** undefined: all subjects. */
  readonly part?: number;
}

export interface ProfileOptions {
  /** Width of a lag bin, in minutes, and how many bins there are before and after an exposure. */
  readonly lag: { readonly width: number; readonly before: number; readonly after: number };
  /** Bounds of periods (months, say), rising, one more than there are periods. */
  readonly periods: readonly number[];
  /** For so many minutes after each outcome neither time nor outcomes count. */
  readonly deadTime: number;
}

export interface LagBin {
  /** Minutes after the exposure; negative: before it. Half-open. */
  readonly from: number;
  readonly before: number;
  readonly sums: RateSums;
}

export interface Profile {
  readonly lags: readonly LagBin[];
  readonly periods: readonly RateSums[];
  readonly deadTime: RateSums;
  /** Places in the sorted events: outcomes inside a window, and the exposures whose window they are inside of. */
  readonly outcomes: readonly number[];
  readonly exposures: readonly number[];
}

/**
 * Of some pairs: when after the exposure the outcome comes (each lag against time far from any exposure), whether the ratio holds in every period, and
 * what a dead time after each outcome would change. One pass; only subjects with both types are looked at.
 */
export function profilesOf(input: ScanInput, wanted: readonly ProfileOf[], options: ProfileOptions): readonly Profile[] {
  const { events, exposureTypes, outcomeTypes } = input;
  const makers = wanted.map((one) => new ProfileMaker(input, one, options));
  const byPair = new Map<number, ProfileMaker[]>();
  for (const maker of makers) {
    const key = maker.of.exposure * outcomeTypes + maker.of.outcome;
    byPair.set(key, [...(byPair.get(key) ?? []), maker]);
  }
  const lists = new ByType(exposureTypes, outcomeTypes);
  for (let subject = 0; subject < events.starts.length - 1; subject++) {
    lists.take(events, events.starts[subject] as number, events.starts[subject + 1] as number);
    for (let g = 0; g < lists.exposureCount; g++)
      for (let k = 0; k < lists.outcomeCount; k++) {
        const [exposure, outcome] = [lists.exposures[g] as number, (lists.outcomes[k] as number) - exposureTypes];
        for (const maker of byPair.get(exposure * outcomeTypes + outcome) ?? []) maker.take(subject, lists);
      }
  }
  return makers.map((maker) => maker.profile());
}

class ProfileMaker {
  readonly of: ProfileOf;
  readonly #clock: SubjectClock;
  readonly #input: ScanInput;
  readonly #options: ProfileOptions;
  readonly #lags: RateSums[];
  readonly #periods: RateSums[];
  #dead: RateSums = NO_SUMS;
  readonly #outcomes: number[] = [];
  readonly #exposures: number[] = [];

  constructor(input: ScanInput, of: ProfileOf, options: ProfileOptions) {
    this.of = of;
    this.#clock = new SubjectClock(input, of.outcome);
    this.#input = input;
    this.#options = options;
    this.#lags = Array.from({ length: options.lag.before + options.lag.after }, () => NO_SUMS);
    this.#periods = Array.from({ length: Math.max(0, options.periods.length - 1) }, () => NO_SUMS);
  }

  profile(): Profile {
    const { width, before } = this.#options.lag;
    const lags = this.#lags.map((sums, i) => ({ from: (i - before) * width, before: (i - before + 1) * width, sums }));
    return { lags, periods: this.#periods, deadTime: this.#dead, outcomes: this.#outcomes, exposures: this.#exposures };
  }

  take(subject: number, lists: ByType): void {
    const { events, exposureTypes, window, gap } = this.#input;
    if (this.of.part !== undefined && this.#input.parts[subject] !== this.of.part) return;
    this.#clock.turnTo(subject);
    const exposed = placesOf(lists, this.of.exposure);
    const happened = placesOf(lists, exposureTypes + this.of.outcome);
    const starts = exposed.map((at) => events.times[at] as number);
    const times = happened.map((at) => events.times[at] as number);
    const after = this.#clock.windows(AFTER, starts, gap, window);
    happened.forEach((at, i) => after.holds(times[i] as number) && this.#outcomes.push(at));
    starts.forEach((start, i) => {
      if (times.some((time) => time >= start + gap && time < start + window)) this.#exposures.push(exposed[i] as number);
    });
    this.#addPeriods(after, times);
    this.#addDeadTime(after, times);
    this.#addLags(starts, times);
  }

  #addLags(starts: readonly number[], times: readonly number[]): void {
    const clock = this.#clock;
    const { gap } = this.#input;
    const { width, before, after } = this.#options.lag;
    const near = clock.windows(NEAR, starts, -before * width, after * width);
    const farTime = clock.total - clock.mass(near);
    const far = times.filter((time) => !near.holds(time)).length;
    for (let i = 0; i < this.#lags.length; i++) {
      // Nearer than the gap nothing could be counted: that time is in no bin, and not far from an exposure either.
      const [low, high] = [(i - before) * width, (i - before + 1) * width];
      const bin = clock.windows(BIN, starts, low === 0 ? gap : low, high === 0 ? -gap : high);
      const inside = times.filter((time) => bin.holds(time)).length;
      if (inside + far === 0) continue;
      const mass = clock.mass(bin);
      this.#lags[i] = addSums(this.#lags[i] ?? NO_SUMS, sumsOf(inside, far, mass, mass + farTime));
    }
  }

  #addPeriods(after: Windows, times: readonly number[]): void {
    const { periods } = this.#options;
    for (let i = 0; i + 1 < periods.length; i++) {
      const [start, end] = [periods[i] as number, periods[i + 1] as number];
      const within = times.filter((time) => time >= start && time < end);
      if (within.length === 0) continue;
      const inside = within.filter((time) => after.holds(time)).length;
      const period = this.#clock.windows(PERIOD, [start], 0, end - start);
      const total = this.#clock.mass(period);
      const exposed = this.#clock.mass(this.#clock.shared(after, period));
      this.#periods[i] = addSums(this.#periods[i] ?? NO_SUMS, sumsOf(inside, within.length - inside, exposed, total));
    }
  }

  /** Outcomes within the dead time of one that counts are left out, and so is that time. */
  #addDeadTime(after: Windows, times: readonly number[]): void {
    const counted: number[] = [];
    for (const time of times) {
      const last = counted.at(-1);
      if (last === undefined || time >= last + this.#options.deadTime) counted.push(time);
    }
    const clock = this.#clock;
    const dead = clock.windows(DEAD, counted, 1, this.#options.deadTime);
    const exposed = clock.mass(after) - clock.mass(clock.shared(after, dead));
    const inside = counted.filter((time) => after.holds(time)).length;
    this.#dead = addSums(this.#dead, sumsOf(inside, counted.length - inside, exposed, clock.total - clock.mass(dead)));
  }
}

const AFTER = 0;
const NEAR = 1;
const BIN = 2;
const PERIOD = 3;
const DEAD = 4;
const SHARED = 5;
const WHOLE = 6;

/** The calendar of one subject at a time and one outcome, cut to when the subject was observed. */
class SubjectClock {
  total = 0;
  readonly #input: ScanInput;
  readonly #outcome: number;
  readonly #windows = Array.from({ length: WHOLE + 1 }, () => new Windows());
  #base = 0;
  #from = 0;
  #before = 0;

  constructor(input: ScanInput, outcome: number) {
    this.#input = input;
    this.#outcome = outcome;
  }

  turnTo(subject: number): void {
    const { calendar, groups, outcomeTypes, observedFrom, observedBefore } = this.#input;
    this.#base = ((groups[subject] as number) * outcomeTypes + this.#outcome) * (calendar.days + 1);
    this.#from = observedFrom?.[subject] ?? calendar.span.from;
    this.#before = observedBefore?.[subject] ?? calendar.span.before;
    this.total = this.mass(this.windows(WHOLE, [this.#from], 0, this.#before - this.#from));
  }

  windows(which: number, starts: readonly number[], low: number, high: number): Windows {
    const windows = this.#windows[which] as Windows;
    windows.clear();
    for (const start of starts) windows.add(start + low, start + high, this.#from, this.#before);
    return windows;
  }

  mass(windows: Windows): number {
    windows.place(this.#input.calendar);
    return windows.expected(this.#input.calendar.cumulative, this.#base);
  }

  /** Time that lies in both. */
  shared(a: Windows, b: Windows): Windows {
    const both = this.windows(SHARED, [], 0, 0);
    for (let i = 0; i < b.count; i++)
      for (let k = 0; k < a.count; k++) both.add(Math.max(b.low(i), a.low(k)), Math.min(b.high(i), a.high(k)), this.#from, this.#before);
    return both;
  }
}

function placesOf(lists: ByType, code: number): readonly number[] {
  const places: number[] = [];
  for (let at = lists.first(code); at >= 0; at = lists.after(at)) places.push(at);
  return places;
}

export const estimateOf = (sums: RateSums, minExpected: number): RateEstimate | null =>
  sums.expected >= minExpected ? rateEstimate(sums) : null;
