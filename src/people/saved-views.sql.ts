import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { AUDIENCES, type SavedView } from '../model/preferences.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf, touched, type Tx } from '../platform/postgres/db.ts';
import { writeAudit } from './audit.sql.ts';

const part = {
  name: z.string().trim().min(1).max(60),
  query: z.string().max(4000),
  audience: z.enum(AUDIENCES),
};
export const viewDraft = z.strictObject({
  page: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]*$/),
  ...part,
});
export const viewChange = z.strictObject({ ...part, version: z.int().optional() });
type ViewDraft = z.infer<typeof viewDraft>;
type ViewChange = z.infer<typeof viewChange>;

const MOST_PER_MEMBER = 200;

/** A public view says something about its city (its filters name places), so it does not leave it; who sees the province sees all. */
function isSeenBy(viewer: Viewer): RawBuilder<boolean> {
  const near = viewer.scope === 'province' ? sql<boolean>`true` : sql<boolean>`(s.city is null or s.city = ${viewer.city})`;
  return sql<boolean>`(s.owner_id = ${viewer.member} or (s.audience = 'team' and s.unit_id = ${viewer.unit}) or (s.audience = 'public' and ${near}))`;
}

const columnsFor = (viewer: Viewer): RawBuilder<unknown> => sql`
  s.id, s.page, s.name, s.query, s.audience, jsonb_build_object('id', m.id, 'name', m.name) as owner, s.owner_id = ${viewer.member} as mine, s.version`;

/** The own ones first, each kind by name. */
export function viewsOf(db: Db, viewer: Viewer, page?: string): Promise<readonly SavedView[]> {
  return rowsOf(
    db,
    sql<SavedView>`
    select ${columnsFor(viewer)} from saved_views s join members m on m.id = s.owner_id
    where ${isSeenBy(viewer)} and (${page ?? null}::text is null or s.page = ${page ?? null})
    order by s.owner_id <> ${viewer.member}, s.name, s.id limit 500`,
  );
}

async function viewOf(db: Db, viewer: Viewer, id: string): Promise<SavedView> {
  const found = await rowOf(
    db,
    sql<SavedView>`
    select ${columnsFor(viewer)} from saved_views s join members m on m.id = s.owner_id where s.id = ${id} and ${isSeenBy(viewer)}`,
  );
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

/** What one sees of a unit or a person is nothing to publish. */
function refuseTooWide(viewer: Viewer, audience: SavedView['audience']): void {
  if (audience === 'public' && viewer.scope !== 'city' && viewer.scope !== 'province') throw new Refusal('not-allowed');
}

export function keepView(ctx: Context, viewer: Viewer, draft: ViewDraft): Promise<SavedView> {
  refuseTooWide(viewer, draft.audience);
  return inTransaction(ctx.db, async (tx) => {
    const kept = await rowOf(tx, sql<{ n: number }>`select count(*) as n from saved_views where owner_id = ${viewer.member}`);
    if ((kept?.n ?? 0) >= MOST_PER_MEMBER) throw new Refusal('too-large', { most: MOST_PER_MEMBER });
    const now = ctx.clock.now();
    const id = ctx.ids.text('view', `${viewer.member}:${draft.page}:${draft.name}:${now}`);
    await sql`
      insert into saved_views (id, page, name, query, audience, owner_id, unit_id, city, created_at, changed_at)
      values (${id}, ${draft.page}, ${draft.name}, ${draft.query}, ${draft.audience}, ${viewer.member}, ${viewer.unit}, ${viewer.city}, ${now}, ${now})`.execute(
      tx,
    );
    return told(tx, ctx, viewer, id, 'view.create');
  });
}

/** Only its owner changes a view; others keep their own copy of it. */
export function changeView(ctx: Context, viewer: Viewer, id: string, change: ViewChange): Promise<SavedView> {
  return inTransaction(ctx.db, async (tx) => {
    const old = await viewOf(tx, viewer, id);
    if (!old.mine) throw new Refusal('not-allowed');
    refuseTooWide(viewer, change.audience);
    if (change.version === undefined) throw new Refusal('version-required');
    if (change.version !== old.version) throw new Refusal('stale-version', { version: old.version });
    const written = await touched(
      tx,
      sql`
      update saved_views set name = ${change.name}, query = ${change.query}, audience = ${change.audience}, unit_id = ${viewer.unit},
        city = ${viewer.city}, changed_at = ${ctx.clock.now()}, version = version + 1 where id = ${id} and version = ${change.version}`,
    );
    if (written === 0) throw new Refusal('stale-version', { version: old.version });
    return told(tx, ctx, viewer, id, 'view.change');
  });
}

export function dropView(ctx: Context, viewer: Viewer, id: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const old = await viewOf(tx, viewer, id);
    if (!old.mine) throw new Refusal('not-allowed');
    await touched(tx, sql`delete from saved_views where id = ${id}`);
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'view.remove',
      subjectKind: 'view',
      subjectId: id,
      detail: { page: old.page, name: old.name },
    });
  });
}

async function told(tx: Tx, ctx: Context, viewer: Viewer, id: string, action: string): Promise<SavedView> {
  const view = await viewOf(tx, viewer, id);
  const { page, name, audience } = view;
  await writeAudit(tx, { ctx, viewer, via: 'web', action, subjectKind: 'view', subjectId: id, detail: { page, name, audience } });
  return view;
}
