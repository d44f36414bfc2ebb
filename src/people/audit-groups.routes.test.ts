import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { type AuditPage, NOTABLE, type Notable } from '../model/audit-views.ts';
import type { MemberId } from '../model/ids.ts';
import { writeAudit } from './audit.sql.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct({ work: false });
  await twoCities(product.ctx);
  await sql`
    insert into members (id, login, name, unit_id, roles, scope, password_hash)
    values ('me_audit-admin', 'audit-admin', 'audit-admin', 'ou_p', '{audit-admin}', 'province', 'x')`.execute(product.ctx.db);
});
afterAll(() => product[Symbol.asyncDispose]());

describe('the audit', () => {
  it('counts in groups what an auditor looks for first', async () => {
    const groups: Readonly<Record<Notable, readonly string[]>> = {
      revealed: ['import.rejected.file', 'import.rejected.reveal', 'voice.reveal'],
      exported: ['audit.export', 'export', 'export.table', 'import.rejected.file'],
      refused: ['sign-in-failed'],
      granted: [
        'member.add',
        'member.change',
        'member.reset',
        'member.sessions.end',
        'organisation.load',
        'sign-in.link',
        'token',
        'token.add',
        'unit.move',
      ],
    };
    const { ctx } = product;
    for (const action of new Set([...Object.values(groups).flat(), 'sign-in', 'view.create', 'order.close', 'import.commit']))
      await writeAudit(ctx.db, {
        ctx,
        viewer: { member: 'me_p' as MemberId },
        via: 'web',
        action,
        subjectKind: 'thing',
        subjectId: 'grouped',
      });
    for (const name of NOTABLE) {
      const url = `/api/audit?subject=grouped&action=${name}&limit=200`;
      const { rows, summary } = (await product.as('me_audit-admin', { method: 'GET', url })).body as AuditPage;
      expect(rows.map((row) => row.action).toSorted()).toEqual(groups[name]);
      expect(summary?.notable[name]).toEqual({ rows: groups[name].length, people: 1 });
    }
  });
});
