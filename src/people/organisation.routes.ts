import { sql } from 'kysely';
import { z } from 'zod';
import { ROLES, SCOPES } from '../model/people.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { inTransaction, rowOf } from '../platform/postgres/db.ts';
import { auditRows, writeAudit } from './audit.sql.ts';
import { membersSeenBy, unitsSeenBy } from './members.sql.ts';
import { hashPassword } from './passwords.client.ts';
import { scopeWords } from './scope-words.ts';

const grant = z.strictObject({
  version: z.number().int(),
  roles: z.array(z.enum(ROLES)).min(1).optional(),
  scope: z.enum(SCOPES).optional(),
  unit: z.string().optional(),
  disabled: z.boolean().optional(),
  password: z.string().min(12).max(200).optional(),
});

export const organisationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/organisation',
    summary: 'Units and members within the viewer’s part of the organisation.',
    right: 'organisation.read',
    scope: 'rows',
    handle: async ({ ctx, viewer }) => {
      const units = await unitsSeenBy(ctx.db, viewer);
      const members = await membersSeenBy(ctx.db, viewer);
      const english = new Map(units.map((unit) => [unit.id, unit.name_en]));
      return {
        units,
        members: members.map((member) => ({
          ...member,
          scope_words: {
            zh: scopeWords(member.scope, member.unit.name).zh,
            en: scopeWords(member.scope, english.get(member.unit.id) ?? member.unit.name).en,
          },
        })),
      };
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/members/:id',
    summary: 'Change a member’s roles, scope, unit or password; ends the member’s sessions.',
    right: 'roles.grant',
    scope: 'rows',
    params: z.strictObject({ id: z.string() }),
    body: grant,
    handle: async ({ ctx, viewer, params, body }) => {
      const seen = (await membersSeenBy(ctx.db, viewer)).some((member) => member.id === params.id);
      if (!seen) throw new Refusal('not-found');
      // Nobody grants rights to themselves: whoever grants and whoever receives are two people.
      if (params.id === viewer.member && (body.roles !== undefined || body.scope !== undefined))
        throw new Refusal('not-allowed', { right: 'roles.grant' });
      if (body.unit !== undefined && !(await unitsSeenBy(ctx.db, viewer)).some((unit) => unit.id === body.unit))
        throw new Refusal('not-found');
      if (body.scope === 'province' && viewer.scope !== 'province') throw new Refusal('not-allowed', { right: 'roles.grant' });
      const password = body.password === undefined ? null : await hashPassword(body.password);
      const { version, password: _, ...changes } = body;
      const next = await inTransaction(ctx.db, async (tx) => {
        const row = await rowOf(
          tx,
          sql<{ version: number }>`
            update members set
              roles = coalesce(${changes.roles ?? null}::text[], roles), scope = coalesce(${changes.scope ?? null}, scope),
              unit_id = coalesce(${changes.unit ?? null}, unit_id), password_hash = coalesce(${password}, password_hash),
              disabled_at = case when ${changes.disabled ?? null}::boolean is null then disabled_at
                when ${changes.disabled ?? false} then ${ctx.clock.now()}::timestamptz end,
              version = version + 1
            where id = ${params.id} and version = ${version} returning version`,
        );
        if (row === undefined) throw new Refusal('stale-version');
        await sql`delete from sessions where member_id = ${params.id}`.execute(tx);
        await writeAudit(tx, {
          ctx,
          viewer,
          via: 'web',
          action: 'member.change',
          subjectKind: 'member',
          subjectId: params.id,
          detail: { ...changes, password: password !== null },
        });
        return row.version;
      });
      return { id: params.id, version: next };
    },
  }),
  route({
    method: 'GET',
    path: '/api/audit',
    summary: 'The audit trail, newest first. The audit administrator sees all of it, whatever the data scope.',
    right: 'audit.read',
    scope: 'none',
    query: z.strictObject({ cursor: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    handle: async ({ ctx, query }) => {
      const rows = await auditRows(ctx.db, query.limit + 1, query.cursor ?? null);
      const page = rows.slice(0, query.limit);
      return { rows: page, next: rows.length > query.limit ? String(page.at(-1)?.id) : null };
    },
  }),
];
