import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshDb, withDb } from '../../test/kit/db.ts';
import { type LoopContext, loopContext, readAnew, storeProvince, storeVoices, type StoredVoice, VIEWERS } from '../../test/kit/loop.ts';
import type { Db } from '../platform/postgres/db.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { alarmsOf } from './alarms.sql.ts';
import { checkAlarms } from './check-alarms.sql.ts';
import { evaluateRules, runAlarmTimers } from './evaluate-rules.job.ts';
import { changeRule, rulesOf, seedRules } from './rules.sql.ts';
import { countVoices } from './voice-where.sql.ts';

/** The readings of the transaction that is still open are visible to itself only below its own number: evaluate everything instead. */
async function evaluateAll(ctx: LoopContext): Promise<void> {
  await sql`update rules set evaluated = 0`.execute(ctx.db);
  await evaluateRules(ctx);
}
const at = (minute: number, day = '2026-03-10'): string => new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000).toISOString();
const outage = (minutes: readonly number[], community = 'a1x', day?: string): StoredVoice[] =>
  minutes.map((m) => ({ at: at(m, day), community }));
const states = (db: Db) => rowsOf(db, sql`select value, state, began_at, voices, historical from alarms order by began_at, value`);

async function ready(db: Db): Promise<LoopContext> {
  const ctx = loopContext(db, { VOXLOOP_SMTP_URL: 'smtp://127.0.0.1:9' });
  await storeProvince(db);
  await seedRules(db, ctx);
  return ctx;
}

