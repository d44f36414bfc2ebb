import { sql } from 'kysely';
import type { Viewer } from '../model/people.ts';
import type { RecordedFacts } from '../model/recording.ts';
import { scopeOf } from '../model/scope.ts';
import { VOICE_SCOPE, scopeSql } from '../people/scope.sql.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';

/** As it is stored: unmasked, and the explanation by its place among those of the cause. */
export interface StoredFacts extends Omit<RecordedFacts, 'script'> {
  readonly script: number | null;
}

/** What an agent recorded beside a voice within scope; undefined: it came another way. */
export const recordedFacts = (db: Db, viewer: Viewer, voice: number): Promise<StoredFacts | undefined> =>
  rowOf(
    db,
    sql<StoredFacts>`
      select r.recorded_at, r.problem, r.upset, r.insists, r.responsible, r.times, r.explained, r.script, r.demand, r.solution, r.online,
        r.started_at, r.first_reply_at, r.frequency_90d, r.last_before_at,
        (select coalesce(jsonb_agg(jsonb_build_object('at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'effect', e.effect)
          order by e.at), '[]'::jsonb) from recording_effects e where e.voice_id = r.voice_id) as effects
      from recordings r join voices v on v.id = r.voice_id
      where r.voice_id = ${voice} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`,
  );
