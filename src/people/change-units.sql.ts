import { sql } from 'kysely';
import type { MoveConsequences, UnitDraft, UnitRow } from '../model/organisation.ts';
import type { Viewer } from '../model/people.ts';
import type { Problem } from '../model/problem.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, type Tx, inTransaction, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { writeAudit } from './audit.sql.ts';
import { takeTurn } from './change-members.sql.ts';
import { unitsSeenBy } from './members.sql.ts';
import { type UnitPlace, mayStandBelow, moveProblems, placesAfter } from './unit-rules.ts';

/** The queue of the job that looks, after a move, for what was still written with the old path. */
export const SETTLE_PATHS = 'people.settle-paths';

async function seenUnits(db: Db, viewer: Viewer, ...ids: readonly string[]): Promise<readonly UnitRow[]> {
  const units = await unitsSeenBy(db, viewer);
  return ids.map((id) => {
    const unit = units.find((one) => one.id === id);
    if (unit === undefined) throw new Refusal('not-found');
    return unit;
  });
}

const refuse = (problems: readonly Problem[]): void => {
  if (problems.length > 0) throw new Refusal('state-wrong', {}, problems);
};

export async function addUnit(ctx: Context, viewer: Viewer, draft: UnitDraft): Promise<{ id: string }> {
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx);
    const [parent] = (await seenUnits(tx, viewer, draft.parent)) as [UnitRow];
    refuse([
      ...(parent.retired ? [{ code: 'unit-retired', column: 'body.parent' } as const] : []),
      ...(mayStandBelow(draft.level, parent.level) ? [] : [{ code: 'unit-level-wrong', column: 'body.level' } as const]),
    ]);
    const place = await placeFor(tx, draft, parent);
    const id = ctx.ids.text('unit', `${draft.parent}:${draft.name}:${ctx.clock.now()}`);
    await sql`
      insert into org_units (id, parent_id, level, name, name_en, department, city, district, path)
      values (${id}, ${parent.id}, ${draft.level}, ${draft.name}, ${draft.name_en}, ${draft.department}, ${place.city}, ${place.district},
        ${`${parent.path}${id}/`})`.execute(tx);
    const detail = { after: { name: draft.name, level: draft.level, parent: parent.name, department: draft.department } };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'unit.add', subjectKind: 'unit', subjectId: id, detail });
    return { id };
  });
}

/** A city or district unit answers for a region of its own, inside its parent's; any other stands where its parent does. */
async function placeFor(tx: Tx, draft: UnitDraft, parent: UnitRow): Promise<{ city: string | null; district: string | null }> {
  const ownRegion = draft.level === 'city' || draft.level === 'district' || (draft.level === 'branch' && draft.region !== null);
  if (!ownRegion) return { city: parent.city, district: parent.district };
  const region = await rowOf(
    tx,
    sql<{ code: string; level: string; city: string | null }>`select code, level, city from regions where code = ${draft.region}`,
  );
  const fits = region !== undefined && (draft.level === 'city' ? region.level === 'city' : region.level === 'district');
  const inside = parent.city === null || parent.city === (region?.city ?? region?.code);
  if (!fits || !inside) throw new Refusal('state-wrong', {}, [{ code: 'unit-region-wrong', column: 'body.region' }]);
  return draft.level === 'city' ? { city: region.code, district: null } : { city: region.city, district: region.code };
}

export interface UnitNames {
  readonly name?: string | undefined;
  readonly name_en?: string | undefined;
  readonly department?: string | null | undefined;
}

export async function renameUnit(
  ctx: Context,
  viewer: Viewer,
  id: string,
  version: number,
  given: UnitNames,
): Promise<{ version: number }> {
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx);
    const [unit] = (await seenUnits(tx, viewer, id)) as [UnitRow];
    if (unit.version !== version) throw new Refusal('stale-version');
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<UnitRow>;
    const after = { ...unit, ...change };
    await sql`
      update org_units set name = ${after.name}, name_en = ${after.name_en}, department = ${after.department}, version = version + 1
      where id = ${id}`.execute(tx);
    const names = (Object.keys(change) as (keyof UnitRow)[]).filter((name) => unit[name] !== after[name]);
    const only = (row: UnitRow) => Object.fromEntries(names.map((name) => [name, row[name]]));
    const detail = { before: only(unit), after: only(after) };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'unit.change', subjectKind: 'unit', subjectId: id, detail });
    return { version: version + 1 };
  });
}

