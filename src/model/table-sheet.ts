/**
 * How a column's cells are written where they leave the screen: times are instants (shown on the product's clock), shares are fractions
 * of one, numbers stay numbers. A column without a format holds text.
 */
export const CELL_FORMATS = ['number', 'decimal', 'share', 'time'] as const;
export type CellFormat = (typeof CELL_FORMATS)[number];

/** What a table's screen shows, as a sheet: cells as written, numbers as numbers, times as dates. */
export interface TableSheet {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly format?: CellFormat }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly filters: readonly string[];
  readonly total_rows: number;
  readonly locale: 'zh' | 'en';
}
