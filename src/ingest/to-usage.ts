import type { MonthlyUsage, UsageFigure } from '../model/usage.ts';
import type { RawRecord } from './files/records.ts';
import { SAMPLE_ID } from './files/mended-files.ts';
import type { RowOutcome } from './to-voice.ts';
import { readNumber, type RowPlan, RowReader, shown } from './row-plan.ts';

/** Whose it is, as the file says it; the customer is looked up where only the subscription is named. */
export interface UsageDraft extends Omit<MonthlyUsage, 'customer'> {
  readonly customer: string | null;
}

/** No subscription uses so much of anything in a month: such a figure is in another unit, or in the wrong column. */
const MOST = 1e9;

/** One record of a usage file → what a subscription used in a month. */
export function toUsage(record: RawRecord, plan: RowPlan): RowOutcome<UsageDraft> {
  if (record.problem !== undefined) return { kind: 'rejected', problems: [record.problem] };
  const row = new RowReader(record, plan);
  const customer = row.id('customer');
  const subscription = row.id('subscription');
  if (customer === SAMPLE_ID || subscription === SAMPLE_ID)
    return { kind: 'rejected', problems: [{ code: 'template-sample', row: record.row }] };
  const key = subscription ?? customer ?? '';
  if (key === '') row.refuse('customer-missing', 'subscription');
  const month = monthOf(row.cell('month') ?? '');
  if (month === null) row.refuse('month-unreadable', 'month', { value: shown(row.cell('month') ?? '') });
  const figures = {
    minutes: figureOf(row, 'minutes'),
    megabytes: figureOf(row, 'megabytes'),
    messages: figureOf(row, 'messages'),
    bill: figureOf(row, 'bill'),
  };
  if (row.problems.length === 0 && Object.values(figures).every((figure) => figure === null)) row.refuse('usage-empty', 'bill');
  row.refuseUnstorable();
  if (row.problems.length > 0) return { kind: 'rejected', problems: row.problems };
  return { kind: 'accepted', draft: { key, customer, month: month ?? '', ...figures }, warnings: row.warnings };
}

function figureOf(row: RowReader, field: UsageFigure): number | null {
  const cell = row.cell(field);
  if (cell === null) return null;
  const figure = readNumber(cell.replace(/\s?(?:分钟|MB?|条|元)$/i, ''));
  if (figure !== null && Math.abs(figure) <= MOST && (figure >= 0 || field === 'bill')) return figure;
  row.refuse('number-unreadable', field, { value: shown(cell) });
  return null;
}

/** 2026-03, 202603, 2026年3月, 2026/3, 2026-03-01 → 2026-03 */
export function monthOf(text: string): string | null {
  const found = /^(\d{4})(?:\s?[-/.年]\s?(\d{1,2})|(\d{2}))(?:\s?月)?(?:[-/.]?\d{1,2}(?:\s?日)?(?:[ T].*)?)?$/.exec(
    text.normalize('NFKC').trim(),
  );
  const month = Number(found?.[2] ?? found?.[3] ?? 0);
  if (found === null || month < 1 || month > 12 || Number(found[1]) < 1990) return null;
  return `${found[1]}-${String(month).padStart(2, '0')}`;
}
