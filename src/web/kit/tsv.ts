import { shielded } from '../../model/formula-cell.ts';
import type { Cell, Column } from './table-columns.ts';

/** A cell as a spreadsheet takes it from the clipboard: tabs and line ends are quoted, and no text is taken for a formula. */
function tsvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = shielded(value);
  return /[\t\r\n"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as tab-separated lines, titles first. */
export function tsvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const header = columns.map((column) => tsvCell(titleOf(column)));
  const lines = rows.map((row) => columns.map((column) => tsvCell(column.text(row))));
  return [header, ...lines].map((line) => line.join('\t')).join('\n');
}

export const titleOf = <Row>(column: Column<Row>): string =>
  column.unit === undefined ? column.title : `${column.title} (${column.unit})`;
