/** What a table's screen shows, as a sheet: cells as written, numbers as numbers. */
export interface TableSheet {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly number?: boolean }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly filters: readonly string[];
  readonly total_rows: number;
  readonly locale: 'zh' | 'en';
}
