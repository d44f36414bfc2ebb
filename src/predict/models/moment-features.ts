import { type CategoryColumn, type FeatureColumn, type FeatureTable, featureTable } from '../../maths/features.ts';
import { COMPLAINT, DAY, GRIEVANCE, type Load, type MomentLog } from './moment-log.ts';

/** Everything that may be known when a grievance is recorded, in the order of the table's columns. */
export const NUMBERS = [
  'hour',
  'weekday',
  'day_of_month',
  'grievances_7d',
  'grievances_30d',
  'grievances_90d',
  'complaints_30d',
  'complaints_90d',
  'voices_30d',
  'same_grievances_7d',
  'same_grievances_30d',
  'same_complaints_90d',
  'days_since_voice',
  'days_since_complaint',
  'days_since_same',
  'activity',
  'complaint_share',
  'region_same_1d',
  'region_share_1d',
  'tenure_months',
  'lasted_days',
] as const;
export const CATEGORIES = [
  'category',
  'topic',
  'channel',
  'feeling',
  'solved',
  'brand',
  'value_tier',
  'segment',
  'last_category',
  'age_band',
] as const;
export type MomentFeature = (typeof NUMBERS)[number] | (typeof CATEGORIES)[number];
/** Left out of the model unless somebody asks; what they would add is told. */
export const PROTECTED_FEATURES: readonly MomentFeature[] = ['age_band'];

/** Prior of the activity: as if a customer had been heard this often in this many days. Keeps a short record from looking lively. */
const PRIOR_VOICES = 0.7;
const PRIOR_DAYS = 14;

/** Numbers of one moment: entry `i` of a customer whose record begins at entry `from`. Nothing at or after `i` is looked at. */
export function momentNumbers(
  log: MomentLog,
  from: number,
  i: number,
  load: Load,
  tenureMonths: number | null,
  into: Float64Array,
  at: number,
): void {
  const now = log.minutes[i] ?? 0;
  const category = log.categories[i] ?? -1;
  const counts = new Int32Array(8);
  let [grievances, complaints, lastVoice, lastComplaint, lastSame] = [0, 0, NaN, NaN, NaN];
  for (let j = from; j < i; j++) {
    const [age, kind] = [now - (log.minutes[j] ?? 0), log.kinds[j] ?? 2];
    const same = category >= 0 && log.categories[j] === category;
    lastVoice = age;
    if (age < 30 * DAY) counts[6] = (counts[6] ?? 0) + 1;
    if (kind === GRIEVANCE) {
      grievances++;
      count(counts, 0, age);
      if (same) lastSame = age;
    } else if (kind === COMPLAINT) {
      complaints++;
      lastComplaint = age;
      if (age < 30 * DAY) counts[3] = (counts[3] ?? 0) + 1;
      if (age < 90 * DAY) counts[4] = (counts[4] ?? 0) + 1;
      if (same && age < 90 * DAY) counts[7] = (counts[7] ?? 0) + 1;
    }
  }
  const sames = samesOf(log, from, i, now, category);
  const observed = (now - log.begin) / DAY;
  const values: readonly number[] = [
    Math.floor((((now % DAY) + DAY) % DAY) / 60),
    weekdayOf(now),
    dayOfMonth(now),
    counts[0] ?? 0,
    counts[1] ?? 0,
    counts[2] ?? 0,
    counts[3] ?? 0,
    counts[4] ?? 0,
    counts[6] ?? 0,
    sames.week,
    sames.month,
    counts[7] ?? 0,
    lastVoice / DAY,
    lastComplaint / DAY,
    lastSame / DAY,
    Math.log((grievances + complaints + 1 + PRIOR_VOICES) / (observed + PRIOR_DAYS)),
    (complaints + 0.5) / (grievances + complaints + 2.5),
    load.same,
    (load.same + 1) / (load.all + 20),
    tenureMonths ?? NaN,
    log.lasted[i] ?? NaN,
  ];
  into.set(values, at);
}

function count(counts: Int32Array, first: number, age: number): void {
  if (age < 7 * DAY) counts[first] = (counts[first] ?? 0) + 1;
  if (age < 30 * DAY) counts[first + 1] = (counts[first + 1] ?? 0) + 1;
  if (age < 90 * DAY) counts[first + 2] = (counts[first + 2] ?? 0) + 1;
}

