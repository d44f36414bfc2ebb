import { sql } from 'kysely';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import type { Hours } from './team.ts';

/** The specialists of a city who call. */
export interface Team {
  readonly city: string;
  /** One of a member's assignments each. */
  readonly members: readonly (Hours & { readonly member: string })[];
  /** Changes whenever somebody's hours or duties do. */
  readonly basis: string;
}

/** Every city where somebody calls. Who left the house calls nobody. */
export async function teams(db: Db): Promise<readonly Team[]> {
  const rows = await rowsOf(
    db,
    sql<Hours & { member: string; city: string; version: number }>`
    select s.id, s.member_id as member, s.city, s.minutes, s.minutes_per_call, s.categories, s.segments, s.version from specialists s
    join members m on m.id = s.member_id and m.disabled_at is null where s.active order by s.city, s.id`,
  );
  return [...Map.groupBy(rows, (row) => row.city)].map(([city, members]) => ({
    city,
    members,
    basis: members.map(({ id, version }) => `${id}:${version}`).join(','),
  }));
}
