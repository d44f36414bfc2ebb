import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, type Imported, type RunningServer } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const FILE = realFile('messages-gov', '附件2.xlsx');

describe('citizens’ messages in a sheet that declares 65,203 rows', () => {
  needs(FILE !== null, NO_DATA);
  const home = new CliHome('messages-gov');
  let first: Imported;
  let server: RunningServer;
  beforeAll(async () => {
    if (FILE === null) return;
    server = await home.start();
    first = await home.import(FILE, 'messages');
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('the 495 that are there go in; one number is used for two messages', async () => {
    expect(first).toMatchObject({
      rows: 495,
      accepted: 494,
      duplicates: 0,
      rejected: 1,
      problems: [{ code: 'conflict', count: 1, rows: [311] }],
    });
    expect(await home.count([])).toBe(494);
  });

  test('a second time adds nothing', async () => {
    expect(await home.import(FILE!, 'messages')).toMatchObject({ rows: 495, accepted: 0, duplicates: 494, rejected: 1 });
    expect(await home.count([])).toBe(494);
  });

  test('the label beside the text is kept as what was filed, never taken for what the reader read', async () => {
    const { rows } = await home.json<{ rows: readonly { id: number }[] }>('voices', '[]', '--limit', '100', '--json');
    const filed = new Set<string>();
    for (const { id } of rows) {
      const { voice } = (await server.as('operator', 'GET', `/api/voices/${id}`)).body as {
        voice: { recorded_category: string; category: string | null };
      };
      filed.add(voice.recorded_category);
      expect(voice.category).not.toBe(voice.recorded_category);
    }
    expect(filed.size).toBeLessThanOrEqual(7);
    const others = await home.count([{ field: 'recorded_category', in: [null] }]);
    expect(others).toBe(0);
    expect(await home.count([{ field: 'recorded_category', in: [...filed] }])).toBeGreaterThan(300);
  });

  test('everything stored keeps its promises', async () => {
    expect(await home.fsck()).toMatchObject({ ok: true, voices: 494 });
  });
});
