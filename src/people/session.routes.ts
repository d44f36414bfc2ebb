import { sql } from 'kysely';
import { z } from 'zod';
import type { Me } from '../model/account.ts';
import type { Viewer } from '../model/people.ts';
import { verbsOf } from '../model/may.ts';
import type { Context } from '../platform/context.ts';
import { Refusal, type Reply, type Route, route } from '../platform/http/route.ts';
import { sessionCookie } from '../platform/http/server.ts';
import { type Db, inTransaction, rowOf } from '../platform/postgres/db.ts';
import { writeAudit } from './audit.sql.ts';
import { credentialsOf, viewerOf } from './members.sql.ts';
import { hashPassword, newToken, passwordFits, tokenHash } from './passwords.client.ts';
import { scopeWords } from './scope-words.ts';
import { closeSession, forgetTries, limitsOf, openSession, refuseToken, takeSignInLink, tryAllowed } from './sessions.sql.ts';
import { tokenOf } from './token-of.ts';

const OWN_LIMIT = 10;
const secure = (ctx: Context): boolean => ctx.config.publicUrl.startsWith('https:');

async function meOf(ctx: Context, viewer: Viewer): Promise<Me> {
  const unit = await rowOf(
    ctx.db,
    sql<{ name: string; name_en: string; login: string; has_password: boolean }>`
      select u.name, u.name_en, m.login, m.password_hash is not null as has_password
      from org_units u, members m where u.id = ${viewer.unit} and m.id = ${viewer.member}`,
  );
  const words = scopeWords(viewer.scope, unit?.name ?? '');
  return {
    member: viewer.member,
    name: viewer.name,
    roles: viewer.roles,
    verbs: verbsOf(viewer),
    scope: viewer.scope,
    scope_words: { zh: words.zh, en: scopeWords(viewer.scope, unit?.name_en ?? '').en },
    department: viewer.department,
    locale: viewer.locale,
    zone: ctx.config.timeZone,
    login: unit?.login ?? '',
    has_password: unit?.has_password ?? false,
    unit: { id: viewer.unit, name: unit?.name ?? '', name_en: unit?.name_en ?? '' },
  };
}

/**
 * A new session id at every sign-in, so that none planted before can be used after. What lets the member in happens in the same
 * transaction: a link is used up, a password changed, only together with the session and its one audit row.
 */
async function begin(
  ctx: Context,
  reply: Reply,
  action: 'sign-in' | 'member.password',
  how: string,
  headers: Readonly<Record<string, string | undefined>>,
  enter: (tx: Db) => Promise<string>,
): Promise<{ readonly me: Me }> {
  const token = newToken();
  const viewer = await inTransaction(ctx.db, async (tx) => {
    const member = await enter(tx);
    await openSession(tx, tokenHash(token), member, ctx.clock.now(), { name: headers['user-agent'] ?? '' });
    const found = await viewerOf(tx, member);
    if (found === undefined) throw new Refusal('sign-in-failed');
    await writeAudit(tx, { ctx, viewer: found, via: 'web', action, subjectKind: 'member', subjectId: member, detail: { how } });
    return found;
  });
  setCookie(ctx, reply, token, 7 * 24 * 3600);
  return { me: await meOf(ctx, viewer) };
}

