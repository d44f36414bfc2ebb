import { sql } from 'kysely';
import type { Carries } from '../model/import-views.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';

export interface Source {
  readonly id: string;
  readonly name: string;
  readonly carries: Carries;
  readonly mapping: unknown;
}

/**
 * The source of a name, made on first use. Members with province scope share one of each name; every city has its own, so that
 * neither a refusal nor a conflict tells one city which sources, or which outside ids in them, another has.
 */
export async function sourceFor(tx: Db, ctx: Context, viewer: Viewer, name: string, carries: Carries): Promise<Source> {
  await sql`
    insert into sources (id, name, unit_id, carries, created_at)
    values (${sourceIdOf(viewer, name)}, ${name.trim()}, ${viewer.unit}, ${carries}, ${ctx.clock.now()})
    on conflict do nothing`.execute(tx);
  const row = await standingSource(tx, viewer, name, carries);
  if (row === undefined) throw new Refusal('conflict');
  return row;
}

/** The source of a name where it stands already; refused where it carries something else. */
export async function standingSource(db: Db, viewer: Viewer, name: string, carries: Carries): Promise<Source | undefined> {
  const row = await rowOf(db, sql<Source>`select id, name, carries, mapping from sources where id = ${sourceIdOf(viewer, name)}`);
  if (row !== undefined && row.carries !== carries) throw new Refusal('state-wrong', { source: name, carries: row.carries });
  return row;
}

function sourceIdOf(viewer: Viewer, name: string): string {
  const slug = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return viewer.scope === 'province' ? `so_${slug}` : `so_${slug}@${viewer.city ?? viewer.unit}`;
}

export async function rememberMapping(tx: Db, source: string, mapping: unknown): Promise<void> {
  await sql`update sources set mapping = ${JSON.stringify(mapping)}::jsonb where id = ${source}`.execute(tx);
}

/** The city beyond which a member may not write; null with province scope. */
export function writesOnlyIn(viewer: Viewer): string | null {
  if (viewer.scope === 'province') return null;
  return viewer.city ?? '';
}
