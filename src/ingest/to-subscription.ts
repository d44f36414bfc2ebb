import type { SubscriptionDraft } from '../model/customer.ts';
import type { Instant } from '../model/ids.ts';
import { SAMPLE_ID } from './files/mended-files.ts';
import type { RawRecord } from './files/records.ts';
import { readNumber, type RowPlan, RowReader, shown } from './row-plan.ts';
import { checkedInstant, regionOf, type RowOutcome, sortedEntries } from './to-voice.ts';
import { readWhen } from './when.ts';

export interface SubscriptionContext {
  readonly now: Instant;
  readonly timeZone: string;
}

/** One record of a customers file → a subscription with the customer who holds it. */
export function toSubscription(record: RawRecord, plan: RowPlan, context: SubscriptionContext): RowOutcome<SubscriptionDraft> {
  if (record.problem !== undefined) return { kind: 'rejected', problems: [record.problem] };
  const row = new RowReader(record, plan);
  const phone = row.id('phone');
  const named = row.id('customer');
  if (named === SAMPLE_ID) return { kind: 'rejected', problems: [{ code: 'template-sample', row: record.row }] };
  const own = row.id('subscription');
  // A file of phone numbers alone is one customer and one subscription per number.
  const customer = named ?? own ?? phone ?? '';
  if (customer === '') row.refuse('customer-missing', 'customer');
  const draft: SubscriptionDraft = {
    customer,
    subscription: own ?? phone ?? customer,
    name: row.value('name'),
    phone,
    idNumber: row.id('id_number'),
    address: row.value('address'),
    region: regionOf(row),
    brand: row.value('brand'),
    ageBand: row.value('age_band'),
    tenureMonths: tenureOf(row),
    product: row.value('product') ?? plan.mapping.constants?.product ?? null,
    plan: row.value('plan') ?? plan.mapping.constants?.plan ?? null,
    valueTier: row.value('value_tier'),
    group: row.value('group'),
    since: dateOf(row, 'since', context),
    until: dateOf(row, 'until', context),
    attributes: row.attributes([]),
  };
  row.refuseUnstorable();
  return row.problems.length > 0 ? { kind: 'rejected', problems: row.problems } : { kind: 'accepted', draft, warnings: row.warnings };
}

/** 27, 27个月, 2年3个月 → 27 */
function tenureOf(row: RowReader): number | null {
  const cell = row.cell('tenure_months');
  if (cell === null) return null;
  const years = /^(\d{1,3})\s?年(?:零?(\d{1,2})\s?个?月)?$/.exec(cell);
  const months = years === null ? readNumber(cell) : Number(years[1]) * 12 + Number(years[2] ?? 0);
  if (months === null || months < 0 || months > 2_400) {
    row.warn('number-unreadable', 'tenure_months', { value: shown(cell) });
    return null;
  }
  return Math.floor(months);
}

/** A contract may begin or end in the future: nothing is said against it. */
function dateOf(row: RowReader, field: 'since' | 'until', context: SubscriptionContext): Instant | null {
  const cell = row.cell(field);
  if (cell === null) return null;
  const zone = row.plan.mapping.zone ?? context.timeZone;
  return checkedInstant(readWhen(cell, { zone, order: row.plan.mapping.dateOrder }), row, field, cell, null);
}

/** Like `canonicalBody` of a voice. */
export function canonicalSubscription(draft: SubscriptionDraft): string {
  const { attributes, ...rest } = draft;
  return JSON.stringify([Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)), sortedEntries(attributes)]);
}