describe('evaluating the rules', () => {
  it('raises an alarm at the community, tells the managers whose scope reaches it, and resolves it by event time', () =>
    withDb(async (db) => {
      const ctx = await ready(db);
      await storeVoices(db, 1, [
        ...outage([90, 100, 110]),
        ...outage([90, 100], 'b1x'),
        { at: at(110), community: 'b1x', category: 'billing/charge/wrong' },
      ]);
      await evaluateAll(ctx);
      expect(await states(db)).toEqual([{ value: 'a1x', state: 'firing', began_at: at(110), voices: 3, historical: false }]);
      expect(await rowsOf(db, sql`select recipient, locale, state from announcements order by recipient`)).toEqual([
        { recipient: 'net-a@example.org', locale: 'zh', state: 'waiting' },
        { recipient: 'net-p@example.org', locale: 'en', state: 'waiting' },
      ]);
      expect(await rowsOf(db, sql`select topic, city, district from live_events`)).toEqual([{ topic: 'alarm', city: 'a', district: 'a1' }]);
      ctx.clock.set(at(150));
      expect(await runAlarmTimers(ctx)).toBe(true);
      expect(await states(db)).toMatchObject([{ state: 'resolved' }]);
    }));

  it('lists a breach of the past as historical and never mails it', () =>
    withDb(async (db) => {
      const ctx = await ready(db);
      await storeVoices(db, 1, outage([90, 100, 110], 'a1x', '2025-06-15'));
      await evaluateAll(ctx);
      expect(await states(db)).toMatchObject([{ state: 'resolved', historical: true }]);
      expect(await rowsOf(db, sql`select * from announcements`)).toEqual([]);
    }));

  it('is not held up by a transaction in another database of the same server', async () => {
    await using fresh = await freshDb();
    await using other = await freshDb();
    const ctx = await ready(fresh.db);
    await evaluateRules(ctx);
    const busy = await other.pool.connect();
    await busy.query('begin');
    await busy.query('select pg_current_xact_id()');
    await storeVoices(fresh.db, 1, outage([90, 100, 110]));
    await evaluateRules(ctx);
    expect(await states(fresh.db)).toMatchObject([{ value: 'a1x' }]);
    await busy.query('rollback');
    busy.release();
  });

  it('evaluates only what committed, once, and skips no late commit', async () => {
    await using fresh = await freshDb();
    const ctx = await ready(fresh.db);
    await evaluateRules(ctx);
    const late = await fresh.pool.connect();
    await late.query('begin');
    await late.query(`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, district, community,
      text, text_masked, batch_id) values (3, 'hotline', '3', '', '${at(110)}', true, now(), 'complaint', 'hotline', 'a', 'a1', 'a1x', '', '', 'batch')`);
    await late.query(`insert into readings (voice_id, reader_version, category, feeling, language, confidence, because, read_at)
      values (3, 'r1', 'fixed/broadband/outage', 'neutral', 'zh', 1, '[]', now())`);
    await storeVoices(fresh.db, 1, outage([90, 100]));
    await evaluateRules(ctx);
    expect(await states(fresh.db)).toEqual([]);
    await late.query('commit');
    late.release();
    expect(await evaluateRules(ctx)).toBe(true);
    expect(await states(fresh.db)).toMatchObject([{ value: 'a1x', voices: 3 }]);
    expect(await evaluateRules(ctx)).toBe(false);
  });

  it('ends with the same alarms whatever the order of arrival', async () => {
    const times = [0, 5, 40, 61, 64, 70, 130, 200, 215, 230, 232, 240, 300, 301, 302].flatMap((m) =>
      outage([m, m + 7], 'a1x').concat(outage([m], 'a1y')),
    );
    const shown: unknown[] = [];
    for (const order of [times, [...times].reverse(), [...times].sort((a, b) => a.at.slice(-6).localeCompare(b.at.slice(-6)))]) {
      await using fresh = await freshDb();
      const ctx = await ready(fresh.db);
      for (let i = 0; i < order.length; i += 4) {
        await storeVoices(fresh.db, i + 1, order.slice(i, i + 4));
        await evaluateRules(ctx);
      }
      expect(await checkAlarms(ctx)).toEqual([]);
      shown.push(
        await rowsOf(
          fresh.db,
          sql`select value, state, began_at, fired_at, resolved_at, voices from alarms where merged_into is null order by 1, 3`,
        ),
      );
    }
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
    expect((shown[0] as unknown[]).length).toBeGreaterThan(3);
  });

  it('brings in a bulk import as it would bring in live voices', async () => {
    const voices = Array.from(
      { length: 2400 },
      (_, i) => outage([(i * 7919) % 20_011], ['a1x', 'a1y', 'b1x'][(i * 31) % 3], '2026-02-20')[0]!,
    );
    const shown: unknown[] = [];
    for (const batch of [2400, 300]) {
      await using fresh = await freshDb();
      const ctx = await ready(fresh.db);
      await evaluateRules(ctx);
      for (let i = 0; i < voices.length; i += batch) {
        await storeVoices(fresh.db, i + 1, voices.slice(i, i + batch));
        await evaluateRules(ctx);
      }
      expect(await checkAlarms(ctx)).toEqual([]);
      shown.push(
        await rowsOf(
          fresh.db,
          sql`select value, state, began_at, fired_at, resolved_at, voices from alarms where merged_into is null order by 1, 3`,
        ),
      );
    }
    expect(shown[1]).toEqual(shown[0]);
    expect((shown[0] as unknown[]).length).toBeGreaterThan(50);
  });

  it('takes a voice that is read anew out of its alarm', async () => {
    await using fresh = await freshDb();
    const ctx = await ready(fresh.db);
    await storeVoices(fresh.db, 1, outage([90, 100, 110]));
    await evaluateRules(ctx);
    await readAnew(fresh.db, 2, 'billing/charge/wrong');
    await evaluateRules(ctx);
    expect(await rowsOf(fresh.db, sql`select state, resolved_because from alarms`)).toEqual([
      { state: 'resolved', resolved_because: 'recounted' },
    ]);
    expect(await checkAlarms(ctx)).toEqual([]);
  });

  it('opens exactly the voices of an alarm, also after the rule was redefined', () =>
    withDb(async (db) => {
      const ctx = await ready(db);
      await storeVoices(db, 1, outage([30, 90, 100, 110, 120, 130, 300]));
      await evaluateAll(ctx);
      const [alarm] = (await alarmsOf(ctx, VIEWERS.analyst, {})).rows;
      expect(alarm).toMatchObject({ voices: 5, state: 'firing', entity: { names: { zh: '和平小区', en: 'Peace Court' } } });
      expect(await countVoices(db, alarm!.where, ctx.config.timeZone)).toBe(5);
    }));

  it('evaluates everything under a new definition and lets the old one’s open alarms end', () =>
    withDb(async (db) => {
      const ctx = await ready(db);
      await storeVoices(db, 1, outage([90, 100, 110, 111]));
      await evaluateAll(ctx);
      const [rule] = await rulesOf(db);
      const changed = await changeRule(ctx, VIEWERS.analyst, rule!.id, { ...rule!, threshold: 4 }, rule!.version);
      expect(changed).toMatchObject({ version: 2, definition: 2, evaluated: 0 });
      await evaluateRules(ctx);
      expect(await rowsOf(db, sql`select rule_version, state, resolved_because, voices from alarms order by 1`)).toEqual([
        { rule_version: 1, state: 'resolved', resolved_because: 'superseded', voices: 4 },
        { rule_version: 2, state: 'firing', resolved_because: null, voices: 4 },
      ]);
      expect((await alarmsOf(ctx, VIEWERS.analyst, {})).count).toBe(1);
      ctx.clock.advanceMs(1000);
      const renamed = await changeRule(ctx, VIEWERS.analyst, rule!.id, { ...rule!, threshold: 4, names: { zh: '新', en: 'New' } }, 2);
      expect(renamed).toMatchObject({ version: 3, definition: 2, evaluated: 2 });
    }));

  it('loads more when a breach is longer than the neighbourhood of a late voice', async () => {
    await using fresh = await freshDb();
    const ctx = await ready(fresh.db);
    const long = Array.from({ length: 60 }, (_, i) => i * 18);
    await storeVoices(fresh.db, 1, outage(long, 'a1x', '2026-03-08'));
    await evaluateRules(ctx);
    await storeVoices(fresh.db, 100, outage([540], 'a1x', '2026-03-08'));
    await evaluateRules(ctx);
    expect(await states(fresh.db)).toMatchObject([{ voices: 61 }]);
    expect(await checkAlarms(ctx)).toEqual([]);
  });
});
