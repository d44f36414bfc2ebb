import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverUser } from '../../src/platform/postgres/server-user.client.ts';
import { isAlive } from '../kit/process-dir.ts';
import { CliHome, finished, freePort, type RunningServer } from '../kit/cli.ts';

describe('the first start, and the second', () => {
  // tempDir makes a directory that only its owner may enter, as /root is; the home lies below it.
  const home = new CliHome('first', {}, { fresh: true });
  let server: RunningServer;
  beforeAll(async () => {
    server = await home.start();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('says where it serves and how to sign in, and is ready', async () => {
    console.log(`ready after ${Math.round(server.readyAfterMs)} ms on a machine that had nothing`);
    expect(server.said()).toContain(`is ready`);
    expect(server.said()).toMatch(/operator +operator +http:\/\/127\.0\.0\.1:\d+\/signin\?token=/);
    const ready = await fetch(`${server.address}/readyz`);
    expect({ status: ready.status, body: await ready.json() }).toMatchObject({ status: 200, body: { ready: true } });
    const page = await fetch(`${server.address}/`);
    expect(await page.text()).toContain('<div id="root"');
  });

  test('the home lies below a directory of one person alone, whoever that is', (context) => {
    context.skip(serverUser().kind === 'other-user', 'no user namespaces here, so PostgreSQL runs as somebody who must be let through');
    expect(statSync(dirname(home.home)).mode & 0o777).toBe(0o700);
    expect(statSync(home.home).uid).toBe(process.getuid?.());
    expect(statSync(join(home.home, 'control.sock')).mode & 0o777).toBe(0o600);
  });

  test('the second process on one home is told who holds it, and ends with 3', async () => {
    const second = await finished(home.spawnServer({ VOXLOOP_PORT: String(await freePort()) }));
    expect(second.code).toBe(3);
    expect(second.err).toContain(`process ${server.pid}`);
    expect(second.err).toContain(home.home);
  });

  test('the command line speaks through the server that runs', async () => {
    const asked = await home.json<{ rows: readonly unknown[] }>('ask', '{"measures":["voices"]}', '--json');
    const served = await server.as('operator', 'POST', '/api/ask', { measures: ['voices'] });
    expect(asked.rows).toEqual((served.body as { rows: readonly unknown[] }).rows);
    const nobody = await home.run('ask', '{"measures":["voices"]}', '--as', 'nobody');
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('nobody') as string });
    const wrong = await home.run('ask', '{"measures":["wishes"]}');
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('wishes') as string });
  });

  test('a reader who has read enough is no failure', async () => {
    const script = `"${join(import.meta.dirname, '../../voxloop')}" fsck | true; exit "\${PIPESTATUS[0]}"`;
    const read = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, ...home.env } });
    expect([read.status, read.stderr]).toEqual([0, '']);
  });

  test('a sign-in link works once', async () => {
    const link = new URL((await home.run('signin', 'operator')).out.trim());
    expect(link.origin).toBe(server.address);
    const use = (): Promise<Response> =>
      fetch(`${server.address}/api/session/link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-voxloop': '1' },
        body: JSON.stringify({ token: link.searchParams.get('token') }),
      });
    const first = await use();
    expect(first.status).toBe(200);
    const cookie = first.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    const me = await fetch(`${server.address}/api/me`, { headers: { cookie: cookie.split(';')[0]! } });
    expect(await me.json()).toMatchObject({ member: 'me_operator' });
    expect((await use()).status).toBeGreaterThanOrEqual(400);
  });

  test('told to stop it ends cleanly and leaves nothing running', async () => {
    const postgres = postgresPid(home.home);
    expect(isAlive(postgres)).toBe(true);
    expect(await server.stop()).toBe(0);
    expect(isAlive(server.pid)).toBe(false);
    expect(isAlive(postgres)).toBe(false);
    const alone = await home.run('ask', '{"measures":["voices"]}', '--json');
    expect(alone).toMatchObject({ code: 0, err: '' });
  });

  test('a later start is ready soon', async () => {
    const again = await home.start();
    console.log(`ready after ${Math.round(again.readyAfterMs)} ms at a later start`);
    expect(await again.stop()).toBe(0);
    // Five seconds is the promise on a machine of its own (`npm run bench start`); tests share theirs.
    expect(again.readyAfterMs).toBeLessThan(30_000);
  });

  test('npm start that is told to stop takes everything with it', async () => {
    const whole = await home.start('npm');
    const [postgres, holder] = [postgresPid(home.home), holderPid(home.home)];
    expect(isAlive(holder)).toBe(true);
    expect(await whole.stop()).toBe(0);
    expect([isAlive(whole.pid), isAlive(holder), isAlive(postgres)]).toEqual([false, false, false]);
  });

  test('an ordinary user starts it as well, from a folder of somebody else', async (context) => {
    const nobody = { uid: 65_534, gid: 65_534 };
    const reaches =
      process.getuid?.() === 0 && spawnSync('test', ['-r', join(import.meta.dirname, '../../package.json')], nobody).status === 0;
    context.skip(!reaches, 'the tests already run as an ordinary user, or the project lies where no other user can read it');
    await using theirs = new CliHome('ordinary', {}, { user: nobody });
    const served = await theirs.start();
    expect(statSync(join(theirs.home, 'control.sock')).uid).toBe(nobody.uid);
    expect(await served.stop()).toBe(0);
  });

  test('settings that cannot be used are all named before anything is made', async () => {
    const place = join(home.dir, 'never');
    const ran = await finished(home.spawnServer({ VOXLOOP_HOME: place, VOXLOOP_PORT: 'many', VOXLOOP_SAMPLE: 'moon' }));
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('VOXLOOP_PORT');
    expect(ran.err).toContain('VOXLOOP_SAMPLE');
    expect(existsSync(place)).toBe(false);
  });
});

function postgresPid(home: string): number {
  const file = join(home, 'postgres', 'data', 'postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n')[0]);
}

function holderPid(home: string): number {
  return (JSON.parse(readFileSync(join(home, 'holder.json'), 'utf8')) as { pid: number }).pid;
}
