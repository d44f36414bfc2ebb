import type { SortedEvents } from './sorted-events.ts';

/** The time that is looked at, in minutes: half-open, from one midnight to another. */
export interface Span {
  readonly from: number;
  readonly before: number;
}

/**
 * How many outcomes of each type the calendar of each group (a region, say) lets expect up to a moment. Measuring time by it instead of by the
 * clock takes out whatever raised a type for everybody of the group on some days: outages, billing days, campaigns.
 */
export interface Calendar {
  readonly span: Span;
  readonly days: number;
  readonly types: number;
  /** [group][type][day 0 … days]: expected outcomes before the day begins. */
  readonly cumulative: Float64Array;
  /** Of a usual day's outcomes the share before a minute of the day; 1441 values from 0 to 1. */
  readonly dayShare: Float64Array;
}

export const MINUTES_PER_DAY = 1440;

/**
 * A day with few outcomes is shrunk to its group and type's mean by a pseudo-count of so much of that mean. Measured: half an event per cell biases
 * a pair that only outages bind together (1.07 for 1, covered in 1 of 10 worlds), 5 % of the mean does not (10 of 10).
 */
export const SHRINK_TO_MEAN = 0.05;

/**
 * A group with fewer outcomes of a type goes by the calendar of the next coarser group, at last by that of all: of a handful of outcomes a day's share says
 * mostly when those very outcomes were.
 */
export const ENOUGH_FOR_A_CALENDAR = 50;

export interface CalendarInput {
  readonly events: SortedEvents;
  readonly exposureTypes: number;
  readonly outcomeTypes: number;
  /** Group of each subject. */
  readonly groups: Uint16Array;
  readonly groupCount: number;
  /** From finer to coarser: which coarser group each group lies in. */
  readonly coarser?: readonly Uint16Array[];
  readonly span: Span;
  /** false: every day counts the same, so that time is what the clock says. */
  readonly byDay?: boolean;
}

export function calendarOf(input: CalendarInput): Calendar {
  const { span, outcomeTypes } = input;
  const days = Math.max(1, Math.ceil((span.before - span.from) / MINUTES_PER_DAY));
  const cumulative = new Float64Array(input.groupCount * outcomeTypes * (days + 1));
  const minutes = new Float64Array(MINUTES_PER_DAY);
  countDays(input, days, cumulative, minutes);
  if (input.byDay !== false) leanOnCoarser(input, days + 1, cumulative);
  const cells = input.groupCount * outcomeTypes;
  for (let cell = 0; cell < cells; cell++) accumulate(cumulative, cell * (days + 1), days, input.byDay ?? true);
  return { span, days, types: outcomeTypes, cumulative, dayShare: input.byDay === false ? evenDay() : dayShareOf(minutes) };
}

/** Counts of a day stand in the place after it until they are summed up. */
function countDays(input: CalendarInput, days: number, counts: Float64Array, minutes: Float64Array): void {
  const { events, exposureTypes, outcomeTypes, groups, span } = input;
  const subjects = events.starts.length - 1;
  for (let subject = 0; subject < subjects; subject++) {
    const base = (groups[subject] as number) * outcomeTypes;
    for (let i = events.starts[subject] as number; i < (events.starts[subject + 1] as number); i++) {
      const code = events.codes[i] as number;
      const passed = (events.times[i] as number) - span.from;
      if (code < exposureTypes || passed < 0 || passed >= days * MINUTES_PER_DAY) continue;
      const day = (passed / MINUTES_PER_DAY) | 0;
      const cell = (base + code - exposureTypes) * (days + 1) + day + 1;
      counts[cell] = (counts[cell] as number) + 1;
      const minute = passed - day * MINUTES_PER_DAY;
      minutes[minute] = (minutes[minute] as number) + 1;
    }
  }
}

