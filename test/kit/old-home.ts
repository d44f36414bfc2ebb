import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { layDown } from '../../src/app/backup/restore.client.ts';
import { placeFiles } from '../../src/platform/backup/load.client.ts';
import { checkArchive } from '../../src/platform/backup/read-archive.client.ts';
import { connect } from '../../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../../src/platform/postgres/embedded.client.ts';

/** Every row of a home that the version with migration 0004 made and worked on: a generated world, with orders, alarms and outcomes. */
export const OLD_HOME = join(import.meta.dirname, '../fixtures/home-0004.tar');

/** Makes that home again as that version left it: its tables, none newer, and no warehouse yet. */
export async function layDownOldHome(home: string): Promise<void> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const archive = await checkArchive(OLD_HOME);
  const server = await startEmbedded({ dir: join(home, 'postgres'), log: { info: () => undefined, warn: console.warn } });
  try {
    const connection = await connect(server.url, { max: 2, statementTimeoutMs: 0 });
    await layDown(archive, connection);
    await sql`update import_batches set file_path = ${home} || substr(file_path, ${archive.head.home.length + 1}::int)
      where starts_with(file_path, ${archive.head.home})`.execute(connection.db);
    await connection.close();
  } finally {
    await server.stop();
  }
  await placeFiles(archive, home);
}
