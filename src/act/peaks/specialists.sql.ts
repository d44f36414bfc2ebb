import { sql } from 'kysely';
import { may } from '../../model/may.ts';
import type { Specialist, SpecialistDraft } from '../../model/peaks.ts';
import type { Viewer } from '../../model/people.ts';
import type { Problem } from '../../model/problem.ts';
import { scopeOf } from '../../model/scope.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { viewerOf } from '../../people/members.sql.ts';
import { type ScopeColumns, scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf, type Tx } from '../../platform/postgres/db.ts';
import { comparisonsBySpecialist } from './measured.sql.ts';
import { callersOn } from './team.ts';

/** Whose city lies within scope; everybody sees the own. */
const CITY_SCOPE: ScopeColumns = { city: 's.city', district: null, unitPath: null, unitId: null, agent: null };
const seenBy = (viewer: Viewer) => sql<boolean>`(${scopeSql(scopeOf(viewer), CITY_SCOPE)} or s.member_id = ${viewer.member})`;

type Stored = Omit<Specialist, 'calls_today' | 'waiting' | 'results'>;
const STORED = sql`s.id, jsonb_build_object('id', m.id, 'name', m.name) as member, s.city, s.minutes, s.minutes_per_call, s.categories, s.segments,
  s.duties, s.active and m.disabled_at is null as active, s.version`;
const RESULT_DAYS = 90;

/** Specialists that the viewer may see, with what they did; of customers that the viewer may see. */
export async function specialistsOf(ctx: Context, viewer: Viewer, today: string): Promise<readonly Specialist[]> {
  const now = ctx.clock.now();
  const scope = scopeSql(scopeOf(viewer), VOICE_SCOPE);
  const standing = rowsOf(
    ctx.db,
    sql<Stored & { waiting: number; calls: number; reached: number; solved: number }>`
    select ${STORED}, coalesce(x.waiting, 0) as waiting, coalesce(x.calls, 0) as calls, coalesce(x.reached, 0) as reached, coalesce(x.solved, 0) as solved
    from specialists s join members m on m.id = s.member_id
    left join lateral (
      select count(*) filter (where q.state in ('waiting', 'taken'))::int as waiting,
        count(*) filter (where q.done_at >= ${now}::timestamptz - make_interval(days => ${RESULT_DAYS}))::int as calls,
        count(*) filter (where q.done_at >= ${now}::timestamptz - make_interval(days => ${RESULT_DAYS}) and (q.outcome ->> 'reached')::boolean)::int as reached,
        count(*) filter (where q.done_at >= ${now}::timestamptz - make_interval(days => ${RESULT_DAYS}) and q.outcome ->> 'solved' = 'yes')::int as solved
      from peak_calls q join voices v on v.id = q.voice_id where q.specialist_id = s.id and ${scope}
    ) x on true
    where ${seenBy(viewer)} order by s.city, m.name, s.id`,
  );
  const [rows, after] = await Promise.all([standing, comparisonsBySpecialist(ctx.db, scope, now)]);
  return rows.map(({ calls, reached, solved, ...row }) => ({
    ...row,
    calls_today: row.active ? callersOn([row], today).reduce((sum, one) => sum + one.calls, 0) : 0,
    results: { calls, reached, solved, after: after(row.id) },
  }));
}

/** A member may call for several cities, with hours in each. */
export function addSpecialist(
  ctx: Context,
  viewer: Viewer,
  draft: SpecialistDraft & { readonly member: string; readonly city: string },
  via: 'web' | 'cli' = 'web',
): Promise<{ readonly id: string; readonly version: number }> {
  const { member, city, ...rest } = draft;
  return inTransaction(ctx.db, async (tx) => {
    await refuseWrong(tx, ctx, viewer, draft);
    const id = `sp_${member}_${city}`;
    const made = await rowOf(
      tx,
      sql<{ version: number }>`
      insert into specialists (id, member_id, city, minutes, minutes_per_call, categories, segments, duties, active, created_at)
      values (${id}, ${member}, ${city}, ${rest.minutes}::integer[], ${rest.minutes_per_call}, ${rest.categories}::text[], ${rest.segments}::text[],
        ${rest.duties}, ${rest.active}, ${ctx.clock.now()}) on conflict do nothing returning version`,
    );
    if (made === undefined) throw new Refusal('state-wrong');
    await tell(tx, ctx, viewer, 'specialist.add', id, { member, city, after: rest }, via);
    return { id, version: made.version };
  });
}

