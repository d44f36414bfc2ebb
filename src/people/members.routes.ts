import { z } from 'zod';
import { ROLES, SCOPES } from '../model/people.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { addMember, changeMember, endMemberSessions, resetMember } from './change-members.sql.ts';
import { membersSeenBy, viewerOf } from './members.sql.ts';
import { seesOf } from './sees.sql.ts';

const id = z.strictObject({ id: z.string().max(80) });
const name = z.string().trim().min(1).max(80);
const email = z.email().max(200).nullable();
const staffNo = z.string().trim().min(1).max(40).nullable();
const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length);
const version = z.number().int();

const draft = z.strictObject({
  login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/),
  name,
  email: email.default(null),
  staff_no: staffNo.default(null),
  unit: z.string().max(80),
  roles,
  scope: z.enum(SCOPES),
  locale: z.enum(['zh', 'en']).default('zh'),
});

const change = z.strictObject({
  version,
  name: name.optional(),
  email: email.optional(),
  staff_no: staffNo.optional(),
  unit: z.string().max(80).optional(),
  roles: roles.optional(),
  scope: z.enum(SCOPES).optional(),
  disabled: z.boolean().optional(),
});

/** What the security administrator does with members. Who may do what to whom stands in `member-rules.ts`. */
export const membersRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/members',
    summary: 'Invite a member; the answer carries a one-time link, shown this once.',
    right: 'roles.grant',
    scope: 'rows',
    body: draft,
    handle: ({ ctx, viewer, body }) => addMember(ctx, viewer, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/members/:id',
    summary: 'Change a member’s name, roles, scope or unit, or disable it; a change of rights ends the member’s sessions and streams.',
    right: 'roles.grant',
    scope: 'rows',
    params: id,
    body: change,
    handle: ({ ctx, viewer, params, body: { version: seen, ...given } }) => changeMember(ctx, viewer, params.id, seen, given),
  }),
  route({
    method: 'POST',
    path: '/api/members/:id/reset',
    summary: 'Take a member’s password away, end its sessions, and make a one-time link to come back by, shown this once.',
    right: 'members.write',
    scope: 'rows',
    params: id,
    body: z.strictObject({ version }),
    handle: ({ ctx, viewer, params, body }) => resetMember(ctx, viewer, params.id, body.version),
  }),
  route({
    method: 'POST',
    path: '/api/members/:id/end-sessions',
    summary: 'End all sessions and tokens of a member.',
    right: 'members.write',
    scope: 'rows',
    params: id,
    body: z.strictObject({}),
    handle: ({ ctx, viewer, params }) => endMemberSessions(ctx, viewer, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/members/:id/sees',
    summary: 'What a member’s data scope shows, by counts and examples, of the voices that the viewer may know about.',
    right: 'organisation.read',
    scope: 'rows',
    params: id,
    handle: async ({ ctx, viewer, params }) => {
      const member = (await membersSeenBy(ctx.db, viewer)).some((one) => one.id === params.id)
        ? await viewerOf(ctx.db, params.id)
        : undefined;
      if (member === undefined) throw new Refusal('not-found');
      return seesOf(ctx, viewer, member);
    },
  }),
];
