import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, type Imported, type RunningServer } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const FILE = realFile('dialogs-10086', 'example.json');

interface Detail {
  readonly voice: {
    readonly text: string;
    readonly channel: string;
    readonly turns: readonly { readonly speaker: string; readonly text: string }[];
  };
}

describe('transcripts of hotline calls', () => {
  needs(FILE !== null, NO_DATA);
  const home = new CliHome('dialogs');
  let first: Imported;
  let server: RunningServer;
  beforeAll(async () => {
    if (FILE === null) return;
    server = await home.start();
    first = await home.import(FILE, 'calls');
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('one voice for each call, and once only', async () => {
    expect(first).toMatchObject({ rows: 10, accepted: 10, duplicates: 0, rejected: 0 });
    expect(await home.import(FILE!, 'calls')).toMatchObject({ rows: 10, accepted: 0, duplicates: 10, rejected: 0 });
    expect(await home.ask({ measures: ['voices'], by: ['channel'] })).toEqual([{ channel: 'hotline', voices: 10 }]);
  });

  test('turns are kept, and what is read is what the customer said', async () => {
    const { rows } = await home.json<{ rows: readonly { id: number }[] }>('voices', '[]', '--limit', '20', '--json');
    expect(rows).toHaveLength(10);
    for (const { id } of rows) {
      const { voice } = (await server.as('operator', 'GET', `/api/voices/${id}`)).body as Detail;
      const of = (speaker: string): readonly string[] => voice.turns.filter((turn) => turn.speaker === speaker).map((turn) => turn.text);
      expect(of('agent').length).toBeGreaterThan(3);
      expect(of('customer').length).toBeGreaterThan(3);
      expect(voice.text).toBe(of('customer').join('\n'));
      // Agents say 您 all the time, callers hardly ever.
      const polite = (texts: readonly string[]): number => texts.filter((text) => text.includes('您')).length / texts.length;
      expect(polite(of('agent'))).toBeGreaterThan(polite(of('customer')));
    }
  });

  test('everything stored keeps its promises', async () => {
    expect(await home.fsck()).toMatchObject({ ok: true, voices: 10 });
  });
});
