import type { Problem } from '../../model/problem.ts';
import { columnOf, IDENTIFIER, numbersOf, type TrialTable } from '../../verify/index.ts';

/** The customers of a table: the column named, else the one whose title says so, else the only one. */
export function customersIn(
  table: TrialTable,
  column: string | undefined,
): { customers: readonly string[]; column: string } | { problems: readonly Problem[] } {
  const title =
    column ??
    table.titles.find((name) => CUSTOMER.test(name)) ??
    table.titles.find((name) => IDENTIFIER.test(name)) ??
    (table.titles.length === 1 ? table.titles[0] : undefined);
  if (title === undefined || !table.titles.includes(title)) return { problems: [missing(table, title ?? 'customer')] };
  return { customers: columnOf(table, title).flatMap((cell) => (cell === null || cell.trim() === '' ? [] : [cell.trim()])), column: title };
}

const CUSTOMER = /^customer([_ ]?(id|no|number))?$|客户(编号|标识|号)?$|用户(编号|号)?$/i;

/** Customer and value of every row that has both; values that are no numbers are listed. */
export function outcomesIn(
  table: TrialTable,
  columns: { readonly customer?: string | undefined; readonly value?: string | undefined },
): { outcomes: readonly { customer: string; value: number }[] } | { problems: readonly Problem[] } {
  const found = customersIn(table, columns.customer);
  if ('problems' in found) return found;
  const value = columns.value ?? table.titles.find((title) => title !== found.column);
  if (value === undefined || !table.titles.includes(value)) return { problems: [missing(table, value ?? 'value')] };
  const numbers = numbersOf(columnOf(table, value));
  if (numbers.wrong.length > 0) {
    const [first] = numbers.wrong;
    const rows = numbers.wrong.slice(0, 5).map((i) => table.rowNumbers[i]);
    const params = { count: numbers.wrong.length, rows: rows.join(', '), value: columnOf(table, value)[first ?? 0] ?? '' };
    return { problems: [{ code: 'trial-not-numbers', column: value, params }] };
  }
  const outcomes = columnOf(table, found.column).flatMap((cell, i) => {
    const number = numbers.values[i] as number;
    return cell === null || cell.trim() === '' || Number.isNaN(number) ? [] : [{ customer: cell.trim(), value: number }];
  });
  return { outcomes };
}

const missing = (table: TrialTable, column: string): Problem => ({
  code: 'trial-column-missing',
  column,
  params: { columns: table.titles.map((title) => `“${title}”`).join(', '), use: 'the customers', use_zh: '客户' },
});
