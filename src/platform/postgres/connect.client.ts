import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { CopyingClient } from './copy.client.ts';
import type { Db, Tables } from './db.ts';
import { GuardedClient, STATEMENT_MS } from './guarded-client.client.ts';

export interface Connection {
  readonly db: Db;
  /** For what Kysely does not speak: COPY, LISTEN. Clients of it follow the same type rules. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly max?: number;
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  readonly onError?: (error: Error) => void;
  /** Of each session, beside those that every one of ours has. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Told the process id of each backend that serves this pool. */
  readonly onBackend?: (pid: number) => void;
}

const OLDEST_SERVER = 15;

/** Opens a pool and makes sure that the server is one we speak with. A server that restarts costs only the statements it was running. */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Connection> {
  const pool = new pg.Pool({
    // Where a statement may take as long as it likes, silence says nothing.
    Client: (options.statementTimeoutMs === 0 ? CopyingClient : GuardedClient) as never,
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'voxloop',
    statement_timeout: options.statementTimeoutMs ?? STATEMENT_MS,
    connectionTimeoutMillis: 15_000,
    // Opening one costs some 30 ms of a processor: whoever reads a page for half a minute should not pay that with the next click.
    idleTimeoutMillis: 60_000,
    // Times then always arrive as `+00`, whatever the server or the role prefers. Compiling costs more than our statements take: following
    // the warehouse took eight times as long on a server that does.
    options: sessionOptions({ jit: 'off', timezone: 'UTC', datestyle: 'ISO', intervalstyle: 'postgres', ...options.settings }),
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  const onError = options.onError ?? (() => undefined);
  // Without listeners, a connection that the server closes would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => {
    client.on('error', onError);
    const { processID } = client as { readonly processID?: number | null };
    if (processID) options.onBackend?.(processID);
  });
  try {
    await refuseOldServer(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

const sessionOptions = (settings: Readonly<Record<string, string | number>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

async function refuseOldServer(pool: pg.Pool): Promise<void> {
  const found = await pool.query<{ number: string; words: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as words`,
  );
  const server = found.rows[0];
  if (server === undefined || Math.floor(Number(server.number) / 10_000) < OLDEST_SERVER) {
    throw new Error(`The database server is PostgreSQL ${server?.words ?? 'unknown'}; Voxloop needs ${OLDEST_SERVER} or newer.`);
  }
}

type Parser = (text: string) => unknown;

/** Type numbers of the catalogue → how a value arrives. Times stay texts (they compare and travel as such), big numbers become numbers. */
const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [20, safeInteger],
  [1016, each(safeInteger, 1016)],
  [1700, Number],
  [1231, each(Number, 1231)],
  [1184, instantOf],
  [1185, each(instantOf, 1009)],
  [1114, (text) => text],
  [1115, each((text) => text, 1009)],
  [1082, (text) => text],
  [1182, each((text) => text, 1009)],
]);

function parserOf(type: number, format?: 'text' | 'binary'): unknown {
  return (format === 'binary' ? undefined : PARSERS.get(type)) ?? pg.types.getTypeParser(type, format ?? 'text');
}

function each(parse: Parser, arrayType: number): Parser {
  const split = pg.types.getTypeParser(arrayType, 'text') as (text: string) => readonly (string | null)[];
  return (text) => split(text).map((item) => (item === null ? null : parse(String(item))));
}

export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database gave ${text}, which a number cannot hold exactly.`);
  return value;
}

/** `2026-03-01 08:00:00.123456+00` → `2026-03-01T08:00:00.123Z`; what is finer than a millisecond is cut off, never rounded up. */
export function instantOf(text: string): string {
  const length = text.length;
  if (!text.endsWith('+00') || text.charAt(10) !== ' ') return text;
  const fraction = length > 23 ? text.slice(20, length - 3) : '';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
