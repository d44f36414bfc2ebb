import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { withDb } from '../../test/kit/db.ts';
import { type LoopContext, loopContext, storeProvince, storeVoices, VIEWERS } from '../../test/kit/loop.ts';
import { ruleDraft } from '../../test/kit/rule-draft.ts';
import type { Db } from '../platform/postgres/db.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { acknowledgeAlarm, alarmCounts, alarmOf, alarmsJson, alarmsOf, announcementsOf } from './alarms.sql.ts';
import { evaluateRules } from './evaluate-rules.job.ts';
import type { RuleDraft } from '../model/alarm.ts';
import { previewRule } from './preview-rule.sql.ts';
import { changeRule, createRule, seedRules } from './rules.sql.ts';
import { countVoices } from './voice-where.sql.ts';

const at = (minute: number): string => new Date(Date.parse('2026-03-10T00:00:00Z') + minute * 60_000).toISOString();

async function firing(db: Db): Promise<LoopContext> {
  const ctx = loopContext(db);
  await storeProvince(db);
  await seedRules(db, ctx);
  await createRule(ctx, VIEWERS.analyst, { ...RULE, id: 'plan' });
  const times = [60, 90, 100, 110];
  await storeVoices(
    db,
    1,
    times.map((m) => ({ at: at(m), community: 'a1x', plan: 'gold' })),
  );
  await storeVoices(
    db,
    10,
    times.map((m) => ({ at: at(m), community: 'b1x' })),
  );
  await storeVoices(
    db,
    20,
    [0, 1, 2].map((m) => ({ at: at(m - 3 * 1440), community: 'a1y' })),
  );
  await evaluateRules(ctx);
  return ctx;
}
const RULE = ruleDraft({ names: { zh: '套餐', en: 'Plan' }, dimension: 'plan' });

describe('alarms', () => {
  it('are seen within the data scope, those without a place by the province alone', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      const seen = async (viewer: (typeof VIEWERS)[keyof typeof VIEWERS]): Promise<unknown> => {
        const page = await alarmsOf(ctx, viewer, {});
        return [page.count, page.rows.map((alarm) => alarm.entity.value).sort()];
      };
      expect(await seen(VIEWERS.analyst)).toEqual([4, ['a1x', 'a1y', 'b1x', 'gold']]);
      expect(await seen(VIEWERS.networkA)).toEqual([2, ['a1x', 'a1y']]);
      expect(await seen(VIEWERS.cityB)).toEqual([1, ['b1x']]);
      expect(await seen(VIEWERS.agentA)).toEqual([0, []]);
      const hidden = (await alarmsOf(ctx, VIEWERS.cityB, {})).rows[0]!.id;
      expect(await alarmOf(ctx, VIEWERS.networkA, hidden)).toBeUndefined();
      await expect(acknowledgeAlarm(ctx, VIEWERS.networkA, hidden, { version: 1, reason: 'x' })).rejects.toMatchObject({
        code: 'not-found',
      });
    }));

  it('are narrowed by department, place and days, and their counts with them', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      const found = async (filter: Parameters<typeof alarmsOf>[2]): Promise<unknown> => {
        const page = await alarmsOf(ctx, VIEWERS.analyst, filter);
        const counted = (await alarmCounts(ctx, VIEWERS.analyst, filter)).reduce((sum, one) => sum + one.count, 0);
        return [page.rows.map((alarm) => alarm.entity.value).sort(), page.count === counted];
      };
      expect(await found({ place: 'a' })).toEqual([['a1x', 'a1y'], true]);
      expect(await found({ place: 'a1' })).toEqual([['a1x', 'a1y'], true]);
      expect(await found({ place: 'b1x' })).toEqual([['b1x'], true]);
      expect(await found({ department: 'network' })).toEqual([['a1x', 'a1y', 'b1x', 'gold'], true]);
      expect(await found({ department: 'billing' })).toEqual([[], true]);
      // 00:02 UTC of 7 March is 08:02 of that day in Shanghai.
      expect(await found({ from: '2026-03-07', before: '2026-03-08' })).toEqual([['a1y'], true]);
      expect(await found({ from: '2026-03-08' })).toEqual([['a1x', 'b1x', 'gold'], true]);
    }));

  it('are paged newest first without loss', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await alarmsOf(ctx, VIEWERS.analyst, { limit: 1, cursor });
        ids.push(...page.rows.map((alarm) => alarm.id));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(ids).toEqual((await alarmsOf(ctx, VIEWERS.analyst, {})).rows.map((alarm) => alarm.id));
      expect((await alarmsOf(ctx, VIEWERS.analyst, { historical: true })).rows.map((alarm) => alarm.entity.value)).toEqual(['a1y']);
      expect((await alarmsOf(ctx, VIEWERS.analyst, { rule: 'plan', states: ['firing'] })).count).toBe(1);
    }));

  it('are acknowledged once, by the version that was seen, with a reason', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      const alarm = (await alarmsOf(ctx, VIEWERS.networkA, { states: ['firing'] })).rows[0]!;
      const given = (part: { version?: number; reason?: string }) => acknowledgeAlarm(ctx, VIEWERS.networkA, alarm.id, part);
      await expect(given({ reason: '已派人' })).rejects.toMatchObject({ code: 'version-required' });
      await expect(given({ version: 1, reason: ' ' })).rejects.toMatchObject({ code: 'reason-required' });
      await expect(given({ version: 7, reason: '已派人' })).rejects.toMatchObject({ code: 'stale-version' });
      expect(await given({ version: 1, reason: '已派人' })).toMatchObject({
        state: 'acknowledged',
        version: 2,
        acknowledged: { by: 'net-a', reason: '已派人' },
      });
      await expect(given({ version: 2, reason: '再次' })).rejects.toMatchObject({ code: 'transition-illegal' });
      expect(await rowsOf(db, sql`select member_id, action from audit where action like 'alarm.%'`)).toEqual([
        { member_id: 'net-a', action: 'alarm.acknowledge' },
      ]);
    }));

  it('are printed for the command line, and mask whom they were mailed to', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      expect((await alarmsJson(ctx, VIEWERS.networkA))[1]).toEqual({
        rule: 'community-outage',
        entity: { dimension: 'community', value: 'a1x' },
        fired_at: at(100),
        resolved_at: null,
        voices: 4,
        historical: false,
      });
      const alarm = (await alarmsOf(ctx, VIEWERS.networkA, { states: ['firing'] })).rows[0]!;
      expect((await announcementsOf(db, alarm.id)).map((one) => one.recipient)).toEqual(['n***@example.org', 'n***@example.org']);
    }));
});

