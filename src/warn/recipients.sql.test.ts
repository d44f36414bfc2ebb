import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { withDb } from '../../test/kit/db.ts';
import { loopContext, storeProvince, VIEWERS } from '../../test/kit/loop.ts';
import { ruleDraft } from '../../test/kit/rule-draft.ts';
import type { Db } from '../platform/postgres/db.ts';
import { recipientsOf } from './recipients.sql.ts';
import { changeRule, createRule } from './rules.sql.ts';

async function province(db: Db): Promise<void> {
  await storeProvince(db);
  await sql`
    insert into org_units (id, parent_id, level, name, name_en, department, city, district, path) values
      ('a1', 'a', 'district', '甲一', 'A1', 'network', 'a', 'a1', '/p/a/a1/'), ('a2', 'a', 'branch', '甲二', 'A2', 'network', 'a', null, '/p/a/a2/')`.execute(
    db,
  );
  await sql`
    insert into members (id, login, name, email, unit_id, roles, scope, disabled_at) values
      ('m1', 'm1', 'm1', 'm1@example.org', 'a1', '{manager}', 'unit-below', null),
      ('m2', 'm2', 'm2', 'm2@example.org', 'a2', '{manager}', 'unit-below', null),
      ('gone', 'gone', 'gone', 'gone@example.org', 'p-net', '{manager}', 'province', now())`.execute(db);
}
const NOWHERE = { city: null, district: null, unitPath: null };
const RULE = ruleDraft({ names: { zh: '群诉', en: 'Many' }, dimension: 'community' });

describe('an alarm is told', () => {
  it('only to managers, and to listed members, who would see it', () =>
    withDb(async (db) => {
      await province(db);
      const told = async (recipients: readonly string[], place: object): Promise<readonly string[]> =>
        (await recipientsOf(db, { department: 'network', recipients }, { ...NOWHERE, ...place })).map(({ email }) => email.split('@')[0]!);
      expect(await told([], { city: 'a', district: 'a1' })).toEqual(['m1', 'net-a', 'net-p']);
      expect(await told([], { city: 'a', district: 'a9' })).toEqual(['net-a', 'net-p']);
      expect(await told([], { city: 'a', unitPath: '/p/a/a2/team/' })).toEqual(['m2', 'net-a', 'net-p']);
      expect(await told([], {})).toEqual(['net-p']);
      const list = ['M1@example.org', 'm2@example.org', 'city-b@example.org', 'gone@example.org', 'duty@example.org'];
      expect(await told(list, { city: 'a', district: 'a1' })).toEqual(['M1', 'duty']);
      expect(await told(list, {})).toEqual(['duty']);
    }));

  it('to an address of nobody only when somebody who sees the whole province says so', () =>
    withDb(async (db) => {
      await province(db);
      const ctx = loopContext(db);
      const draft = { ...RULE, id: 'r', recipients: ['m1@example.org', 'duty@example.org'] };
      const refused = { code: 'request-invalid', problems: [{ code: 'recipient-outside', column: 'recipients.1' }] };
      await expect(createRule(ctx, VIEWERS.networkA, draft)).rejects.toMatchObject(refused);
      const { version } = await createRule(ctx, VIEWERS.analyst, draft);
      expect((await changeRule(ctx, VIEWERS.networkA, 'r', { ...draft, threshold: 4 }, version)).threshold).toBe(4);
    }));
});
