import {
  type DuckDBAppender,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { setImmediate } from 'node:timers/promises';
import {
  BETWEEN,
  type Cell,
  type ColumnType,
  NOTHING,
  type WarehouseRow,
  type WarehouseValue,
  type WideColumn,
  type WideTable,
} from './warehouse.ts';

/** DuckDB's values as plain ones. Counts fit a double: nobody has 2^53 voices. */
export function plainRow(row: Readonly<Record<string, DuckDBValue>>): WarehouseRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: DuckDBValue): WarehouseValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return timeText(Number(value.micros / 1000n));
  if (value instanceof DuckDBTimestampMillisecondsValue) return timeText(Number(value.millis));
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBListValue) return value.items.map((item) => plain(item) as string | number | null);
  return value.toString();
}

/** `2026-03-01T08:00:00.000`: no zone, because the column may hold UTC or wall time. */
function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1);
}

export function bound(values: readonly WarehouseValue[]): DuckDBValue[] {
  return values.map((value) => (Array.isArray(value) ? new DuckDBListValue([...value]) : (value as DuckDBValue)));
}

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  whole: 'BIGINT',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
  instant: 'TIMESTAMP',
  pairs: 'MAP(VARCHAR, VARCHAR)',
};
export const sqlTypeOf = (type: ColumnType): string => SQL_TYPES[type];

export function createTable(table: WideTable, how: 'create table if not exists' | 'create or replace table'): string {
  const columns = table.columns.map((c) => `${c.name} ${sqlTypeOf(c.type)}${c.searched === true ? ' using compression uncompressed' : ''}`);
  return `${how} ${table.name} (${columns.join(', ')})`;
}

const READ_JOINED: Readonly<Record<ColumnType, (value: string) => string>> = {
  text: (value) => value,
  whole: (value) => `${value}::bigint`,
  number: (value) => `${value}::double`,
  flag: (value) => `${value}::boolean`,
  instant: (value) => `epoch_ms(${value}::bigint)`,
  pairs: (value) => `from_json(${value}, '"MAP(VARCHAR, VARCHAR)"')`,
};

const split = (index: number): string => `unnest(string_split($${index}, '${BETWEEN}'))`;

/** Reads columns that came as one text each (`$1 …`), on DuckDB's own threads. */
export function insertJoined(table: WideTable): string {
  const values = table.columns.map(({ type }, i) => READ_JOINED[type](`nullif(c${i}, '${NOTHING}')`));
  return `insert into ${table.name} select ${values.join(', ')} from (select ${table.columns.map((_, i) => `${split(i + 1)} as c${i}`).join(', ')})`;
}

export function deleteJoined(table: WideTable, key: WideColumn): string {
  return `delete from ${table.name} where ${key.name} in (select ${READ_JOINED[key.type]('c')} from (select ${split(1)} as c))`;
}

/** One data chunk: 1,024 rows × 45 columns take about 15 ms, so the event loop answers others in between. */
const CHUNK_ROWS = 1024;

export async function appendChunks(appender: DuckDBAppender, table: WideTable, rows: readonly (readonly Cell[])[]): Promise<void> {
  const types: DuckDBType[] = table.columns.map((_, i) => appender.columnType(i));
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const slice = rows.slice(start, start + CHUNK_ROWS);
    const chunk = DuckDBDataChunk.create(types, slice.length);
    table.columns.forEach((column, i) => {
      const convert = CONVERT[column.type];
      chunk.setColumnValues(
        i,
        slice.map((row) => convert(row[i] ?? null)),
      );
    });
    appender.appendDataChunk(chunk);
    await setImmediate();
  }
}

const CONVERT: Readonly<Record<ColumnType, (cell: Cell) => DuckDBValue>> = {
  text: (cell) => cell as string | null,
  number: (cell) => cell as number | null,
  flag: (cell) => cell as boolean | null,
  whole: (cell) => (cell === null ? null : BigInt(cell as number)),
  instant: (cell) => (cell === null ? null : new DuckDBTimestampValue(BigInt(cell as number) * 1000n)),
  pairs: (cell) =>
    cell === null
      ? null
      : new DuckDBMapValue(Object.entries(cell as Readonly<Record<string, string>>).map(([key, value]) => ({ key, value }))),
};
