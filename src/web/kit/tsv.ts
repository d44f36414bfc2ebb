import { shielded } from '../../model/formula-cell.ts';
import type { CellFormat } from '../../model/table-sheet.ts';
import { stamp } from './format.ts';
import { formatOf } from './table-columns.ts';
import type { Cell, Column } from './table-columns.ts';

/** A cell as a spreadsheet takes it from the clipboard: tabs and line ends are quoted, and no text is taken for a formula. */
function tsvCell(value: Cell, format?: CellFormat): string {
  if (value === null) return '';
  if (typeof value === 'number') return numberText(value, format);
  if (format === 'time') return stamp(value);
  const safe = shielded(value);
  return /[\t\r\n"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** As the screen rounds it; a spreadsheet takes `8.4%` for the number that it is. */
function numberText(value: number, format: CellFormat | undefined): string {
  if (format === 'share') return `${Number((100 * value).toFixed(1))}%`;
  return format === 'decimal' ? value.toFixed(2) : String(value);
}

/** Rows as tab-separated lines, titles first. */
export function tsvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const header = columns.map((column) => tsvCell(titleOf(column)));
  const lines = rows.map((row) => columns.map((column) => tsvCell(column.text(row), formatOf(column))));
  return [header, ...lines].map((line) => line.join('\t')).join('\n');
}

export const titleOf = <Row>(column: Column<Row>): string =>
  column.unit === undefined ? column.title : `${column.title} (${column.unit})`;
