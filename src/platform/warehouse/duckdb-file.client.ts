import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { bound, createTable, plainRow, sqlTypeOf } from './duckdb-values.client.ts';
import { memoryShare } from './memory-share.client.ts';
import { type Pool, connectionPool } from './connection-pool.client.ts';
import type { WarehouseRow, WarehouseValue, WideTable } from './warehouse.ts';

export interface DuckDbOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** Made when missing; made anew, empty, when a newer version of the program declares other columns. */
  readonly tables: readonly WideTable[];
  readonly tempDir: string;
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly connections?: number;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

/** No file, network, extension or setting can be reached by any statement from here on (tried in the test beside). */
function settings(options: DuckDbOptions): Record<string, string> {
  return {
    memory_limit: options.memoryLimit ?? memoryShare(),
    threads: String(options.threads ?? 2),
    temp_directory: options.tempDir,
    // A checkpoint packs the last row group anew: at DuckDB's own 16 MB, an import spent half its time in here on that.
    checkpoint_threshold: '64MB',
    // The newest page of voices: find its keys in narrow columns, then fetch the wide rows. DuckDB's own bound is 50.
    late_materialization_max_rows: '1001',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false',
    lock_configuration: 'true',
  };
}

export interface OpenFile {
  readonly instance: DuckDBInstance;
  readonly writer: DuckDBConnection;
  readonly readers: Pool;
  /** Where the file that lay here before was moved to. */
  readonly quarantined: string | null;
}

/**
 * The file is a projection: one that cannot be read is put aside for whoever wants to look, and refilled. `suspect`: read all of it
 * first, because an engine that failed may have met a damaged block, or nothing but a mistake of its own.
 */
async function openOrQuarantine(options: DuckDbOptions, suspect: boolean): Promise<OpenFile> {
  if (options.file !== ':memory:') mkdirSync(dirname(options.file), { recursive: true });
  try {
    const open = await openFile(options, null);
    if (suspect) await readThrough(open, options.tables);
    return open;
  } catch (error) {
    if (options.file === ':memory:' || !speaksOfDamage(String(error))) throw error;
    return openFile(options, quarantine(options, error));
  }
}

/** Every block of every column has a checksum, and is read here. Throws what the engine says of the first one that is damaged. */
async function readThrough(open: OpenFile, tables: readonly WideTable[]): Promise<void> {
  try {
    for (const table of tables)
      await open.writer.run(`select ${table.columns.map(({ name }) => `max(hash(${name}))`).join(', ')} from ${table.name}`);
  } catch (error) {
    await shut(open);
    throw error;
  }
}

async function shut({ instance, writer, readers }: OpenFile): Promise<void> {
  await readers.close();
  writer.closeSync();
  instance.closeSync();
}

