import { ByType } from './by-type.ts';
import type { Calendar } from './calendar.ts';
import type { RateSums } from './rate-sums.ts';
import type { SortedEvents } from './sorted-events.ts';
import { Windows } from './windows.ts';

export interface ScanInput {
  readonly events: SortedEvents;
  readonly exposureTypes: number;
  readonly outcomeTypes: number;
  readonly calendar: Calendar;
  /** Group of each subject in the calendar. */
  readonly groups: Uint16Array;
  /** Part of each subject that is counted apart (a customer segment, say); all below `partCount`. */
  readonly parts: Uint8Array;
  readonly partCount: number;
  /** The time after an exposure: from `gap` minutes after it (0 unless what is nearer could not be counted) to `window` minutes after. */
  readonly window: number;
  readonly gap: number;
  /** Per subject, where it was not observed for the whole span. */
  readonly observedFrom?: Int32Array;
  readonly observedBefore?: Int32Array;
}

/** Counters of all pairs of types, of each part: sums of disjoint subjects add up cell by cell. */
export interface PairSums {
  readonly exposureTypes: number;
  readonly outcomeTypes: number;
  readonly partCount: number;
  /** [part][exposure][outcome][field] */
  readonly cells: Float64Array;
  /** [part][type] */
  readonly exposures: Float64Array;
  readonly outcomes: Float64Array;
}

const UP = 0;
const DOWN = 1;
const INFORMATION = 2;
const UP_UP = 3;
const UP_DOWN = 4;
const DOWN_DOWN = 5;
const INSIDE = 6;
const OUTSIDE = 7;
const EXPECTED = 8;
/** The same nine for the time as long before an exposure, against time far from any: the negative control. */
const BEFORE = 9;
const SUBJECTS = 18;
const FIELDS = 19;

export function noPairSums(shape: Pick<PairSums, 'exposureTypes' | 'outcomeTypes' | 'partCount'>): PairSums {
  const { exposureTypes, outcomeTypes, partCount } = shape;
  return {
    exposureTypes,
    outcomeTypes,
    partCount,
    cells: new Float64Array(partCount * exposureTypes * outcomeTypes * FIELDS),
    exposures: new Float64Array(partCount * exposureTypes),
    outcomes: new Float64Array(partCount * outcomeTypes),
  };
}

/** Walks subjects `from` … `before` once and adds all pairs of types up. */
export function scanPairs(input: ScanInput, into: PairSums, from = 0, before = input.events.starts.length - 1): void {
  const lists = new ByType(input.exposureTypes, input.outcomeTypes);
  const bench: Bench = { lists, after: new Windows(), near: new Windows(), around: new Windows(), observed: new Windows() };
  for (let subject = from; subject < before; subject++) scanSubject(input, into, subject, bench);
}

/** What the walk works with, made once. */
interface Bench {
  readonly lists: ByType;
  readonly after: Windows;
  /** `after` and the gap on both sides of the exposure. */
  readonly near: Windows;
  /** `near` and the time as long before. */
  readonly around: Windows;
  readonly observed: Windows;
}

function scanSubject(input: ScanInput, into: PairSums, subject: number, bench: Bench): void {
  const { events, exposureTypes, outcomeTypes, calendar, window, gap } = input;
  const { lists, after, near, around, observed } = bench;
  lists.take(events, events.starts[subject] as number, events.starts[subject + 1] as number);
  const part = input.parts[subject] as number;
  countTypes(into, lists, part, exposureTypes, outcomeTypes);
  if (lists.exposureCount === 0 || lists.outcomeCount === 0) return;
  const observedFrom = input.observedFrom === undefined ? calendar.span.from : (input.observedFrom[subject] as number);
  const observedBefore = input.observedBefore === undefined ? calendar.span.before : (input.observedBefore[subject] as number);
  const group = (input.groups[subject] as number) * outcomeTypes;
  const isWhole = observedFrom <= calendar.span.from && observedBefore >= calendar.span.before;
  observed.clear();
  observed.add(observedFrom, observedBefore, calendar.span.from, calendar.span.before);
  observed.place(calendar);
  for (let g = 0; g < lists.exposureCount; g++) {
    const exposure = lists.exposures[g] as number;
    after.clear();
    near.clear();
    around.clear();
    for (let i = lists.first(exposure); i >= 0; i = lists.after(i)) {
      const time = events.times[i] as number;
      after.add(time + gap, time + window, observedFrom, observedBefore);
      near.add(time - gap, time + window, observedFrom, observedBefore);
      around.add(time - window, time + window, observedFrom, observedBefore);
    }
    after.place(calendar);
    near.place(calendar);
    around.place(calendar);
    for (let k = 0; k < lists.outcomeCount; k++) {
      const outcome = (lists.outcomes[k] as number) - exposureTypes;
      const base = (group + outcome) * (calendar.days + 1);
      const total = isWhole ? (calendar.cumulative[base + calendar.days] as number) : observed.expected(calendar.cumulative, base);
      const at = ((part * exposureTypes + exposure) * outcomeTypes + outcome) * FIELDS;
      addPair(into.cells, at, events.times, outcome + exposureTypes, bench, calendar.cumulative, base, total);
    }
  }
}

