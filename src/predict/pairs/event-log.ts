import type { SortedEvents } from '../../maths/self-controlled/sorted-events.ts';
import { sortEvents } from '../../maths/self-controlled/sorted-events.ts';

/** Grievances and complaints in columns: one entry per event, in any order. */
export interface EventLog {
  /** Number of the customer, 0 … customerCount − 1. */
  readonly customers: Uint32Array;
  /** Minutes since 1970 on the wall clock of the province. */
  readonly atMinutes: Int32Array;
  /** Number of the category among those of its kind. */
  readonly types: Uint16Array;
  /** 0 grievance, 1 complaint. */
  readonly kinds: Uint8Array;
  readonly customerCount: number;
  /** How many categories there are of each kind. */
  readonly grievanceTypes: number;
  readonly complaintTypes: number;
  /** Per customer. */
  readonly regions: Uint16Array;
  readonly regionCount: number;
  /** Per region: the coarser region it lies in, for categories too rare for a calendar of their own. */
  readonly coarserRegions?: Uint16Array;
  /** Per customer: number of the segment; `segmentCount` itself stands for none. */
  readonly segments: Uint8Array;
  readonly segmentCount: number;
  /** Per event, where the source knows: a hash of the text (0: none), and the voice's id. */
  readonly texts?: Uint32Array;
  readonly voices?: Float64Array;
  /** Per customer, where they joined late or left early: minutes. */
  readonly observedFrom?: Int32Array;
  readonly observedBefore?: Int32Array;
}

export const GRIEVANCE = 0;
export const COMPLAINT = 1;

export interface ContactRule {
  /** Two records of one customer at most so far apart are one contact; minutes. */
  readonly minutes: number;
  /** Two records with the very same words at most so far apart are one contact; minutes. */
  readonly sameTextMinutes: number;
}
export const CONTACT: ContactRule = { minutes: 30, sameTextMinutes: 1440 };

/** The log by customer and time, what one contact was recorded twice as left out. */
export interface OrderedLog {
  readonly log: EventLog;
  readonly events: SortedEvents;
  readonly dropped: Dropped;
  /** Minutes within which two records are one contact: a grievance's window begins after them, because nothing nearer is left to count. */
  readonly contactMinutes: number;
}

export interface Dropped {
  /** Grievances recorded in the same contact as a complaint. */
  readonly grievancesOfComplaints: number;
  /** The same category recorded again within one contact. */
  readonly repeats: number;
}

export function orderLog(log: EventLog, rule: ContactRule = CONTACT): OrderedLog {
  const size = log.types.length;
  const codes = new Uint16Array(size);
  for (let row = 0; row < size; row++) codes[row] = (log.types[row] as number) + (log.kinds[row] === GRIEVANCE ? 0 : log.grievanceTypes);
  const sorted = sortEvents({ subjects: log.customers, times: log.atMinutes, codes }, log.customerCount);
  return { log, contactMinutes: rule.minutes, ...withoutSameContact(log, sorted, rule) };
}

/**
 * One call written down twice is no grievance that led to a complaint. A grievance within `minutes` of a complaint of the same customer, or
 * with its very words within `sameTextMinutes`, belongs to the complaint's contact and is dropped; so is the same category of the same kind again within
 * either. Events are moved together in place.
 */
function withoutSameContact(log: EventLog, sorted: SortedEvents, rule: ContactRule): { events: SortedEvents; dropped: Dropped } {
  const { starts, times, codes, rows } = sorted;
  const kept = new Uint32Array(starts.length);
  const gone = new Uint8Array(times.length);
  let [grievances, repeats, to] = [0, 0, 0];
  for (let customer = 0; customer < log.customerCount; customer++) {
    const [from, before] = [starts[customer] as number, starts[customer + 1] as number];
    for (let i = from; i < before; i++) {
      const why = sameContact(log, sorted, gone, i, from, before, rule);
      gone[i] = why;
      if (why === OF_COMPLAINT) grievances++;
      if (why === REPEAT) repeats++;
    }
    kept[customer] = to;
    for (let i = from; i < before; i++) {
      if (gone[i] !== STAYS) continue;
      times[to] = times[i] as number;
      codes[to] = codes[i] as number;
      rows[to] = rows[i] as number;
      to++;
    }
  }
  kept[log.customerCount] = to;
  const events = { starts: kept, times: times.subarray(0, to), codes: codes.subarray(0, to), rows: rows.subarray(0, to) };
  return { events, dropped: { grievancesOfComplaints: grievances, repeats } };
}

const STAYS = 0;
const REPEAT = 1;
const OF_COMPLAINT = 2;

function sameContact(
  log: EventLog,
  { times, codes, rows }: SortedEvents,
  gone: Uint8Array,
  at: number,
  from: number,
  before: number,
  rule: ContactRule,
): number {
  const [time, code] = [times[at] as number, codes[at] as number];
  const text = log.texts?.[rows[at] as number] ?? 0;
  const reach = text === 0 ? rule.minutes : Math.max(rule.minutes, rule.sameTextMinutes);
  const isSame = (i: number): boolean => {
    const apart = Math.abs((times[i] as number) - time);
    return apart <= rule.minutes || (text !== 0 && apart <= rule.sameTextMinutes && log.texts?.[rows[i] as number] === text);
  };
  for (let i = at - 1; i >= from && time - (times[i] as number) <= reach; i--)
    if (gone[i] === STAYS && codes[i] === code && isSame(i)) return REPEAT;
  if (code >= log.grievanceTypes) return STAYS;
  for (let i = at - 1; i >= from && time - (times[i] as number) <= reach; i--)
    if ((codes[i] as number) >= log.grievanceTypes && isSame(i)) return OF_COMPLAINT;
  for (let i = at + 1; i < before && (times[i] as number) - time <= reach; i++)
    if ((codes[i] as number) >= log.grievanceTypes && isSame(i)) return OF_COMPLAINT;
  return STAYS;
}
