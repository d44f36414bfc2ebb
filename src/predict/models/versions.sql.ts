import { sql } from 'kysely';
import { type Db, type Tx, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { readyModel, type ScoringVersion } from './score-moments.ts';
import type { StoredVersion, VersionCard } from './stored-version.ts';
import type { TrainedMoments } from './train-moments.ts';

interface Models {
  readonly week: TrainedMoments['model'];
  readonly month: TrainedMoments['model'];
}

const columns = sql`id, trained_at, state, state_at, why, card, trained_by`;

export const versions = (db: Db, limit: number): Promise<readonly StoredVersion[]> =>
  rowsOf(db, sql<StoredVersion>`select ${columns} from model_versions order by trained_at desc, id desc limit ${limit}`);

export const championVersion = (db: Db): Promise<StoredVersion | undefined> =>
  rowOf(db, sql<StoredVersion>`select ${columns} from model_versions where state = 'champion'`);

/** Version that scores, with its models; undefined: none was trained yet. */
export async function championModels(
  db: Db,
): Promise<{ readonly id: string; readonly card: VersionCard; readonly models: Models } | undefined> {
  return rowOf(
    db,
    sql<{ id: string; card: VersionCard; models: Models }>`select id, card, models from model_versions where state = 'champion'`,
  );
}

export const readyVersion = (stored: { readonly id: string; readonly card: VersionCard; readonly models: Models }): ScoringVersion => ({
  id: stored.id,
  week: readyModel({ model: stored.models.week, card: stored.card.week }),
  month: readyModel({ model: stored.models.month, card: stored.card.month }),
});

/** One version at a time is kept, so that whoever keeps one knows who scores. */
export const lockVersions = (tx: Tx): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('model versions', 0))`.execute(tx);

/** Adds a version; a new champion retires the old one. */
export async function addVersion(tx: Tx, version: Omit<StoredVersion, 'state_at'> & { readonly models: Models }): Promise<void> {
  if (version.state === 'champion')
    await sql`update model_versions set state = 'retired', why = 'replaced', state_at = ${version.trained_at} where state = 'champion'`.execute(
      tx,
    );
  await sql`
    insert into model_versions (id, trained_at, state, state_at, why, models, card, trained_by)
    values (${version.id}, ${version.trained_at}, ${version.state}, ${version.trained_at}, ${version.why},
      ${JSON.stringify(version.models)}::jsonb, ${JSON.stringify(version.card)}::jsonb, ${version.trained_by})`.execute(tx);
}