export function changeSpecialist(
  ctx: Context,
  viewer: Viewer,
  id: string,
  { version, ...draft }: SpecialistDraft & { readonly version: number },
): Promise<{ readonly id: string; readonly version: number }> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await rowOf(
      tx,
      sql<SpecialistDraft & { version: number; member: string; city: string }>`
      select s.minutes, s.minutes_per_call, s.categories, s.segments, s.duties, s.active, s.version, s.member_id as member, s.city
      from specialists s where s.id = ${id} and ${scopeSql(scopeOf(viewer), CITY_SCOPE)} for update`,
    );
    if (before === undefined) throw new Refusal('not-found');
    const { version: now, member, city, ...was } = before;
    if (now !== version) throw new Refusal('stale-version', { version: now });
    refuseProblems(draftProblems(ctx, draft));
    await sql`
      update specialists set minutes = ${draft.minutes}::integer[], minutes_per_call = ${draft.minutes_per_call}, categories = ${draft.categories}::text[],
        segments = ${draft.segments}::text[], duties = ${draft.duties}, active = ${draft.active}, version = version + 1 where id = ${id}`.execute(
      tx,
    );
    await tell(tx, ctx, viewer, 'specialist.change', id, { member, city, before: was, after: draft });
    return { id, version: version + 1 };
  });
}

async function refuseWrong(
  tx: Tx,
  ctx: Context,
  viewer: Viewer,
  draft: SpecialistDraft & { readonly member: string; readonly city: string },
): Promise<void> {
  const inScope = viewer.scope === 'province' || (viewer.scope === 'city' && viewer.city === draft.city);
  const known = await rowOf(tx, sql<{ code: string }>`select code from regions where code = ${draft.city} and level = 'city'`);
  const member = await viewerOf(tx, draft.member);
  // Of a city or a member outside one learns nothing, not even that there is one.
  if (!inScope || known === undefined || member === undefined) throw new Refusal('not-found');
  if (viewer.scope !== 'province' && member.city !== viewer.city) throw new Refusal('not-found');
  const callsThere = member.scope === 'province' || member.city === draft.city;
  const fit: readonly Problem[] =
    may(member, 'peaks.call') && callsThere ? [] : [{ code: 'member-cannot-call', column: 'member', params: { name: member.name } }];
  refuseProblems([...fit, ...draftProblems(ctx, draft)]);
}

function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
}

function draftProblems({ pack }: Pick<Context, 'pack'>, { categories, segments }: SpecialistDraft): readonly Problem[] {
  const known = (column: string, values: readonly string[], codes: readonly string[]): readonly Problem[] =>
    values
      .filter((value) => !codes.includes(value))
      .map((value) => ({ code: 'value-unknown', column, params: { name: column, value, near: codes.slice(0, 5).join(', ') } }));
  return [
    ...known(
      'categories',
      categories,
      pack.categories.map((one) => one.code),
    ),
    ...known(
      'segments',
      segments,
      pack.segments.map((one) => one.id),
    ),
  ];
}

const tell = (
  tx: Db,
  ctx: Context,
  viewer: Viewer,
  action: 'specialist.add' | 'specialist.change',
  id: string,
  detail: object,
  via: 'web' | 'cli' = 'web',
): Promise<void> => writeAudit(tx, { ctx, viewer, via, action, subjectKind: 'specialist', subjectId: id, detail });
