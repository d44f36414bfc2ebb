import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { FaultHome } from '../kit/fault-home.ts';
import { layDownRestoredHome } from '../kit/made-once.ts';
import { tempDir } from '../kit/temp-dir.ts';

const folder = tempDir('faults-clock');
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const COMMUNITIES = ['890103002', '890103001'] as const;
test(
  'a clock two hours ahead ends no alarm, one three hours back stops no rule; set right, none is missing or twice',
  { timeout: 240_000 },
  async () => {
    const clock = join(folder, 'offset');
    writeFileSync(clock, '0');
    await using home = new FaultHome(join(folder, 'home'), { VOXLOOP_TEST_CLOCK: clock });
    await layDownRestoredHome(home.home);
    await home.start();
    await home.outage(COMMUNITIES[0], Date.now() - 60_000);
    await expect.poll(async () => (await home.liveAlarms()).map(({ state }) => state), { timeout: 30_000 }).toEqual(['firing']);

    writeFileSync(clock, String(2 * 3_600_000));
    await sleep(8_000);
    // The timers looked three times, saw that the clock had jumped, and left the alarm as it was.
    expect((await home.liveAlarms()).map(({ state }) => state)).toEqual(['firing']);
    expect((await home.ready()).status).toBe(200);
    writeFileSync(clock, '0');
    await sleep(3_000);
    expect((await home.liveAlarms()).map(({ state }) => state)).toEqual(['firing']);
    await home.holds();

    writeFileSync(clock, String(-3 * 3_600_000));
    await sleep(1_000);
    await home.outage(COMMUNITIES[1], Date.now() - 3 * 3_600_000 - 60_000);
    // Waiting until the clock is again where it was would take three hours.
    await expect.poll(async () => (await home.liveAlarms()).length, { timeout: 40_000 }).toBe(2);
    expect((await home.ready()).status).toBe(200);
    writeFileSync(clock, '0');
    await sleep(3_000);
    await home.holds();
    const all = await home.liveAlarms();
    expect(new Set(all.map(({ entity, began_at }) => `${entity.value} ${began_at}`)).size).toBe(all.length);

    // Restarted under a clock that is wrong from the first moment, and again under one that is right.
    await home.stop();
    writeFileSync(clock, String(-3 * 3_600_000));
    await home.start();
    expect(await home.push()).toBe(true);
    expect((await home.ask('fsck')).exit).toBe(0);
    await home.stop();
    writeFileSync(clock, '0');
    await home.start();
    await home.holds();
    expect(home.isAlive()).toBe(true);
  },
);