function samesOf(log: MomentLog, from: number, i: number, now: number, category: number): { week: number; month: number } {
  let [week, month] = [0, 0];
  for (let j = i - 1; j >= from && category >= 0; j--) {
    const age = now - (log.minutes[j] ?? 0);
    if (age >= 30 * DAY) break;
    if (log.kinds[j] !== GRIEVANCE || log.categories[j] !== category) continue;
    month++;
    if (age < 7 * DAY) week++;
  }
  return { week, month };
}

/** 0 Monday … 6 Sunday; the first of January 1970 was a Thursday. */
const weekdayOf = (minutes: number): number => (((Math.floor(minutes / DAY) + 3) % 7) + 7) % 7;

/** 1 … 31 on the wall clock: civil date from days (Howard Hinnant's algorithm). */
export function dayOfMonth(minutes: number): number {
  const z = Math.floor(minutes / DAY) + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  return doy - Math.floor((153 * mp + 2) / 5) + 1;
}

/** A moment that is foretold: an entry, whose it is, and what was going on around. */
export interface Moment {
  readonly customer: number;
  readonly entry: number;
  readonly load: Load;
}

/** The table of some moments; protected attributes only when they are asked for. */
export function momentTable(log: MomentLog, moments: readonly Moment[], useProtected = false): FeatureTable {
  const rows = moments.length;
  const flat = new Float64Array(rows * NUMBERS.length);
  moments.forEach(({ customer, entry, load }, row) =>
    momentNumbers(log, log.starts[customer] ?? 0, entry, load, log.customers[customer]?.tenureMonths ?? null, flat, row * NUMBERS.length),
  );
  const numbers = NUMBERS.map((name, c): FeatureColumn => ({
    name,
    kind: 'number',
    values: Float64Array.from({ length: rows }, (_, row) => flat[row * NUMBERS.length + c] ?? NaN),
  }));
  const categories = CATEGORIES.filter((name) => useProtected || !PROTECTED_FEATURES.includes(name)).map((name) =>
    categoryOf(name, log, moments),
  );
  return featureTable([...numbers, ...categories]);
}

function categoryOf(name: (typeof CATEGORIES)[number], log: MomentLog, moments: readonly Moment[]): CategoryColumn {
  const { names } = log;
  switch (name) {
    case 'category':
      return coded(name, moments, ({ entry }) => log.categories[entry] ?? -1, names.category);
    case 'topic':
      return texts(name, moments, ({ entry }) => topicOf(names.category[log.categories[entry] ?? -1]));
    case 'channel':
      return coded(name, moments, ({ entry }) => log.channels[entry] ?? -1, names.channel);
    case 'feeling':
      return coded(name, moments, ({ entry }) => log.feelings[entry] ?? -1, names.feeling);
    case 'solved':
      return coded(name, moments, ({ entry }) => log.solved[entry] ?? -1, ['no', 'yes']);
    case 'last_category':
      return coded(name, moments, ({ customer, entry }) => lastCategory(log, customer, entry), names.category);
    case 'brand':
      return texts(name, moments, ({ customer }) => log.customers[customer]?.brand ?? null);
    case 'value_tier':
      return texts(name, moments, ({ customer }) => log.customers[customer]?.valueTier ?? null);
    case 'segment':
      return texts(name, moments, ({ customer }) => log.customers[customer]?.segment ?? null);
    case 'age_band':
      return texts(name, moments, ({ customer }) => log.customers[customer]?.ageBand ?? null);
  }
}

const topicOf = (category: string | undefined): string | null => category?.split('/').slice(0, 2).join('/') ?? null;

/** What the customer last spoke of within a week; −1 = nothing. */
function lastCategory(log: MomentLog, customer: number, entry: number): number {
  const before = entry - 1;
  if (before < (log.starts[customer] ?? 0)) return -1;
  return (log.minutes[entry] ?? 0) - (log.minutes[before] ?? 0) < 7 * DAY ? (log.categories[before] ?? -1) : -1;
}

const coded = (name: string, moments: readonly Moment[], of: (moment: Moment) => number, levels: readonly string[]): CategoryColumn => ({
  name,
  kind: 'category',
  codes: Int32Array.from(moments, of),
  levels,
});

function texts(name: string, moments: readonly Moment[], of: (moment: Moment) => string | null): CategoryColumn {
  const places = new Map<string, number>();
  const codes = Int32Array.from(moments, (moment) => {
    const text = of(moment);
    if (text === null) return -1;
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known;
  });
  return { name, kind: 'category', codes, levels: [...places.keys()] };
}