describe('rules', () => {
  it('are refused with everything that is wrong at once', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      const wrong = {
        ...RULE,
        names: { zh: '', en: '' },
        dimension: 'brand',
        windowMinutes: 0,
        threshold: 1.5,
        department: 'nobody',
        recipients: ['x'],
        where: [
          { field: 'category_1', in: ['nothing'] },
          { field: 'said_at', in: ['x'] },
          { field: 'kind', in: [] },
        ],
      };
      const refusal = await createRule(ctx, VIEWERS.analyst, wrong).catch((error: unknown) => error);
      expect((refusal as { problems: { code: string; column: string }[] }).problems.map(({ code, column }) => `${column} ${code}`)).toEqual(
        [
          'names.zh field-required',
          'names.en field-required',
          'dimension dimension-unknown',
          'windowMinutes value-out-of-range',
          'threshold value-out-of-range',
          'department pack-reference-unknown',
          'where.0.in pack-reference-unknown',
          'where.1.field filter-unknown',
          'where.2.in field-required',
          'recipients.0 field-invalid',
        ],
      );
    }));

  it('are tried before they are saved: as they would be evaluated, within the scope of who asks, and nothing is kept', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      ctx.clock.set(at(240));
      const draft: RuleDraft = { ...RULE, names: { zh: '', en: '' }, dimension: 'community' };
      const kept = () => rowsOf(db, sql`select (select count(*) from rules) as rules, (select count(*) from alarms) as alarms`);
      const before = await kept();
      const found = await previewRule(ctx, VIEWERS.analyst, draft);
      expect(found).toMatchObject({ fired: 3, entities: 3, complete: true });
      expect(found.weeks.map(({ fired }) => fired)).toEqual([0, 0, 0, 0, 3]);
      expect(found.largest.map(({ entity, voices }) => [entity.value, voices]).toSorted()).toEqual([
        ['a1x', 4],
        ['a1y', 3],
        ['b1x', 4],
      ]);
      for (const one of found.largest) expect(await countVoices(db, one.where, ctx.config.timeZone)).toBe(one.voices);
      expect(found.recipients).toEqual(['n***@example.org', 'n***@example.org']);
      expect(await kept()).toEqual(before);
      // The same rule, saved and evaluated, raises the same alarms.
      await createRule(ctx, VIEWERS.analyst, { ...draft, id: 'tried', names: RULE.names });
      await evaluateRules(ctx);
      const raised = await alarmsOf(ctx, VIEWERS.analyst, { rule: 'tried' });
      expect(raised.rows.map(({ entity, fired_at, voices }) => [entity.value, fired_at, voices]).toSorted()).toEqual(
        found.largest.map(({ entity, fired_at, voices }) => [entity.value, fired_at, voices]).toSorted(),
      );
      expect(await previewRule(ctx, VIEWERS.networkA, draft)).toMatchObject({ fired: 2, complete: false });
      await expect(previewRule(ctx, VIEWERS.cityB, draft)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(previewRule(ctx, VIEWERS.analyst, { ...draft, threshold: 0 })).rejects.toMatchObject({ code: 'request-invalid' });
    }));

  it('are written by the province or by their own department, over the version that was seen', () =>
    withDb(async (db) => {
      const ctx = await firing(db);
      const change = (viewer: (typeof VIEWERS)[keyof typeof VIEWERS], part: Partial<RuleDraft>, version?: number) =>
        changeRule(ctx, viewer, 'plan', { ...RULE, ...part }, version);
      await expect(change(VIEWERS.networkA, { department: 'billing' }, 1)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(change(VIEWERS.cityB, {}, 1)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(change(VIEWERS.networkA, {})).rejects.toMatchObject({ code: 'version-required' });
      expect(await change(VIEWERS.networkA, { threshold: 5 }, 1)).toMatchObject({ version: 2, threshold: 5 });
      await expect(change(VIEWERS.analyst, { threshold: 6 }, 1)).rejects.toMatchObject({ code: 'stale-version' });
      await expect(createRule(ctx, VIEWERS.analyst, { ...RULE, id: 'plan' })).rejects.toMatchObject({ code: 'conflict' });
    }));
});
