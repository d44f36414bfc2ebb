import { calendarOf, MINUTES_PER_DAY, type Span } from '../../maths/self-controlled/calendar.ts';
import { noPairSums, type PairSums, type ScanInput, scanPairs } from '../../maths/self-controlled/scan.ts';
import type { EventLog, OrderedLog } from './event-log.ts';

export interface PairOptions {
  /** Days after a grievance in which complaints count as following it. */
  readonly windowDays: number;
  /** Minutes; midnight to midnight. Without: from the day of the first event to the end of the day of the last. */
  readonly span?: Span;
  /** false: without the calendar of regions, to see what it changes. */
  readonly calendar?: boolean;
  /** Called with the share of customers done; may throw to stop. */
  readonly onProgress?: (share: number) => void;
}

/** Everything the estimates are made of, for all pairs and every segment. */
export interface CountedPairs {
  readonly sums: PairSums;
  readonly span: Span;
  readonly windowDays: number;
}

const SLICES = 20;

export function countPairs(ordered: OrderedLog, options: PairOptions): CountedPairs {
  const input = scanInputOf(ordered, options);
  const sums = noPairSums({ exposureTypes: input.exposureTypes, outcomeTypes: input.outcomeTypes, partCount: input.partCount });
  const { customerCount } = ordered.log;
  for (let slice = 0; slice < SLICES; slice++) {
    scanPairs(input, sums, Math.floor((customerCount * slice) / SLICES), Math.floor((customerCount * (slice + 1)) / SLICES));
    options.onProgress?.((slice + 1) / SLICES);
  }
  return { sums, span: input.calendar.span, windowDays: options.windowDays };
}

export function scanInputOf({ log, events, contactMinutes }: OrderedLog, options: PairOptions): ScanInput {
  const span = options.span ?? spanOf(log);
  const shape = { exposureTypes: log.grievanceTypes, outcomeTypes: log.complaintTypes };
  const calendar = calendarOf({
    events,
    ...shape,
    groups: log.regions,
    groupCount: log.regionCount,
    ...(log.coarserRegions === undefined ? {} : { coarser: [log.coarserRegions] }),
    span,
    byDay: options.calendar ?? true,
  });
  return {
    events,
    ...shape,
    calendar,
    groups: log.regions,
    parts: log.segments,
    partCount: log.segmentCount + 1,
    window: Math.round(options.windowDays * MINUTES_PER_DAY),
    // What is just so far apart is one contact still.
    gap: contactMinutes + 1,
    ...(log.observedFrom === undefined ? {} : { observedFrom: log.observedFrom }),
    ...(log.observedBefore === undefined ? {} : { observedBefore: log.observedBefore }),
  };
}

/** Whole days that hold every event. */
export function spanOf({ atMinutes }: EventLog): Span {
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < atMinutes.length; i++) {
    const time = atMinutes[i] as number;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first > last) return { from: 0, before: MINUTES_PER_DAY };
  return { from: midnight(first), before: midnight(last) + MINUTES_PER_DAY };
}

const midnight = (minute: number): number => Math.floor(minute / MINUTES_PER_DAY) * MINUTES_PER_DAY;
