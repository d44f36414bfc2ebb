import { z } from 'zod';
import { verbsOf } from '../model/may.ts';
import { VERBS, type Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { inTransaction } from '../platform/postgres/db.ts';
import { writeAudit } from './audit.sql.ts';
import { newToken, tokenHash } from './passwords.client.ts';
import { seesOf } from './sees.sql.ts';
import { closeSessionOf, openSession, refuseToken, sessionsOf } from './sessions.sql.ts';
import { tokenOf } from './token-of.ts';

async function newOwnToken(ctx: Context, viewer: Viewer, given: { name: string; days: number; verbs: readonly string[] | null }) {
  refuseToken(viewer);
  const mine = verbsOf(viewer);
  const verbs = given.verbs === null ? null : VERBS.filter((verb) => given.verbs?.includes(verb));
  if (verbs?.some((verb) => !mine.includes(verb)))
    throw new Refusal('not-allowed', { right: verbs.find((verb) => !mine.includes(verb)) ?? '' });
  const token = newToken();
  await inTransaction(ctx.db, async (tx) => {
    await openSession(tx, tokenHash(token), viewer.member, ctx.clock.now(), {
      kind: 'token',
      name: given.name,
      minutes: given.days * 24 * 60,
      verbs,
    });
    const detail = { name: given.name, days: given.days, verbs };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'token.add', subjectKind: 'member', subjectId: viewer.member, detail });
  });
  return { token, expires_at: new Date(ctx.clock.nowMs() + given.days * 86_400_000).toISOString() };
}

/** The own account: sessions, tokens, and what the own scope shows. */
export const ownRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/me/sees',
    summary: 'What the own data scope shows, by counts and examples.',
    right: 'signed-in',
    scope: 'rows',
    handle: ({ ctx, viewer }) => seesOf(ctx, viewer, viewer),
  }),
  route({
    method: 'GET',
    path: '/api/me/sessions',
    summary: 'The own living sessions and tokens. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    handle: async ({ ctx, viewer, headers }) => {
      const token = tokenOf(headers);
      return { rows: await sessionsOf(ctx.db, viewer.member, token === null ? null : tokenHash(token), ctx.clock.now()) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    summary: 'End one of the own sessions, or revoke one of the own tokens. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    params: z.strictObject({ id: z.string().max(80) }),
    handle: async ({ ctx, viewer, params }) => {
      refuseToken(viewer);
      await inTransaction(ctx.db, async (tx) => {
        const ended = await closeSessionOf(tx, viewer.member, params.id);
        if (ended === undefined) throw new Refusal('not-found');
        const action = ended.kind === 'token' ? 'token.revoke' : 'session.end';
        const detail = { name: ended.name };
        await writeAudit(tx, { ctx, viewer, via: 'web', action, subjectKind: 'member', subjectId: viewer.member, detail });
      });
      return { ended: true };
    },
  }),
  route({
    method: 'POST',
    path: '/api/me/tokens',
    summary: 'Make a token for a program, with some of the own rights and an end; shown this once. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    body: z.strictObject({
      name: z.string().trim().min(1).max(80),
      days: z.number().int().min(1).max(365),
      verbs: z.array(z.enum(VERBS)).min(1).nullable().default(null),
    }),
    handle: ({ ctx, viewer, body }) => newOwnToken(ctx, viewer, body),
  }),
];
