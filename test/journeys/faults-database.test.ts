import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../src/platform/postgres/connect.client.ts';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import { FaultHome } from '../kit/fault-home.ts';
import { layDownEmptyHome, layDownModel } from '../kit/made-once.ts';
import { needs } from '../kit/needs.ts';
import { createDatabase, databaseUrl, dropDatabase } from '../kit/postgres-setup.ts';
import { faultProxy } from '../kit/proxy.ts';
import { tempDir } from '../kit/temp-dir.ts';

const folder = tempDir('faults-db');
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('the database server inside the home', () => {
  needs(process.platform === 'linux', 'needs /proc');

  test(
    'is stopped fast, at once and by force under load: it comes back, nobody exits, nothing acknowledged is lost',
    { timeout: 180_000 },
    async () => {
      await using home = new FaultHome(join(folder, 'restarts'));
      await layDownEmptyHome(home.home);
      await home.start();
      for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
        const load = home.load();
        const before = home.ledger.acknowledged.size;
        await expect.poll(() => home.ledger.acknowledged.size - before, { timeout: 20_000 }).toBeGreaterThan(20);
        const old = home.postmaster();
        process.kill(old, signal);
        await expect.poll(() => safely(() => home.postmaster()), { timeout: 20_000, interval: 20 }).not.toBe(old);
        const back = await home.until(200, 20_000);
        console.log(`after ${signal} of the database server: ready ${Math.round(back)} ms after it was back`);
        expect(back).toBeLessThan(10_000);
        await load.stop();
        await home.catchUp();
        await home.holds();
        expect(home.isAlive()).toBe(true);
      }
    },
  );
});

const safely = <T>(work: () => T): T | null => {
  try {
    return work();
  } catch {
    return null;
  }
};

describe('a database server of somebody else, over a wire that breaks', () => {
  test('an answer that never came after COMMIT was sent: the same key, sent again, counts once', { timeout: 180_000 }, async () => {
    const server = inject('testServer');
    const name = `${server.prefix}wire`;
    await createDatabase(server, name, null);
    const direct = new URL(databaseUrl(server.url, name));
    await using proxy = await faultProxy({ host: direct.hostname, port: Number(direct.port) });
    const wire = new URL(direct);
    wire.port = String(proxy.port);
    const url = wire.href;
    try {
      await using home = new FaultHome(join(folder, 'wire'), { VOXLOOP_DATABASE_URL: url });
      await layDownModel(home.home);
      await home.start();
      const look = await connect(direct.href, { max: 1 });
      expect(await home.push()).toBe(true);
      for (let n = 1; n <= 12; n++) {
        // Whichever commit is the next n: a push, a job, a rule, a mark.
        proxy.cutAfterCommit(1 + (n % 4));
        for (let tries = 0; tries < 4; tries++) await home.push();
        await home.catchUp();
      }
      expect(proxy.cuts).toBeGreaterThanOrEqual(10);
      const stored = await rowsOf<{ key: string }>(look.db, sql`select outside_key as key from voices order by 1`);
      expect(stored.map(({ key }) => key).toSorted()).toEqual([...home.ledger.attempted.values()].toSorted());
      const keys = await rowsOf<{ n: number }>(look.db, sql`select count(*) as n from idempotency_keys`);
      expect(keys).toEqual([{ n: home.ledger.attempted.size }]);
      const checked = await home.ask('fsck', '--json');
      expect(checked.exit === 0 ? [] : [checked.out, checked.err]).toEqual([]);

      // Connections that say nothing any more: /readyz tells it in time, whoever asks is answered, and new ones are made.
      expect(proxy.blackHole()).toBeGreaterThan(0);
      const told = await home.ready(8_000);
      expect(told.status === 200 || told.status === 503).toBe(true);
      await home.until(200, 100_000);
      await home.catchUp(100_000);
      expect(await home.push()).toBe(true);
      expect((await home.ask('fsck')).exit).toBe(0);
      expect(home.isAlive()).toBe(true);

      // The server is away: 503 and no acknowledgement; back: everything goes on.
      await proxy.close();
      await home.until(503, 15_000);
      expect(await home.push()).toBe(false);
      expect((await fetch(`${home.server.base}/livez`)).status).toBe(200);
      await sleep(1_000);
      await using again = await faultProxy({ host: direct.hostname, port: Number(direct.port), at: proxy.port });
      expect(again.port).toBe(proxy.port);
      const back = await home.until(200, 20_000);
      console.log(`ready ${Math.round(back)} ms after the wire was whole again`);
      expect(back).toBeLessThan(10_000);
      await home.catchUp();
      expect((await home.ask('fsck')).exit).toBe(0);
      await look.close();
    } finally {
      await dropDatabase(server, name);
    }
  });
});