function setCookie(ctx: Context, reply: Reply, token: string, maxAge: number): void {
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure(ctx) ? '; Secure' : ''}`;
  reply.header('set-cookie', `${sessionCookie(secure(ctx))}=${token}; ${flags}`);
}

const loginOf = async (tx: Db, member: string): Promise<string> =>
  (await rowOf(tx, sql<{ login: string }>`select login from members where id = ${member}`))?.login ?? '';

const tooPlain = (password: string, names: readonly string[]): boolean =>
  new Set(password).size < 3 || names.some((name) => name.toLowerCase() === password.toLowerCase());

export const sessionRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in with login and password. Carries no scoped data.',
    right: 'public',
    scope: 'none',
    body: z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
    handle: async ({ ctx, body, reply, headers, address }) => {
      const limits = limitsOf(body.login, address);
      if (!(await tryAllowed(ctx.db, limits, ctx.clock.now()))) throw new Refusal('sign-in-throttled');
      const known = await credentialsOf(ctx.db, body.login);
      const fits = await passwordFits(known?.password_hash ?? null, body.password);
      if (known === undefined || !fits) {
        await writeAudit(ctx.db, {
          ctx,
          viewer: null,
          via: 'web',
          action: 'sign-in-failed',
          subjectKind: 'login',
          subjectId: body.login.slice(0, 64),
        });
        throw new Refusal('sign-in-failed');
      }
      await forgetTries(ctx.db, limits);
      return begin(ctx, reply, 'sign-in', 'password', headers, async () => known.id);
    },
  }),
  route({
    method: 'POST',
    path: '/api/session/link',
    summary: 'Sign in with a one-time link. Carries no scoped data.',
    right: 'public',
    scope: 'none',
    body: z.strictObject({ token: z.string().min(20).max(200) }),
    handle: ({ ctx, body, reply, headers, address }) =>
      begin(ctx, reply, 'sign-in', 'link', headers, async (tx) => {
        const member = await takeSignInLink(tx, tokenHash(body.token), ctx.clock.now());
        if (member === undefined) throw new Refusal('link-unusable');
        // Who was locked out by somebody's guesses comes in by a link, and may use the password again.
        await forgetTries(tx, limitsOf(await loginOf(tx, member), address));
        return member;
      }),
  }),
  route({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    handle: async ({ ctx, viewer, headers, reply }) => {
      const token = tokenOf(headers);
      await inTransaction(ctx.db, async (tx) => {
        if (token !== null) await closeSession(tx, tokenHash(token));
        await writeAudit(tx, { ctx, viewer, via: 'web', action: 'sign-out', subjectKind: 'member', subjectId: viewer.member });
      });
      setCookie(ctx, reply, '', 0);
      return { signed_out: true };
    },
  }),
  route({
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in, with rights and data scope in words.',
    right: 'signed-in',
    scope: 'rows',
    handle: ({ ctx, viewer }) => meOf(ctx, viewer),
  }),
  route({
    method: 'PATCH',
    path: '/api/me',
    summary: 'Change the own language. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    body: z.strictObject({ locale: z.enum(['zh', 'en']) }),
    handle: async ({ ctx, viewer, body }) => {
      await inTransaction(ctx.db, async (tx) => {
        await sql`update members set locale = ${body.locale} where id = ${viewer.member}`.execute(tx);
        await writeAudit(tx, {
          ctx,
          viewer,
          via: 'web',
          action: 'member.locale',
          subjectKind: 'member',
          subjectId: viewer.member,
          detail: body,
        });
      });
      return meOf(ctx, { ...viewer, locale: body.locale });
    },
  }),
  route({
    method: 'POST',
    path: '/api/me/password',
    summary: 'Set the own password; ends every other session. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    body: z.strictObject({ current: z.string().max(1000).optional(), password: z.string().min(10).max(200) }),
    handle: async ({ ctx, viewer, body, reply, headers }) => {
      refuseToken(viewer);
      const stored = await rowOf(
        ctx.db,
        sql<{
          login: string;
          name: string;
          password_hash: string | null;
        }>`select login, name, password_hash from members where id = ${viewer.member}`,
      );
      const allowed = await tryAllowed(ctx.db, [{ key: `password:${viewer.member}`, most: OWN_LIMIT }], ctx.clock.now());
      if (!allowed) throw new Refusal('sign-in-throttled');
      // Whoever came in by a one-time link and never had a password needs no old one.
      if (stored?.password_hash && !(await passwordFits(stored.password_hash, body.current ?? '')))
        throw new Refusal('request-invalid', {}, [{ code: 'password-wrong', column: 'body.current' }]);
      if (tooPlain(body.password, [stored?.login ?? '', stored?.name ?? '']))
        throw new Refusal('request-invalid', {}, [{ code: 'password-too-plain', column: 'body.password' }]);
      const hash = await hashPassword(body.password);
      return begin(ctx, reply, 'member.password', 'password', headers, async (tx) => {
        await sql`update members set password_hash = ${hash}, version = version + 1 where id = ${viewer.member}`.execute(tx);
        await sql`delete from sessions where member_id = ${viewer.member}`.execute(tx);
        return viewer.member;
      });
    },
  }),
];
