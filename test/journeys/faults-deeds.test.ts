import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkArchive } from '../../src/platform/backup/read-archive.client.ts';
import { FaultHome } from '../kit/fault-home.ts';
import { layDownModel, layDownRestoredHome } from '../kit/made-once.ts';
import { type MailServer, mailServer } from '../kit/mail-server.ts';
import { runCli } from '../kit/server-process.ts';
import { tempDir } from '../kit/temp-dir.ts';

const folder = tempDir('deeds');
const clock = join(folder, 'offset');
const home = new FaultHome(join(folder, 'home'), { VOXLOOP_TEST_CLOCK: clock });
let mail: MailServer;
beforeAll(async () => {
  writeFileSync(clock, '0');
  mail = await mailServer();
  await layDownRestoredHome(home.home);
});
afterAll(async () => {
  await home[Symbol.asyncDispose]();
  await mail.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const died = async (): Promise<void> => {
  await home.server.gone;
  expect(home.server.child.signalCode).toBe('SIGKILL');
};

interface Order {
  readonly id: string;
  readonly version: number;
  readonly department: string;
  readonly events: readonly { readonly action: string }[];
}

test('a kill in the middle of a step of an order leaves the order as it was, and the step can be taken', { timeout: 120_000 }, async () => {
  await home.start({ VOXLOOP_FAILPOINT: 'order.action:1' });
  const operator = home.token;
  home.token = (await home.ask('token', 'analyst')).out.trim();
  const draft = {
    title: '光猫红灯',
    where: [{ field: 'category_2', in: ['fixed/broadband'] }],
    department: 'network',
    severity: 'serious',
  };
  const made = await home.call('POST', '/api/orders', draft);
  const { order } = (await made.json()) as { order: Order };
  expect(made.status).toBe(200);
  const redispatch = { action: 'redispatch', version: order.version, department: 'billing' };
  await home.call('POST', `/api/orders/${order.id}/actions`, redispatch).catch(() => undefined);
  await died();

  await home.start();
  const seen = (await (await home.call('GET', `/api/orders/${order.id}`)).json()) as { order: Order };
  expect(seen.order).toMatchObject({ department: 'network', version: order.version });
  expect(seen.order.events.map(({ action }) => action)).toEqual(['create']);
  const again = await home.call('POST', `/api/orders/${order.id}/actions`, redispatch);
  expect((await again.json()) as { order: Order }).toMatchObject({
    order: { department: 'billing', events: [{ action: 'create' }, { action: 'redispatch' }] },
  });
  home.token = operator;
  await home.holds();
  await home.stop();
});

test.each([
  ['before it is sent: it is sent once', 'outbox.send', '890103002', 1],
  ['after it was sent: it is sent again, as the same letter', 'outbox.sent', '890103001', 2],
] as const)('a kill of the program that announces an alarm, %s', { timeout: 180_000 }, async (_name, place, community, times) => {
  mail.letters.length = 0;
  writeFileSync(clock, '0');
  await home.start({ VOXLOOP_FAILPOINT: `${place}:1`, VOXLOOP_SMTP_URL: mail.url });
  await home.outage(community, Date.now() - 60_000);
  await died();
  // What was being sent is left alone for a minute.
  writeFileSync(clock, '65000');
  await home.start({ VOXLOOP_SMTP_URL: mail.url });
  const perLetter = (): number[] => {
    const ids = mail.letters.map((letter) => /^Message-ID: (.*)$/im.exec(letter.raw)?.[1] ?? '');
    return [...Map.groupBy(ids, (id) => id).values()].map((same) => same.length).toSorted((a, b) => b - a);
  };
  await expect.poll(() => perLetter()[0] ?? 0, { timeout: 60_000 }).toBe(times);
  await expect.poll(async () => (await home.liveAlarms()).some(({ entity }) => entity.value === community)).toBe(true);
  await home.holds();
  // Only the letter that the kill fell on may come twice.
  expect(
    perLetter()
      .slice(1)
      .every((count) => count === 1),
  ).toBe(true);
  await home.stop();
});

test(
  'a kill after the copy is written and before it is noted leaves a whole copy, and the next one is made beside it',
  { timeout: 180_000 },
  async () => {
    const [first, second] = [join(folder, 'first.tar'), join(folder, 'second.tar')];
    const cut = await runCli(home.home, ['backup', '--to', first], undefined, { VOXLOOP_FAILPOINT: 'backup.written:1' });
    expect(cut.exit).not.toBe(0);
    const listed = async (): Promise<readonly string[]> =>
      (JSON.parse((await runCli(home.home, ['backups', '--json'])).out) as { state: string }[]).map(({ state }) => state);
    expect((await checkArchive(first)).bytes).toBeGreaterThan(0);
    expect((await listed())[0]).toBe('failed');
    expect((await runCli(home.home, ['backup', '--to', second])).exit).toBe(0);
    expect((await listed()).slice(0, 2)).toEqual(['done', 'failed']);
    expect((await checkArchive(second)).bytes).toBeGreaterThan(0);

    const into = join(folder, 'into');
    await layDownModel(into);
    const half = await runCli(into, ['restore', second], undefined, { VOXLOOP_FAILPOINT: 'restore.loaded:1' });
    expect(half.exit).not.toBe(0);
    const opened = await runCli(into, ['fsck']);
    expect([opened.exit, opened.err]).toEqual([1, expect.stringContaining(`rm -r ${into}`)]);
  },
);
