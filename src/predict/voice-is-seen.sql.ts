import { sql } from 'kysely';
import type { Viewer } from '../model/people.ts';
import { scopeOf } from '../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../people/scope.sql.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';

/** Whether a voice lies within the viewer's data scope. */
export async function voiceIsSeen(db: Db, viewer: Viewer, id: number): Promise<boolean> {
  const row = await rowOf(
    db,
    sql<{ id: number }>`select v.id from voices v where v.id = ${id} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`,
  );
  return row !== undefined;
}
