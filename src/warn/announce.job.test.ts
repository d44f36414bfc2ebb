import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { withDb } from '../../test/kit/db.ts';
import { type LoopContext, loopContext, storeProvince, storeVoices } from '../../test/kit/loop.ts';
import { mailServer } from '../../test/kit/mail-server.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { sendAnnouncements } from './announce.job.ts';
import { evaluateRules } from './evaluate-rules.job.ts';
import { seedRules } from './rules.sql.ts';

async function firing(ctx: LoopContext): Promise<void> {
  await storeProvince(ctx.db);
  await seedRules(ctx.db, ctx);
  await storeVoices(
    ctx.db,
    1,
    [90, 100, 110].map((m) => ({ at: new Date(Date.parse('2026-03-10T00:00:00Z') + m * 60_000).toISOString(), community: 'a1x' })),
  );
  await evaluateRules(ctx);
}
const outbox = (ctx: LoopContext) => rowsOf(ctx.db, sql`select recipient, state, attempts from announcements order by recipient`);

describe('announcing', () => {
  it('sends each recipient one mail in their language without personal data', () =>
    withDb(async (db) => {
      const server = await mailServer(() => null);
      const ctx = loopContext(db, { VOXLOOP_SMTP_URL: server.url });
      await firing(ctx);
      expect(await sendAnnouncements(ctx)).toBe(2);
      expect(await sendAnnouncements(ctx)).toBe(0);
      await server.close();
      server.letters.sort((a, b) => (a.to[0]! < b.to[0]! ? -1 : 1));
      expect(server.letters.map((letter) => letter.to)).toEqual([['net-a@example.org'], ['net-p@example.org']]);
      expect(server.letters[1]!.raw).toContain('Broadband outage in a community: Peace Court');
      expect(server.letters[1]!.raw).toMatch(/Message-ID: <note_[0-9a-f]+@example\.org>/i);
      expect(await outbox(ctx)).toMatchObject([
        { state: 'delivered', attempts: 1 },
        { state: 'delivered', attempts: 1 },
      ]);
    }));

  it('tries again later under the same Message-ID while the server is down, and gives up on a mailbox that is none', () =>
    withDb(async (db) => {
      const answers: number[] = [451];
      const server = await mailServer((recipient) => (recipient.startsWith('net-p') ? 550 : (answers.shift() ?? null)));
      const ctx = loopContext(db, { VOXLOOP_SMTP_URL: server.url });
      await firing(ctx);
      await sendAnnouncements(ctx);
      expect(await outbox(ctx)).toMatchObject([
        { state: 'waiting', attempts: 1 },
        { state: 'failed', attempts: 1 },
      ]);
      expect(await sendAnnouncements(ctx)).toBe(0);
      ctx.clock.advanceMs(5_000);
      expect(await sendAnnouncements(ctx)).toBe(1);
      await server.close();
      expect(await outbox(ctx)).toMatchObject([{ state: 'delivered', attempts: 2 }, { state: 'failed' }]);
      expect(server.letters).toHaveLength(1);
    }));

  it('sends again what was claimed by a process that died, after a minute', () =>
    withDb(async (db) => {
      const server = await mailServer(() => null);
      const ctx = loopContext(db, { VOXLOOP_SMTP_URL: server.url });
      await firing(ctx);
      await sql`update announcements set attempts = 1, due_at = ${new Date(ctx.clock.nowMs() + 60_000).toISOString()}`.execute(db);
      expect(await sendAnnouncements(ctx)).toBe(0);
      ctx.clock.advanceMs(60_000);
      expect(await sendAnnouncements(ctx)).toBe(2);
      await server.close();
    }));

  it('keeps on record that nobody could be told when no mail server is set', () =>
    withDb(async (db) => {
      const ctx = loopContext(db);
      await firing(ctx);
      expect(await rowsOf(db, sql`select distinct state, last_error from announcements`)).toEqual([
        { state: 'suppressed', last_error: 'smtp-not-configured' },
      ]);
    }));
});