/** Puts the coarser group's days where a group has too few outcomes of a type. */
function leanOnCoarser({ groupCount, outcomeTypes, coarser = [] }: CalendarInput, width: number, counts: Float64Array): void {
  const rows = outcomeTypes * width;
  const levels = [...coarser, new Uint16Array(groupCount)].map((level) => ({ level, sums: sumsBy(level, groupCount, rows, counts) }));
  for (let group = 0; group < groupCount; group++)
    for (let type = 0; type < outcomeTypes; type++) {
      const at = group * rows + type * width;
      if (totalOf(counts, at, width) >= ENOUGH_FOR_A_CALENDAR) continue;
      const found = levels
        .map(({ level, sums }) => ({ sums, at: (level[group] as number) * rows + type * width }))
        .find(({ sums, at: place }, i) => i === levels.length - 1 || totalOf(sums, place, width) >= ENOUGH_FOR_A_CALENDAR);
      if (found !== undefined) counts.set(found.sums.subarray(found.at, found.at + width), at);
    }
}

function sumsBy(level: Uint16Array, groupCount: number, rows: number, counts: Float64Array): Float64Array {
  let most = 0;
  for (let group = 0; group < groupCount; group++) most = Math.max(most, level[group] as number);
  const sums = new Float64Array((most + 1) * rows);
  for (let group = 0; group < groupCount; group++) {
    const base = (level[group] as number) * rows;
    for (let i = 0; i < rows; i++) sums[base + i] = (sums[base + i] as number) + (counts[group * rows + i] as number);
  }
  return sums;
}

function totalOf(counts: Float64Array, at: number, width: number): number {
  let total = 0;
  for (let i = at; i < at + width; i++) total += counts[i] as number;
  return total;
}

function accumulate(counts: Float64Array, base: number, days: number, byDay: boolean): void {
  let total = 0;
  for (let day = 1; day <= days; day++) total += counts[base + day] as number;
  const mean = total / days;
  let sum = 0;
  for (let day = 1; day <= days; day++) {
    sum += byDay ? (counts[base + day] as number) + SHRINK_TO_MEAN * mean : mean;
    counts[base + day] = sum;
  }
}

/** By the quarter of an hour, each shrunk to the mean: within it, time runs evenly. */
function dayShareOf(minutes: Float64Array): Float64Array {
  const quarters = new Float64Array(MINUTES_PER_DAY / QUARTER);
  let total = 0;
  minutes.forEach((count, minute) => {
    const quarter = Math.floor(minute / QUARTER);
    quarters[quarter] = (quarters[quarter] as number) + count;
    total += count;
  });
  if (total === 0) return evenDay();
  const pseudo = (SHRINK_TO_MEAN * total) / quarters.length;
  const whole = total + pseudo * quarters.length;
  const shares = new Float64Array(MINUTES_PER_DAY + 1);
  for (let minute = 1; minute <= MINUTES_PER_DAY; minute++) {
    const quarter = quarters[Math.floor((minute - 1) / QUARTER)] as number;
    shares[minute] = (shares[minute - 1] as number) + (quarter + pseudo) / QUARTER / whole;
  }
  shares[MINUTES_PER_DAY] = 1;
  return shares;
}

const QUARTER = 15;
const evenDay = (): Float64Array => Float64Array.from({ length: MINUTES_PER_DAY + 1 }, (_, minute) => minute / MINUTES_PER_DAY);

/** Expected outcomes up to a moment, for one group and type. Outside the span: 0, or all. */
export function expectedBefore(calendar: Calendar, group: number, type: number, time: number): number {
  const base = (group * calendar.types + type) * (calendar.days + 1);
  const passed = Math.min(Math.max(time - calendar.span.from, 0), calendar.days * MINUTES_PER_DAY);
  const day = (passed / MINUTES_PER_DAY) | 0;
  const start = calendar.cumulative[base + day] as number;
  const share = calendar.dayShare[passed - day * MINUTES_PER_DAY] as number;
  return share === 0 ? start : start + share * ((calendar.cumulative[base + day + 1] as number) - start);
}
