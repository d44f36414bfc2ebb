import type { CompiledQuery } from 'kysely';
import type pg from 'pg';

interface Wire {
  readonly stream: { destroy(): void };
  query(text: string): void;
}

/** About so many bytes are handed on at once: COPY tells every row apart, and a hand-over per row would cost more than the row. */
const PIECE = 256 * 1024;

/**
 * The rows of a query as COPY text (tabs, `\N`, a newline after each row), in pieces that end with a row. COPY takes no parameters, so the
 * values are bound as settings of the transaction and read from there: they never become part of the statement. They arrive as text; cast
 * what is none. Resolves with the number of rows; an abort cuts the connection.
 */
export async function copyQuery(
  pool: pg.Pool,
  query: CompiledQuery,
  take: (bytes: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<number> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query('begin read only');
    await client.query('set local statement_timeout = 0');
    for (const [i, value] of query.parameters.entries())
      await client.query('select set_config($1, $2, true)', [`voxloop.bound_${i + 1}`, textOf(value)]);
    const bound = query.sql.replaceAll(/\$(\d+)/g, (_, number: string) => `current_setting('voxloop.bound_${number}')`);
    const rows = await copyOut(client, `copy (${bound}) to stdout`, take, signal);
    await client.query('commit');
    return rows;
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error));
    throw failed;
  } finally {
    client.release(failed);
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`A ${value === null ? 'null' : typeof value} cannot be bound in COPY.`);
}

function copyOut(client: pg.ClientBase, statement: string, take: (bytes: Uint8Array) => void, signal?: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    let piece = Buffer.allocUnsafe(PIECE * 2);
    let filled = 0;
    let rows = 0;
    let wire: Wire | null = null;
    const stop = (): void => {
      reject(signal?.reason instanceof Error ? signal.reason : new Error('stopped'));
      wire?.stream.destroy();
    };
    const handOn = (): void => {
      if (filled > 0) take(Uint8Array.from(piece.subarray(0, filled)));
      filled = 0;
    };
    const nothing = (): void => undefined;
    if (signal?.aborted === true) return reject(signal.reason);
    signal?.addEventListener('abort', stop, { once: true });
    client.query({
      submit: (connection: Wire) => {
        wire = connection;
        connection.query(statement);
      },
      handleCopyData: ({ chunk }: { readonly chunk: Buffer }) => {
        if (filled + chunk.length > piece.length) {
          handOn();
          if (chunk.length > piece.length) piece = Buffer.allocUnsafe(chunk.length * 2);
        }
        chunk.copy(piece, filled);
        filled += chunk.length;
        if (filled >= PIECE) handOn();
      },
      handleCommandComplete: ({ text }: { readonly text: string }) => (rows = Number(text.split(' ')[1] ?? 0)),
      handleError: (error: Error) => {
        signal?.removeEventListener('abort', stop);
        reject(error);
      },
      handleReadyForQuery: () => {
        signal?.removeEventListener('abort', stop);
        handOn();
        resolve(rows);
      },
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handlePortalSuspended: nothing,
      handleEmptyQuery: nothing,
    } as never);
  });
}
