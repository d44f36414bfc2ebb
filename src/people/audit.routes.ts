import { z } from 'zod';
import type { AuditPage } from '../model/audit-views.ts';
import { offsetInstantText } from '../model/time-bounds.ts';
import { type Route, route } from '../platform/http/route.ts';
import { auditRows, auditSummary } from './audit.sql.ts';

const word = z.string().max(200).optional();
/** What the audit may be narrowed by; the page's address and the export carry the same. */
export const auditFilter = {
  member: word,
  action: word,
  kind: word,
  subject: word,
  from: offsetInstantText.optional(),
  before: offsetInstantText.optional(),
  text: word,
} as const;

export const auditRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/audit',
    summary: 'The audit trail, newest first. The audit administrator sees all of it, whatever the data scope.',
    right: 'audit.read',
    scope: 'none',
    query: z.strictObject({
      ...auditFilter,
      cursor: z.coerce.number().int().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    handle: async ({ ctx, query: { cursor, limit, ...filter } }): Promise<AuditPage> => {
      const rows = await auditRows(ctx.db, filter, limit + 1, cursor ?? null);
      const page = rows.slice(0, limit);
      return {
        rows: page,
        next: rows.length > limit ? String(page.at(-1)?.id) : null,
        ...(cursor === undefined ? { summary: await auditSummary(ctx.db, filter) } : {}),
      };
    },
  }),
];
