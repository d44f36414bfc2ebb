/**
 * The analytic store: a rebuildable projection of Postgres, never the only copy of anything.
 * One port; DuckDB inside the process today, ClickHouse beside it when one machine is not enough.
 */
export type WarehouseValue = string | number | boolean | null | readonly (string | number | null)[];
export type WarehouseRow = Readonly<Record<string, WarehouseValue>>;

export interface Warehouse {
  readonly dialect: WarehouseDialect;
  /** Runs one SELECT with bound `$1 …` parameters; bigint and decimal come back as numbers, timestamps as texts. */
  select(sql: string, params: readonly WarehouseValue[], options?: { readonly timeoutMs?: number }): Promise<readonly WarehouseRow[]>;
  close(): Promise<void>;
}

/** What differs between engines; the compiler asks, the dialect answers. */
export interface WarehouseDialect {
  readonly name: 'duckdb' | 'clickhouse';
  /** Start of the bucket that holds a wall-clock timestamp column, as text `YYYY-MM-DD` or `YYYY-MM-DDTHH:00`. */
  bucket(unit: 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year', column: string): string;
  /** Case-insensitive substring test. */
  contains(column: string, param: string): string;
  attribute(column: string, param: string): string;
  param(index: number): string;
  inList(expression: string, param: string): string;
  countDistinct(expression: string): string;
  startsWith(expression: string, param: string): string;
}
