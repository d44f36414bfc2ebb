import { sql } from 'kysely';
import { ADDRESSES } from '../model/addresses.ts';
import { ADMINISTRATORS, type Administrator, administratorsAmong, standApart } from '../model/may.ts';
import type { MemberDraft, SignInLink } from '../model/organisation.ts';
import type { Role, ScopeKind, Viewer } from '../model/people.ts';
import type { Problem } from '../model/problem.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, type Tx, inTransaction, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { type AuditEntry, writeAudit } from './audit.sql.ts';
import { type Standing, changesRights, isWider, verdictOn } from './member-rules.ts';
import { membersSeenBy, unitsSeenBy } from './members.sql.ts';
import { newToken, tokenHash } from './passwords.client.ts';
import { addSignInLink } from './sessions.sql.ts';

export type Via = AuditEntry['via'];

type NewMember = MemberDraft & { readonly locale: 'zh' | 'en' };

const LINK_HOURS = 72;
/** All changes of members and units take their turn, so that two of them cannot each remove “not the last” administrator. */
export const takeTurn = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(7305222)`.execute(tx);
};

export async function addMember(ctx: Context, viewer: Viewer, draft: NewMember): Promise<{ id: string; link: SignInLink }> {
  const forbidden =
    isWider(draft.scope, viewer.scope) || draft.roles.includes('operator') || (draft.staff_no !== null && viewer.scope !== 'province');
  if (forbidden) throw new Refusal('not-allowed', { right: 'roles.grant' });
  const problems: Problem[] = [
    ...(standApart(draft.roles) ? [] : [{ code: 'roles-apart', column: 'body.roles' } as const]),
    // An administrator's role waits until the member alone holds the key.
    ...(standApart(draft.roles) && administratorsAmong(draft.roles).length > 0
      ? [{ code: 'administrator-first-signs-in', column: 'body.roles' } as const]
      : []),
  ];
  if (problems.length > 0) throw new Refusal('state-wrong', {}, problems);
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx);
    await refuseUnseenUnit(tx, viewer, draft.unit);
    const taken = await takenProblems(tx, draft, null);
    if (taken.length > 0) throw new Refusal('state-wrong', {}, taken);
    const id = ctx.ids.text('member', draft.login);
    await sql`
      insert into members (id, login, name, email, staff_no, unit_id, roles, scope, locale)
      values (${id}, ${draft.login}, ${draft.name}, ${draft.email}, ${draft.staff_no}, ${draft.unit}, ${draft.roles}::text[], ${draft.scope},
        ${draft.locale})`.execute(tx);
    const link = await newLink(tx, ctx, id);
    const { locale: _, ...after } = draft;
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'member.add', subjectKind: 'member', subjectId: id, detail: { after } });
    return { id, link };
  });
}

async function newLink(tx: Tx, ctx: Context, member: string): Promise<SignInLink> {
  const token = newToken();
  await sql`delete from sign_in_links where member_id = ${member} and used_at is null`.execute(tx);
  await addSignInLink(tx, tokenHash(token), member, ctx.clock.now(), LINK_HOURS * 60);
  return { path: ADDRESSES.signIn(token), expires_at: new Date(ctx.clock.nowMs() + LINK_HOURS * 3_600_000).toISOString() };
}

async function refuseUnseenUnit(db: Db, viewer: Viewer, unit: string): Promise<void> {
  const seen = (await unitsSeenBy(db, viewer)).find((one) => one.id === unit);
  if (seen === undefined) throw new Refusal('not-found');
  if (seen.retired) throw new Refusal('state-wrong', {}, [{ code: 'unit-retired', column: 'body.unit' }]);
}

async function takenProblems(
  tx: Tx,
  draft: { readonly login?: string; readonly staff_no?: string | null },
  except: string | null,
): Promise<readonly Problem[]> {
  const rows = await rowsOf(
    tx,
    sql<{ login: string; staff_no: string | null }>`
      select login, staff_no from members
      where id is distinct from ${except} and (login = ${draft.login ?? null} or staff_no = ${draft.staff_no ?? null})`,
  );
  return rows.flatMap((row): Problem[] => [
    ...(row.login === draft.login ? [{ code: 'login-taken', column: 'body.login', params: { login: row.login } } as const] : []),
    ...(row.staff_no !== null && row.staff_no === draft.staff_no
      ? [{ code: 'staff-no-taken', column: 'body.staff_no', params: { staff_no: row.staff_no } } as const]
      : []),
  ]);
}

export interface MemberChange {
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
  readonly staff_no?: string | null | undefined;
  readonly unit?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly scope?: ScopeKind | undefined;
  readonly disabled?: boolean | undefined;
}

interface Stored extends MemberDraft {
  readonly disabled: boolean;
  readonly has_password: boolean;
  readonly version: number;
}

export async function storedMember(tx: Tx, viewer: Viewer, id: string): Promise<Stored> {
  if (!(await membersSeenBy(tx, viewer)).some((member) => member.id === id)) throw new Refusal('not-found');
  const row = await rowOf(
    tx,
    sql<Stored>`
      select login, name, email, staff_no, unit_id as unit, roles, scope, disabled_at is not null as disabled,
        password_hash is not null as has_password, version
      from members where id = ${id} for update`,
  );
  if (row === undefined) throw new Refusal('not-found');
  return row;
}

const standingOf = (row: MemberChange & Stored): Standing => ({
  roles: row.roles,
  scope: row.scope,
  unit: row.unit,
  staffNo: row.staff_no,
  disabled: row.disabled,
});

export async function changeMember(
  ctx: Context,
  viewer: Viewer,
  id: string,
  version: number,
  given: MemberChange,
): Promise<{ id: string; version: number }> {
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Stored>;
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx);
    const before = await storedMember(tx, viewer, id);
    if (change.unit !== undefined && change.unit !== before.unit) await refuseUnseenUnit(tx, viewer, change.unit);
    const after: Stored = { ...before, ...change };
    const [was, is] = [standingOf(before), standingOf(after)];
    const others = await otherAdministrators(tx, viewer, id);
    const verdict = verdictOn({ viewer, member: id, before: was, after: is, hasPassword: before.has_password, others });
    if (verdict.kind === 'not-allowed') throw new Refusal('not-allowed', { right: 'roles.grant' });
    if (before.version !== version) throw new Refusal('stale-version');
    const taken = after.staff_no === before.staff_no ? [] : await takenProblems(tx, { staff_no: after.staff_no }, id);
    const problems = [...(verdict.kind === 'refused' ? verdict.problems : []), ...taken];
    if (problems.length > 0) throw new Refusal('state-wrong', {}, problems);
    await sql`
      update members set name = ${after.name}, email = ${after.email}, staff_no = ${after.staff_no}, unit_id = ${after.unit},
        roles = ${after.roles}::text[], scope = ${after.scope}, version = version + 1,
        disabled_at = case when ${after.disabled} then coalesce(disabled_at, ${ctx.clock.now()}::timestamptz) end
      where id = ${id}`.execute(tx);
    if (changesRights(was, is)) await endAll(tx, id);
    const names = (Object.keys(change) as (keyof Stored)[]).filter((name) => String(before[name]) !== String(after[name]));
    const only = (row: Stored) => Object.fromEntries(names.map((name) => [name, row[name]]));
    const detail = { before: only(before), after: only(after) };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'member.change', subjectKind: 'member', subjectId: id, detail });
    return { id, version: version + 1 };
  });
}

/** Sessions, tokens and unused links speak for the rights they were made under. */
async function endAll(tx: Tx, member: string): Promise<number> {
  const ended = await sql`delete from sessions where member_id = ${member} returning 1`.execute(tx);
  await sql`delete from sign_in_links where member_id = ${member} and used_at is null`.execute(tx);
  return ended.rows.length;
}

async function otherAdministrators(tx: Tx, viewer: Viewer, id: string): Promise<Readonly<Record<Administrator, number>>> {
  const active = (await membersSeenBy(tx, viewer)).filter((member) => member.id !== id && !member.disabled);
  const of = (role: Administrator): number => active.filter((member) => member.roles.includes(role)).length;
  return Object.fromEntries(ADMINISTRATORS.map((role) => [role, of(role)])) as Record<Administrator, number>;
}

/** Takes the password away, ends every session and gives one link to come back by. Nobody ever knows another's password. */
export async function resetMember(
  ctx: Context,
  viewer: Viewer,
  id: string,
  version: number,
): Promise<{ version: number; link: SignInLink }> {
  return inTransaction(ctx.db, async (tx) => {
    await takeTurn(tx);
    const member = await storedMember(tx, viewer, id);
    if (id === viewer.member || isWider(member.scope, viewer.scope) || member.roles.includes('operator'))
      throw new Refusal('not-allowed', { right: 'members.write' });
    if (member.version !== version) throw new Refusal('stale-version');
    const problem = linkProblem(member);
    if (problem !== null) throw new Refusal('state-wrong', {}, [problem]);
    await sql`update members set password_hash = null, version = version + 1 where id = ${id}`.execute(tx);
    const ended = await endAll(tx, id);
    const link = await newLink(tx, ctx, id);
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'member.reset',
      subjectKind: 'member',
      subjectId: id,
      detail: { sessions_ended: ended, link_until: link.expires_at },
    });
    return { version: version + 1, link };
  });
}

/** Who could make an administrator's link could be that administrator, so it is made by whoever holds the machine. */
export const linkProblem = (member: {
  readonly login: string;
  readonly roles: readonly Role[];
  readonly disabled?: boolean;
}): Problem | null =>
  administratorsAmong(member.roles).length === 0 ? null : { code: 'administrator-link', params: { login: member.login } };

export async function endMemberSessions(ctx: Context, viewer: Viewer, id: string): Promise<{ ended: number }> {
  return inTransaction(ctx.db, async (tx) => {
    await storedMember(tx, viewer, id);
    const gone = await sql`delete from sessions where member_id = ${id} returning 1`.execute(tx);
    const detail = { sessions_ended: gone.rows.length };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'member.sessions.end', subjectKind: 'member', subjectId: id, detail });
    return { ended: gone.rows.length };
  });
}
