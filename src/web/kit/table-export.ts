import { exportTable } from '../api/calls.ts';
import type { Locale } from '../i18n/index.ts';
import { formatOf } from './table-columns.ts';
import type { Column } from './table-columns.ts';
import { titleOf } from './tsv.ts';
import { dayIn } from './zone.ts';

/** A sheet holds this many rows; beyond it the file and the message say what was left out. */
export const MOST_EXPORTED = 5000;
const AT_ONCE = 200;

export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly next?: string | null | undefined;
  readonly count?: number | undefined;
}
export type More<Row> = (cursor: string | null, limit: number) => Promise<Listed<Row>>;

/** Every row of the list, page by page, up to the limit. */
export async function allRows<Row>(more: More<Row>, onProgress: (rows: number) => void): Promise<{ rows: readonly Row[]; total: number }> {
  const rows: Row[] = [];
  let page = await more(null, AT_ONCE);
  const total = page.count ?? null;
  rows.push(...page.rows);
  while (page.next !== null && page.next !== undefined && rows.length < MOST_EXPORTED) {
    onProgress(rows.length);
    page = await more(page.next, AT_ONCE);
    rows.push(...page.rows);
  }
  const kept = rows.slice(0, MOST_EXPORTED);
  return { rows: kept, total: Math.max(total ?? rows.length, kept.length) };
}

export async function sendSheet<Row>(
  given: { readonly name: string; readonly title: string; readonly columns: readonly Column<Row>[]; readonly filters: readonly string[] },
  found: { readonly rows: readonly Row[]; readonly total: number },
  locale: Locale,
): Promise<void> {
  const sheet = {
    name: given.name,
    title: given.title,
    columns: given.columns.map((column) => {
      const format = formatOf(column);
      return { title: titleOf(column), ...(format === undefined ? {} : { format }) };
    }),
    rows: found.rows.map((row) => given.columns.map((column) => column.text(row))),
    filters: given.filters,
    total_rows: found.total,
    locale,
  };
  await exportTable(sheet, `${given.title}_${dayIn(new Date())}.xlsx`);
}
