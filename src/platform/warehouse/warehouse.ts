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
  /** One writer at a time, in one transaction: all of `work` is seen by readers at once, or nothing of it. */
  write<T>(work: (writer: WarehouseWriter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface WarehouseWriter {
  run(sql: string, params?: readonly WarehouseValue[]): Promise<void>;
  select(sql: string, params?: readonly WarehouseValue[]): Promise<readonly WarehouseRow[]>;
  /** Bulk rows in the order of the table's columns. */
  append(table: WideTable, rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Many rows column by column, each column's values as one text: `BETWEEN` them, `NOTHING` for null, instants as whole milliseconds. */
  appendJoined(table: WideTable, columns: readonly string[]): Promise<void>;
  /** Removes the rows that `appendJoined` with the same columns would add, known by their key. */
  removeJoined(table: WideTable, key: string, columns: readonly string[]): Promise<void>;
  /** Removes the rows with these keys. */
  remove(table: WideTable, key: string, keys: readonly (string | number)[]): Promise<void>;
  /** Makes the table anew and empty; readers keep the old one until the transaction ends. */
  recreate(table: WideTable): Promise<void>;
}

/** 'instant' is handed in as milliseconds since 1970 (of UTC or of a wall clock); 'pairs' are names with their texts. */
export type ColumnType = 'text' | 'whole' | 'number' | 'flag' | 'instant' | 'pairs';
export type Cell = string | number | boolean | null | Readonly<Record<string, string>>;
/** Signs that no value holds. */
export const BETWEEN = '\u0002';
export const NOTHING = '\u0001';

export interface WideColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Words are looked for in it: kept as it is, which finds them in half the time and takes twice the room. */
  readonly searched?: boolean;
}
export interface WideTable {
  readonly name: string;
  readonly columns: readonly WideColumn[];
}

/** The question ran longer than it may. */
export class QueryTimeout extends Error {
  constructor(timeoutMs: number) {
    super(`The query was stopped after ${timeoutMs} ms`);
  }
}

export type TimeUnit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
export type ParamType = 'text' | 'whole' | 'number' | 'instant';

/** What differs between engines; the compiler asks, the dialect answers. */
export interface WarehouseDialect {
  readonly name: 'duckdb' | 'clickhouse';
  /** Placeholder of the n-th (1-based) bound value. */
  param(index: number, type: ParamType): string;
  /** Start of the bucket that holds a wall-clock column; weeks begin on Monday. */
  bucket(unit: TimeUnit, column: string): string;
  /** Such a start as text `YYYY-MM-DD` or `YYYY-MM-DDTHH:00`. */
  bucketText(unit: TimeUnit, start: string): string;
  /** The wall-clock column moved by a whole number of milliseconds. */
  moved(column: string, milliseconds: string): string;
  /** Substring test. `anyCase` costs a copy of every text, so it is asked for only when the word has letters with two cases. */
  contains(column: string, param: string, anyCase: boolean): string;
  startsWith(column: string, param: string): string;
  attribute(column: string, param: string): string;
  attributeNames(column: string): string;
  /** A UTC timestamp as ISO text with milliseconds and Z. */
  instantText(column: string): string;
  /** Equal, or both null. */
  same(left: string, right: string): string;
}