export async function moveConsequences(db: Db, viewer: Viewer, id: string, to: string): Promise<MoveConsequences> {
  const [unit, target] = (await seenUnits(db, viewer, id, to)) as [UnitRow, UnitRow];
  const parent = unit.parent === null ? null : ((await unitsSeenBy(db, viewer)).find((one) => one.id === unit.parent) ?? null);
  const below = sql`starts_with(path, ${unit.path})`;
  const counts = await rowOf(
    db,
    sql<{ units: number; members: number; voices: number; open_orders: number }>`
      select (select count(*) from org_units where ${below}) as units,
        (select count(*) from members m join org_units u on u.id = m.unit_id where starts_with(u.path, ${unit.path}) and m.disabled_at is null) as members,
        (select count(*) from voices where starts_with(unit_path, ${unit.path})) as voices,
        (select count(*) from work_orders where starts_with(unit_path, ${unit.path}) and closed_at is null) as open_orders`,
  );
  const watchers = await rowsOf(
    db,
    sql<{ name: string; path: string }>`
      select m.name, u.path from members m join org_units u on u.id = m.unit_id
      where m.scope = 'unit-below' and m.disabled_at is null and not starts_with(u.path, ${unit.path})
        and (starts_with(${unit.path}, u.path) or starts_with(${target.path}, u.path))
        and u.id = any(${(await unitsSeenBy(db, viewer)).map((one) => one.id)}::text[])`,
  );
  const sees = (path: string, watched: string): boolean => watched.startsWith(path);
  const after = `${target.path}${unit.id}/`;
  return {
    from: parent?.name ?? '',
    to: target.name,
    ...(counts ?? { units: 0, members: 0, voices: 0, open_orders: 0 }),
    gain: watchers.filter((w) => sees(w.path, after) && !sees(w.path, unit.path)).map((w) => w.name),
    lose: watchers.filter((w) => sees(w.path, unit.path) && !sees(w.path, after)).map((w) => w.name),
    problems: moveProblems(unit, target),
  };
}

/** Everything that carries the unit's path moves with it, in one transaction; the warehouse follows by the readings. */
export async function moveUnit(ctx: Context, viewer: Viewer, id: string, version: number, to: string): Promise<{ version: number }> {
  // A large unit has many voices; this is asked for rarely and by one person.
  return inTransaction(ctx.patient, async (tx) => {
    await takeTurn(tx);
    const [unit, target] = (await seenUnits(tx, viewer, id, to)) as [UnitRow, UnitRow];
    if (unit.version !== version) throw new Refusal('stale-version');
    if (isAboveOwn(viewer, unit)) throw new Refusal('not-allowed', { right: 'members.write' });
    refuse(moveProblems(unit, target));
    const subtree = await rowsOf(
      tx,
      sql<UnitPlace>`select id, level, city, district, path from org_units where starts_with(path, ${unit.path}) for update`,
    );
    const moved = JSON.stringify(placesAfter(subtree, unit, target));
    await sql`
      update org_units u set path = n.path, district = n.district, version = u.version + 1,
        parent_id = case when u.id = ${id} then ${target.id} else u.parent_id end
      from json_to_recordset(${moved}::json) as n(id text, path text, district text) where u.id = n.id`.execute(tx);
    await rewritePaths(tx, unit.path, `${target.path}${id}/`);
    await ctx.jobs.enqueue(tx, SETTLE_PATHS, {});
    const before = { parent: (await seenUnits(tx, viewer, unit.parent ?? target.id))[0]?.name };
    const detail = { before, after: { parent: target.name }, units: subtree.length };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'unit.move', subjectKind: 'unit', subjectId: id, detail });
    return { version: version + 1 };
  });
}

/** Moving the own unit, or one above it, moves one's own sight: that is somebody else's to do. */
const isAboveOwn = (viewer: Viewer, unit: UnitPlace): boolean => viewer.unitPath.startsWith(unit.path);

async function rewritePaths(tx: Tx, from: string, to: string): Promise<void> {
  const next = sql`${to} || substr(unit_path, ${from.length + 1}::int)`;
  for (const table of ['work_orders', 'alarms', 'live_events', 'experiments'])
    await sql`update ${sql.table(table)} set unit_path = ${next} where starts_with(unit_path, ${from})`.execute(tx);
  await sql`
    update experiments e set district = u.district from org_units u where u.id = e.unit_id and starts_with(u.path, ${to})`.execute(tx);
  await sql`
    with moved as (update voices set unit_path = ${next} where starts_with(unit_path, ${from}) returning id)
    update readings r set changed_tx = pg_current_xact_id() from moved where r.voice_id = moved.id`.execute(tx);
}

/** A unit goes only when nobody and nothing depends on it any more; its history keeps its name. */
export async function retireUnit(ctx: Context, viewer: Viewer, id: string, version: number): Promise<{ version: number }> {
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx);
    const [unit] = (await seenUnits(tx, viewer, id)) as [UnitRow];
    if (unit.version !== version) throw new Refusal('stale-version');
    const left = await rowOf(
      tx,
      sql<{ members: number; units: number; orders: number }>`
        select (select count(*) from members where unit_id = ${id} and disabled_at is null) as members,
          (select count(*) from org_units where parent_id = ${id} and retired_at is null) as units,
          (select count(*) from work_orders where unit_id = ${id} and closed_at is null) as orders`,
    );
    const count = (code: 'unit-has-members' | 'unit-has-units' | 'unit-has-orders', n = 0): readonly Problem[] =>
      n === 0 ? [] : [{ code, params: { count: n } }];
    refuse([
      ...(unit.retired ? [{ code: 'unit-retired' } as const] : []),
      ...count('unit-has-members', left?.members),
      ...count('unit-has-units', left?.units),
      ...count('unit-has-orders', left?.orders),
    ]);
    await sql`update org_units set retired_at = ${ctx.clock.now()}, version = version + 1 where id = ${id}`.execute(tx);
    const detail = { before: { retired: false }, after: { retired: true }, name: unit.name };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'unit.retire', subjectKind: 'unit', subjectId: id, detail });
    return { version: version + 1 };
  });
}