function countTypes(into: PairSums, lists: ByType, part: number, exposureTypes: number, outcomeTypes: number): void {
  for (let g = 0; g < lists.exposureCount; g++) {
    const code = lists.exposures[g] as number;
    for (let i = lists.first(code); i >= 0; i = lists.after(i)) bump(into.exposures, part * exposureTypes + code, 1);
  }
  for (let k = 0; k < lists.outcomeCount; k++) {
    const code = lists.outcomes[k] as number;
    for (let i = lists.first(code); i >= 0; i = lists.after(i)) bump(into.outcomes, part * outcomeTypes + code - exposureTypes, 1);
  }
}

function addPair(
  cells: Float64Array,
  at: number,
  times: Int32Array,
  code: number,
  { lists, after, near, around }: Bench,
  cumulative: Float64Array,
  base: number,
  total: number,
): void {
  const exposed = after.expected(cumulative, base);
  const close = near.expected(cumulative, base);
  const wide = around.expected(cumulative, base);
  let [inside, outside, ahead, far] = [0, 0, 0, 0];
  for (let i = lists.first(code); i >= 0; i = lists.after(i)) {
    const time = times[i] as number;
    if (after.holds(time)) inside++;
    else outside++;
    if (!around.holds(time)) far++;
    else if (!near.holds(time)) ahead++;
  }
  addStratum(cells, at, inside, outside, exposed, total);
  if (inside > 0) bump(cells, at + SUBJECTS, 1);
  addStratum(cells, at + BEFORE, ahead, far, wide - close, total - close);
}

/** As `sumsOf` in `rate-sums.ts`, in place. */
function addStratum(cells: Float64Array, at: number, inside: number, outside: number, exposed: number, total: number): void {
  const n = inside + outside;
  if (n === 0 || !(total > 0)) return;
  const share = exposed <= 0 ? 0 : exposed >= total ? 1 : exposed / total;
  const down = outside * share;
  bump(cells, at + DOWN, down);
  bump(cells, at + DOWN_DOWN, down * down);
  bump(cells, at + INFORMATION, n * share * (1 - share));
  bump(cells, at + OUTSIDE, outside);
  bump(cells, at + EXPECTED, n * share);
  // Most strata have nothing inside: half of the sums stay as they are.
  if (inside === 0) return;
  const up = inside * (1 - share);
  bump(cells, at + UP, up);
  bump(cells, at + UP_UP, up * up);
  bump(cells, at + UP_DOWN, up * down);
  bump(cells, at + INSIDE, inside);
}

function bump(cells: Float64Array, at: number, by: number): void {
  cells[at] = (cells[at] as number) + by;
}

/** Adds the counters of other subjects. */
export function addPairSums(into: PairSums, other: PairSums): void {
  for (let i = 0; i < into.cells.length; i++) bump(into.cells, i, other.cells[i] as number);
  for (let i = 0; i < into.exposures.length; i++) bump(into.exposures, i, other.exposures[i] as number);
  for (let i = 0; i < into.outcomes.length; i++) bump(into.outcomes, i, other.outcomes[i] as number);
}

export interface PairCell {
  readonly after: RateSums;
  readonly before: RateSums;
  /** Subjects with an outcome inside. */
  readonly subjects: number;
}

export function pairCell(sums: PairSums, part: number, exposure: number, outcome: number): PairCell {
  const at = ((part * sums.exposureTypes + exposure) * sums.outcomeTypes + outcome) * FIELDS;
  return { after: sumsAt(sums.cells, at), before: sumsAt(sums.cells, at + BEFORE), subjects: sums.cells[at + SUBJECTS] as number };
}

const sumsAt = (cells: Float64Array, at: number): RateSums => ({
  up: cells[at + UP] as number,
  down: cells[at + DOWN] as number,
  information: cells[at + INFORMATION] as number,
  upUp: cells[at + UP_UP] as number,
  upDown: cells[at + UP_DOWN] as number,
  downDown: cells[at + DOWN_DOWN] as number,
  inside: cells[at + INSIDE] as number,
  outside: cells[at + OUTSIDE] as number,
  expected: cells[at + EXPECTED] as number,
});
