import type { ReactNode } from 'react';
import type { TableLook } from '../../model/preferences.ts';
import type { CellFormat } from '../../model/table-sheet.ts';

export type Cell = string | number | null;

/** One column of a `DataTable`. */
export interface Column<Row> {
  /** Never shown; kept in the member's settings and in the address, so it does not change. */
  readonly name: string;
  readonly title: string;
  /** Stands small beside the title; the cells carry the bare number. */
  readonly unit?: string;
  /** A “?” beside the title. */
  readonly help?: ReactNode;
  /** Pixels. The widest texts go to the one column that has `grow`. */
  readonly width: number;
  readonly grow?: boolean;
  /** Right-aligned, tabular figures, a number in exports. */
  readonly number?: boolean;
  /** What `text` gives bare, and the file and the clipboard write out: an instant, a fraction of one, a number with two decimals. */
  readonly format?: CellFormat;
  /** 'server': the page asks the list in that order (`useSort`). 'here': sorted by `text` while all rows are on the screen. */
  readonly sort?: 'server' | 'here';
  /** Off until somebody switches it on. */
  readonly hidden?: boolean;
  /** On a phone: the card's heading, or left out. */
  readonly card?: 'title' | 'none';
  readonly show: (row: Row) => ReactNode;
  /** The same as plain text or number (as `format` says): what is copied, exported and sorted by. */
  readonly text: (row: Row) => Cell;
}

export const NARROWEST = 56;
export const WIDEST = 1200;

/** Every column in the order the member wants; one that he never placed stays beside the one before which the page puts it. */
export function arranged<Row>(columns: readonly Column<Row>[], look: TableLook | undefined): readonly Column<Row>[] {
  if (look === undefined) return columns;
  const placed = look.columns.flatMap(({ name }) => columns.find((column) => column.name === name) ?? []);
  const result = [...placed];
  for (const [i, column] of columns.entries()) {
    if (placed.includes(column)) continue;
    const before = columns
      .slice(0, i)
      .toReversed()
      .find((one) => result.includes(one));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, column);
  }
  return result;
}

export function isHidden<Row>(column: Column<Row>, look: TableLook | undefined): boolean {
  return look?.columns.find((one) => one.name === column.name)?.hidden ?? column.hidden ?? false;
}

/** At least one column stays in sight, whatever was switched off. */
export function visible<Row>(columns: readonly Column<Row>[], look: TableLook | undefined): readonly Column<Row>[] {
  const inOrder = arranged(columns, look);
  const shown = inOrder.filter((column) => !isHidden(column, look));
  return shown.length > 0 ? shown : inOrder.slice(0, 1);
}

export function widthOf<Row>(column: Column<Row>, look: TableLook | undefined): number {
  return look?.columns.find((one) => one.name === column.name)?.width ?? column.width;
}

export const fittingWidth = (width: number): number => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

type Change = Partial<TableLook['columns'][number]>;

/** The look with one column changed; all others keep place and width. */
export function withColumn<Row>(columns: readonly Column<Row>[], look: TableLook | undefined, name: string, change: Change): TableLook {
  return { columns: lookOf(columns, look).columns.map((one) => (one.name === name ? { ...one, ...change } : one)) };
}

/** The look with one column moved by so many places. */
export function moved<Row>(columns: readonly Column<Row>[], look: TableLook | undefined, name: string, by: number): TableLook {
  const all = [...lookOf(columns, look).columns];
  const from = all.findIndex((one) => one.name === name);
  const to = Math.min(all.length - 1, Math.max(0, from + by));
  const [one] = all.splice(from, 1);
  if (one !== undefined) all.splice(to, 0, one);
  return { columns: all };
}

function lookOf<Row>(columns: readonly Column<Row>[], look: TableLook | undefined): TableLook {
  return {
    columns: arranged(columns, look).map((column) => {
      const width = look?.columns.find((one) => one.name === column.name)?.width;
      return { name: column.name, hidden: isHidden(column, look), ...(width === undefined ? {} : { width }) };
    }),
  };
}

export const formatOf = <Row>(column: Column<Row>): CellFormat | undefined =>
  column.format ?? (column.number === true ? 'number' : undefined);

/** Made once: a comparison that names its language makes one of its own each time. */
const COLLATOR = new Intl.Collator('zh-CN', { numeric: true });

/** Rows by one column, numbers as numbers, empty ones last; equal ones keep their order. */
export function sortedBy<Row>(rows: readonly Row[], column: Column<Row>, descending: boolean): readonly Row[] {
  const side = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.text(a), column.text(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === 'number' && typeof y === 'number') return side * (x - y);
    if (column.format === 'time') return side * (Date.parse(String(x)) - Date.parse(String(y)));
    return side * COLLATOR.compare(String(x), String(y));
  });
}
