import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Failpoint } from '../../src/platform/failpoint.client.ts';
import { FaultHome } from '../kit/fault-home.ts';
import { layDownEmptyHome } from '../kit/made-once.ts';
import { tempDir } from '../kit/temp-dir.ts';

/** With VOXLOOP_CRASHES every hit of every place, until the work goes through; without, one of each. */
const EVERY = process.env['VOXLOOP_CRASHES'] !== undefined;
const MOST = 40;
const folder = tempDir('failpoints');
const home = new FaultHome(join(folder, 'home'));
beforeAll(() => layDownEmptyHome(home.home));
afterAll(async () => {
  await home[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

let files = 0;
function rowsFile(rows: number): string {
  const name = `fp${files++}`;
  const path = join(folder, `${name}.csv`);
  const lines = Array.from({ length: rows }, (_, i) => `${name}-${i},2026-03-0${1 + (i % 9)} 10:00:00,投诉,热线,家里宽带又断了第${i}次`);
  writeFileSync(path, `工单编号,受理时间,工单类型,受理渠道,投诉内容\n${lines.join('\n')}\n`);
  return path;
}

/** Customers, and a month of what they used. */
function filesOfCustomers(count: number): { readonly customers: string; readonly usage: string } {
  const name = `cu${files++}`;
  const numbers = Array.from({ length: count }, (_, i) => `${name}-${i}`);
  const [customers, usage] = [join(folder, `${name}.csv`), join(folder, `${name}-usage.csv`)];
  writeFileSync(
    customers,
    `用户编号,客户编号,手机号码,套餐\n${numbers.map((one, i) => `${one},K${one},139${String(10_000_000 + i)},畅享59`).join('\n')}\n`,
  );
  writeFileSync(usage, `用户编号,月份,通话分钟,流量MB\n${numbers.map((one, i) => `${one},2026-02,${i},${i * 10}`).join('\n')}\n`);
  return { customers, usage };
}

/** Pushes and an import, whatever becomes of them. */
async function work(path: string): Promise<void> {
  const load = home.load(2);
  await home.ask('import', path, '--source', 'files', '--json');
  await home.ask('fsck');
  await load.stop();
}

test.each<[Failpoint, number]>([
  ['import.chunk', 2],
  ['import.chunk.committed', 2],
  ['intake.commit', 3],
  ['intake.committed', 3],
  ['read.chunk', 1],
  ['follow.chunk', 2],
  ['follow.mirror', 2],
  ['rules.evaluate', 2],
])('a kill at %s leaves nothing lost and nothing twice', { timeout: EVERY ? 1_800_000 : 120_000 }, async (place, first) => {
  for (let n = first; n <= (EVERY ? MOST : first); n++) {
    const path = rowsFile(2_500);
    await home.start({ VOXLOOP_FAILPOINT: `${place}:${n}` });
    await Promise.race([work(path), home.server.gone]);
    const died = await Promise.race([home.server.gone.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 5_000))]);
    if (died === true) expect(home.server.child.signalCode).toBe('SIGKILL');
    else await home.stop();
    await home.start();
    await home.catchUp();
    const again = await home.ask('import', path, '--source', 'files', '--json');
    const { rows, accepted, duplicates } = JSON.parse(again.out.trim().split('\n').at(-1) ?? '{}') as Record<string, number>;
    expect([rows, (accepted ?? 0) + (duplicates ?? 0)]).toEqual([2_500, 2_500]);
    await home.holds();
    await home.stop();
    if (died !== true) break;
    if (!EVERY) expect(died).toBe(true);
  }
});

test.each<['customers' | 'usage', Failpoint, number]>([
  ['customers', 'import.chunk', 2],
  ['customers', 'import.chunk.committed', 2],
  ['usage', 'import.chunk', 1],
  ['usage', 'import.chunk.committed', 1],
])('a kill of an import of %s at %s leaves nothing lost and nothing twice', { timeout: 120_000 }, async (carries, place, hit) => {
  const rows = 2_500;
  const paths = filesOfCustomers(rows);
  const bring = (as: 'customers' | 'usage') => home.ask('import', paths[as], '--source', `of-${as}`, '--as', as, '--json');
  if (carries === 'usage') {
    await home.start();
    await bring('customers');
    await home.stop();
  }
  await home.start({ VOXLOOP_FAILPOINT: `${place}:${hit}` });
  await Promise.race([bring(carries), home.server.gone]);
  await home.server.gone;
  expect(home.server.child.signalCode).toBe('SIGKILL');
  await home.start();
  await home.catchUp();
  const again = await bring(carries);
  const { rows: read, accepted, duplicates } = JSON.parse(again.out.trim().split('\n').at(-1) ?? '{}') as Record<string, number>;
  expect([read, (accepted ?? 0) + (duplicates ?? 0)]).toEqual([rows, rows]);
  await home.holds();
  await home.stop();
});
