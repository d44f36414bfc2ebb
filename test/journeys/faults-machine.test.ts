import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storedKeys } from '../kit/crash-ledger.ts';
import { FaultHome } from '../kit/fault-home.ts';
import { layDownEmptyHome } from '../kit/made-once.ts';
import { needs } from '../kit/needs.ts';
import { runCli } from '../kit/server-process.ts';
import { tempDir } from '../kit/temp-dir.ts';

const folder = tempDir('faults-machine');
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('a disk that is full', () => {
  const disk = join(folder, 'disk');
  let mounted = false;
  beforeAll(() => {
    mkdirSync(disk);
    mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=260m,mode=0755', 'none', disk]).status === 0;
  });
  afterAll(() => {
    if (mounted) spawnSync('umount', ['-l', disk]);
  });

  /** Takes what is left, down to the last block. */
  function fill(): string {
    const path = join(disk, 'somebody-elses-file');
    const handle = openSync(path, 'w');
    for (const size of [1 << 20, 1 << 12, 1]) {
      try {
        for (;;) writeSync(handle, Buffer.alloc(size));
      } catch {
        // Full, for pieces of this size.
      }
    }
    closeSync(handle);
    return path;
  }

  test('acknowledges nothing more, says so, hangs nowhere, and goes on when there is room again', { timeout: 180_000 }, async (context) => {
    context.skip(!mounted, 'a small file system cannot be mounted here');
    await using home = new FaultHome(join(disk, 'home'));
    await layDownEmptyHome(home.home);
    await home.start();
    let long = 0;
    for (let i = 0; i < 20; i++) expect(await home.push()).toBe(true);
    for (let round = 1; round <= 2; round++) {
      const rubbish = fill();
      const load = home.load(2);
      // The log still has room inside its present segment, so a few pushes may yet be kept: those are acknowledged and must stay.
      await home.until(503, 30_000);
      expect(statfsSync(disk).bavail).toBeLessThan(1000);
      const asked = performance.now();
      expect((await fetch(`${home.server.base}/livez`, { signal: AbortSignal.timeout(5_000) })).status).toBe(200);
      expect(performance.now() - asked).toBeLessThan(5_000);
      const upload = await fetch(`${home.server.base}/api/imports?name=big.csv&source=files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${home.token}`, 'content-type': 'application/octet-stream' },
        body: '工单编号,投诉内容\n'.padEnd(300_000, '1,宽带断了\n'),
        signal: AbortSignal.timeout(20_000),
      });
      expect(upload.status).toBe(503);
      await load.stop();
      // Long texts, until the log's last segment has no room either and the database gives up: refused, never taken and lost.
      let taken = 0;
      while (taken < 400 && (await longPush(home, `${round}-${taken}`)) === 201) taken++;
      expect(taken).toBeLessThan(400);
      long += taken;
      rmSync(rubbish);
      console.log(`ready ${Math.round(await home.until(200, 60_000))} ms after room was made`);
      await home.catchUp();
      await home.holds();
      expect((await storedKeys(home.home, 'long')).length).toBeGreaterThanOrEqual(long);
      expect(await longPush(home, `${round}-${taken}`)).toBeLessThan(300);
      long += 1;
      expect(home.isAlive()).toBe(true);
    }
  });
});

async function longPush(home: FaultHome, id: string): Promise<number> {
  const answer = await fetch(`${home.server.base}/api/voices?source=long`, {
    method: 'POST',
    headers: { authorization: `Bearer ${home.token}`, 'content-type': 'application/json', 'idempotency-key': `long-${id}` },
    body: JSON.stringify({ id, kind: 'complaint', channel: 'hotline', text: randomBytes(45_000).toString('hex') }),
    signal: AbortSignal.timeout(30_000),
  });
  return answer.status;
}

describe('a process that stops without ending', () => {
  needs(process.platform === 'linux', 'needs /proc');

  test('keeps its home from a second one, and goes on after a minute as if nothing had been', { timeout: 240_000 }, async () => {
    const seconds = process.env['VOXLOOP_CRASHES'] === undefined ? 15 : 60;
    await using home = new FaultHome(join(folder, 'stopped'));
    await layDownEmptyHome(home.home);
    await home.start();
    const second = async (): Promise<void> => {
      const run = await runCli(home.home, ['fsck'], undefined, { VOXLOOP_PORT: '0' });
      expect([run.exit, run.err]).toEqual([3, expect.stringContaining(`process ${home.server.pid} `)]);
    };
    const csv = join(folder, 'stopped.csv');
    const lines = Array.from({ length: 6_000 }, (_, i) => `s-${i},2026-03-0${1 + (i % 9)} 10:00:00,投诉,热线,家里宽带又断了第${i}次`);
    writeFileSync(csv, `工单编号,受理时间,工单类型,受理渠道,投诉内容\n${lines.join('\n')}\n`);
    const load = home.load(2);
    const importing = home.ask('import', csv, '--source', 'files', '--json');
    await sleep(700);
    process.kill(home.server.pid, 'SIGSTOP');
    rmSync(join(home.home, 'control.sock'));
    await second();
    await sleep(seconds * 1000);
    await second();
    process.kill(home.server.pid, 'SIGCONT');
    const imported = await importing;
    expect([imported.exit, JSON.parse(imported.out.trim())]).toMatchObject([0, { rows: 6_000, accepted: 6_000 }]);
    await load.stop();
    await home.until(200, 20_000);
    await home.catchUp();
    expect(await home.ledger.breaks(home.home)).toEqual([]);
    await home.stop();
    const checked = await runCli(home.home, ['fsck', '--json']);
    expect(checked.exit === 0 ? [] : [checked.out, checked.err]).toEqual([]);
  });
});
