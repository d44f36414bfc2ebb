import { CONFOUNDERS, PAIRS, WINDOW_DAYS } from '../../scenarios/province/planted/plan.ts';
import { provinceOf } from '../../scenarios/province/province.ts';
import { toldDays } from '../../scenarios/province/tell.ts';
import { loadTopics } from '../../scenarios/province/write.client.ts';
import type { Pack } from '../../src/model/pack.ts';
import { familyOf } from '../../src/predict/pairs/estimate-pairs.ts';
import { type EventLog, orderLog } from '../../src/predict/pairs/event-log.ts';
import { countPairs } from '../../src/predict/pairs/pairs-of.ts';
import type { Reader } from '../../src/understand/index.ts';

export interface ClaimsOf {
  /** Events that have a category at all, and how many of those have the right one. */
  readonly events: number;
  readonly right: number;
  readonly claims: number;
  readonly falseShare: number;
  readonly found: number;
}

interface Event {
  readonly customer: string;
  readonly city: string;
  readonly minute: number;
  readonly complaint: boolean;
  readonly truth: string;
  readonly read: string | null;
}

/** One told world without incidents, once by what agents filed (rightly), once by what the reader makes of the texts. */
export async function pairsByReader(
  pack: Pack,
  reader: Reader,
  seed: number,
  customers: number,
): Promise<{ readonly agent: ClaimsOf; readonly reader: ClaimsOf }> {
  const names = new Map(pack.categories.map((category) => [category.code, category.names.zh]));
  const province = provinceOf({ customers, months: 6, seed, until: '2026-11-22T09:00:00.000Z', incidents: false });
  const events: Event[] = [];
  for (const day of toldDays(province, await loadTopics(), (code) => names.get(code) ?? code))
    for (const { told } of day.voices) {
      if (told.category === null || !['grievance', 'fault', 'complaint'].includes(told.kind)) continue;
      const { id, city } = told.customer;
      const [minute, read] = [Math.floor(told.at / 60_000) + 480, reader.read(told.text).category];
      events.push({ customer: id, city, minute, complaint: told.kind === 'complaint', truth: told.category, read });
    }
  return { agent: claimsOf(events, ({ truth }) => truth), reader: claimsOf(events, ({ read }) => read) };
}

function claimsOf(every: readonly Event[], categoryOf: (event: Event) => string | null): ClaimsOf {
  const events = every.filter((event) => categoryOf(event) !== null);
  const place = <T>(values: readonly T[]): { readonly list: readonly T[]; readonly of: ReadonlyMap<T, number> } => {
    const list = [...new Set(values)];
    return { list, of: new Map(list.map((value, i) => [value, i])) };
  };
  const who = place(events.map(({ customer }) => customer));
  const cities = place(events.map(({ city }) => city));
  const [grievances, complaints] = [false, true].map((kind) => place(events.filter(({ complaint }) => complaint === kind).map(categoryOf)));
  if (grievances === undefined || complaints === undefined) throw new Error('Nothing was told.');
  const regions = new Uint16Array(who.list.length);
  for (const { customer, city } of events) regions[who.of.get(customer) ?? 0] = cities.of.get(city) ?? 0;
  const log: EventLog = {
    customers: Uint32Array.from(events, ({ customer }) => who.of.get(customer) ?? 0),
    atMinutes: Int32Array.from(events, ({ minute }) => minute),
    types: Uint16Array.from(events, (event) => (event.complaint ? complaints : grievances).of.get(categoryOf(event)) ?? 0),
    kinds: Uint8Array.from(events, ({ complaint }) => Number(complaint)),
    customerCount: who.list.length,
    grievanceTypes: grievances.list.length,
    complaintTypes: complaints.list.length,
    regions,
    regionCount: cities.list.length,
    segments: new Uint8Array(who.list.length),
    segmentCount: 1,
  };
  const claims = familyOf(countPairs(orderLog(log), { windowDays: WINDOW_DAYS }).sums, null).pairs.filter(({ significant }) => significant);
  const named = claims.map((one) => ({ grievance: grievances.list[one.grievance] ?? '', complaint: complaints.list[one.complaint] ?? '' }));
  const isOf =
    (list: readonly { readonly grievance: string; readonly complaint: string }[]) =>
    (one: (typeof named)[number]): boolean =>
      list.some((known) => known.grievance === one.grievance && known.complaint === one.complaint);
  const [isTrue, isConfounded] = [isOf(PAIRS), isOf(CONFOUNDERS)];
  return {
    events: events.length,
    right: events.filter((event) => categoryOf(event) === event.truth).length,
    claims: claims.length,
    falseShare: named.filter((one) => !isTrue(one) && !isConfounded(one)).length / Math.max(1, claims.length),
    found: named.filter(isTrue).length,
  };
}
