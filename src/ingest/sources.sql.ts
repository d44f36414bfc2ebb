import { sql } from 'kysely';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';

export interface Source {
  readonly id: string;
  readonly name: string;
  readonly carries: 'voices' | 'customers';
  readonly mapping: unknown;
}

/**
 * The source of a name, made on first use and owned by the unit of who first used it.
 * Others than its owner's line and province scope may not write into it.
 */
export async function sourceFor(tx: Db, ctx: Context, viewer: Viewer, name: string, carries: 'voices' | 'customers'): Promise<Source> {
  const id = `so_${name.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`;
  await sql`
    insert into sources (id, name, unit_id, carries, created_at) values (${id}, ${name.trim()}, ${viewer.unit}, ${carries}, ${ctx.clock.now()})
    on conflict do nothing`.execute(tx);
  const row = await rowOf(
    tx,
    sql<Source & { path: string }>`
      select s.id, s.name, s.carries, s.mapping, u.path from sources s join org_units u on u.id = s.unit_id where s.id = ${id} or s.name = ${name.trim()}`,
  );
  if (row === undefined) throw new Refusal('conflict');
  if (viewer.scope !== 'province' && !row.path.startsWith(viewer.unitPath)) throw new Refusal('not-allowed', { source: name });
  if (row.carries !== carries) throw new Refusal('state-wrong', { source: name, carries: row.carries });
  return row;
}

export async function rememberMapping(tx: Db, source: string, mapping: unknown): Promise<void> {
  await sql`update sources set mapping = ${JSON.stringify(mapping)}::jsonb where id = ${source}`.execute(tx);
}

/** The city beyond which a member may not write; null with province scope. */
export function writesOnlyIn(viewer: Viewer): string | null {
  if (viewer.scope === 'province') return null;
  return viewer.city ?? '';
}
