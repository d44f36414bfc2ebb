import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, type RunningServer } from '../kit/cli.ts';

const ROWS = 12_000;

interface Batch {
  readonly state: string;
  readonly version: number;
  readonly undo: { readonly rows: number; readonly gone: number } | null;
}

describe('an import that is taken back while the power goes', () => {
  const home = new CliHome('undo');
  let server: RunningServer;
  let path = '';
  beforeAll(async () => {
    server = await home.start();
    path = join(home.dir, 'many.csv');
    const line = (i: number): string => `U${i},2026-03-0${1 + (i % 9)} 10:00,投诉,热线,宽带断网第${i}次`;
    writeFileSync(path, `工单号,受理时间,类型,渠道,内容\n${Array.from({ length: ROWS }, (_, i) => line(i)).join('\n')}\n`);
  });
  afterAll(() => home[Symbol.asyncDispose]());

  const batchOf = async (id: string): Promise<Batch> =>
    ((await server.as('operator', 'GET', `/api/imports/${id}`)).body as { batch: Batch }).batch;

  test('is taken back whole after the restart, once, and comes in again', async () => {
    const { batch } = await home.import(path, 'undo');
    const { version } = await batchOf(batch);
    const asked = await server.as('operator', 'POST', `/api/imports/${batch}/undo`, { version, reason: '传错了文件' });
    expect(asked.status).toBe(200);
    let gone = 0;
    while (gone === 0) gone = (await batchOf(batch)).undo?.gone ?? 0;
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    server = await home.start();
    const deadline = Date.now() + 120_000;
    let found = await batchOf(batch);
    while (found.state !== 'undone' && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      found = await batchOf(batch);
    }
    expect(found).toMatchObject({ state: 'undone', undo: { rows: ROWS, gone: ROWS } });
    expect(gone).toBeLessThan(ROWS);
    const { count } = await home.json<{ count: number }>('voices', '[]', '--limit', '0', '--json');
    expect(count).toBe(0);
    expect(await home.fsck()).toMatchObject({ ok: true, voices: 0 });
    expect(await home.import(path, 'undo')).toMatchObject({ accepted: ROWS, duplicates: 0, rejected: 0 });
    expect(await home.fsck()).toMatchObject({ ok: true, voices: ROWS });
  });
});
