import { connect } from '../../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../../src/platform/postgres/embedded.client.ts';
import { wideRows } from './wide-world.ts';

export interface Peer {
  readonly seconds: number;
  query(text: string): Promise<readonly unknown[]>;
  stop(): Promise<void>;
}

/** What somebody would index who reports on voices. More of them would not fit a disk beside ten million rows. */
const INDEXES = ['said_local', 'city, said_local', 'kind, said_local'];
const PART = 100_000;
const WRITERS = 2;

/** The same wide rows in a PostgreSQL with the settings of the product's own, made there, indexed and analysed. */
export async function startPeer(dir: string, rows: number): Promise<Peer> {
  const began = performance.now();
  const server = await startEmbedded({ dir, log: { info: () => undefined, warn: () => undefined } });
  const { pool, close } = await connect(server.url, { max: WRITERS, statementTimeoutMs: 0 });
  // Unlogged rows are read like any others and written without a log.
  await pool.query(`create unlogged table voice_rows as ${wideRows('postgres', 0, 1, rows)} limit 0`);
  let next = 0;
  const fill = async (): Promise<void> => {
    for (let from = next; from < rows; from = next) {
      next = from + PART;
      await pool.query(`insert into voice_rows ${wideRows('postgres', from, Math.min(rows, next), rows)}`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, fill));
  for (const columns of INDEXES) await pool.query(`create index on voice_rows (${columns})`);
  await pool.query('vacuum analyze voice_rows');
  return {
    seconds: (performance.now() - began) / 1000,
    query: async (text) => (await pool.query(text)).rows as readonly unknown[],
    stop: async () => {
      await close();
      await server.stop();
    },
  };
}
