import { sql } from 'kysely';
import { type Db, type Tx, rowOf } from '../platform/postgres/db.ts';

/** The model in use that somebody trained; undefined: the pack's own. */
export const activeModel = (db: Db): Promise<{ version: string; weights: Uint8Array } | undefined> =>
  rowOf(db, sql<{ version: string; weights: Uint8Array }>`select version, weights from reader_models where active`);

/** Keeps a trained model and makes it the one in use. */
export async function activateModel(tx: Tx, version: string, now: string, report: object, weights: Uint8Array): Promise<void> {
  await sql`update reader_models set active = false where active`.execute(tx);
  await sql`
    insert into reader_models (version, trained_at, report, weights, active)
    values (${version}, ${now}, ${JSON.stringify(report)}::jsonb, ${Buffer.from(weights)}, true)
    on conflict (version) do update set active = true`.execute(tx);
}