async function openFile(options: DuckDbOptions, quarantined: string | null): Promise<OpenFile> {
  const instance = await DuckDBInstance.create(options.file, settings(options));
  try {
    const writer = await instance.connect();
    const readers = await connectionPool(instance, options.connections ?? 4);
    await prepareTables(writer, options);
    return { instance, writer, readers, quarantined };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

export interface HealingStore {
  use(): Promise<OpenFile>;
  /**
   * Told of every error; those that mean the engine or the file is no good lead to a store opened anew, once `idle` has ended.
   * True: this one is given up, and what was asked of it may be asked of the next.
   */
  failed(open: OpenFile, error: unknown, idle: Promise<unknown>): boolean;
  close(): Promise<void>;
}

/** One open file at a time; one that failed is closed, put aside when it is damaged, and opened again by whoever asks next. */
export function healingStore(options: DuckDbOptions): HealingStore {
  let now: Promise<OpenFile> | null = null;
  let ending: Promise<void> = Promise.resolve();
  let suspect = false;
  const givenUp = new WeakSet<OpenFile>();
  const open = async (): Promise<OpenFile> => {
    await ending;
    const opened = await openOrQuarantine(options, suspect);
    suspect = false;
    return opened;
  };
  const use = (): Promise<OpenFile> => {
    now ??= open();
    // What could not be opened (no room on the disk) is tried again by the next question.
    now.catch(() => (now = null));
    return now;
  };
  return {
    use,
    failed(broken, error, idle) {
      const message = String(error);
      if (givenUp.has(broken)) return true;
      if (!breaksTheEngine(message) || now === null) return false;
      givenUp.add(broken);
      const mine = now;
      now = null;
      ending = mine.then(async (current) => {
        if (current !== broken) return void (now ??= mine);
        options.log.error({ file: options.file, error: message }, 'the warehouse failed; it is opened anew');
        await idle.catch(() => undefined);
        await shut(broken).catch(() => undefined);
        if (options.file === ':memory:') return;
        if (isEngineFault(message)) suspect = true;
        else if (speaksOfDamage(message)) quarantine(options, error);
      });
      return true;
    },
    async close() {
      await ending;
      const last = await now?.catch(() => null);
      if (last !== null && last !== undefined) await shut(last);
    },
  };
}

/** Says that the engine came to an end with itself, and nothing of the file. */
const isEngineFault = (message: string): boolean => /^(Error: )?(FATAL|INTERNAL) Error/i.test(message);

/** As DuckDB begins its messages; texts of people never stand there, because they are bound. */
function breaksTheEngine(message: string): boolean {
  const text = message.replace(/^Error: /, '');
  if (/^(FATAL|INTERNAL) Error|database has been invalidated/i.test(text)) return true;
  return (
    /^(IO|Serialization|TransactionContext) Error/i.test(text) &&
    /corrupt|checksum|enough bytes|deserializ|invalidated|no space|could not (write|sync|truncate)/i.test(text)
  );
}

function quarantine(options: DuckDbOptions, error: unknown): string {
  const aside = moveAside(options.file);
  options.log.warn({ file: options.file, aside, error: String(error) }, 'the warehouse file is unusable; it begins anew from Postgres');
  return aside;
}

/** A file locked by another process, a full disk or a missing right is not damage: moving it would only hide the cause. */
function speaksOfDamage(message: string): boolean {
  if (/set lock|no space left|permission denied/i.test(message)) return false;
  return /not a valid DuckDB|corrupt|checksum|replay|WAL|serializ|version number|newer version|INTERNAL|unexpected end|read enough bytes/i.test(
    message,
  );
}

function moveAside(file: string): string {
  let n = 1;
  while (existsSync(`${file}.unusable-${n}`)) n++;
  const aside = `${file}.unusable-${n}`;
  if (existsSync(file)) renameSync(file, aside);
  if (existsSync(`${file}.wal`)) renameSync(`${file}.wal`, `${aside}.wal`);
  return aside;
}

/** One table of another shape makes all of them begin anew, because the follower's mark covers them together. */
async function prepareTables(connection: DuckDBConnection, { tables, log }: DuckDbOptions): Promise<void> {
  const rows = await selectAll(
    connection,
    `select table_name, column_name, data_type from information_schema.columns order by ordinal_position`,
    [],
  );
  const shapeOf = (name: string): string =>
    rows
      .filter((r) => r['table_name'] === name)
      .map((r) => `${r['column_name']} ${r['data_type']}`)
      .join();
  const declared = (table: WideTable): string => table.columns.map((c) => `${c.name} ${sqlTypeOf(c.type)}`).join();
  const other = tables.filter((t) => shapeOf(t.name) !== declared(t));
  if (other.length === 0) return;
  if (rows.length > 0)
    log.warn({ tables: other.map((t) => t.name) }, 'the warehouse tables have another shape; they begin anew from Postgres');
  await connection.run('begin transaction');
  for (const table of tables) await connection.run(createTable(table, 'create or replace table'));
  await connection.run('commit');
}

export async function selectAll(
  connection: DuckDBConnection,
  sql: string,
  params: readonly WarehouseValue[],
): Promise<readonly WarehouseRow[]> {
  const result = await connection.run(sql, bound(params));
  const rows: WarehouseRow[] = [];
  // Some thousand rows at a time, with the event loop free in between: twenty thousand at once held it up for 60 ms.
  for await (const some of result.yieldRowObjects()) for (const row of some) rows.push(plainRow(row));
  return rows;
}
