import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, type Imported } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const FILE = realFile('complaints-bank', 'BPI2016_Complaints.csv');

describe('complaints of a bank, in Latin-1 with semicolons', () => {
  needs(FILE !== null, NO_DATA);
  const home = new CliHome('bank');
  let first: Imported;
  beforeAll(async () => {
    if (FILE === null) return;
    await home.start();
    first = await home.import(FILE, 'bank');
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('all rows go in, and once only', async () => {
    expect(first).toMatchObject({ rows: 289, accepted: 289, duplicates: 0, rejected: 0, problems: [] });
    expect(await home.import(FILE!, 'bank')).toMatchObject({ rows: 289, accepted: 0, duplicates: 289, rejected: 0 });
  });

  test('customers and themes are those of the file', async () => {
    expect(await home.ask({ measures: ['voices', 'customers'], by: ['kind'] })).toEqual([
      { kind: 'complaint', voices: 289, customers: 226 },
    ]);
    const themes = await home.ask({ measures: ['voices'], by: ['attr:ComplaintTheme'], limit: 100 });
    expect(themes.reduce((sum, row) => sum + Number(row['voices']), 0)).toBe(289);
  });

  test('no letter was taken for a Chinese one', async () => {
    const topics = await home.ask({ measures: ['voices'], by: ['attr:ComplaintTopic'], limit: 1000 });
    const texts = topics.map((row) => String(row['attr:ComplaintTopic'] ?? ''));
    expect(texts.filter((text) => /\p{Script=Han}|\ufffd/u.test(text))).toEqual([]);
    expect(texts.some((text) => /[\u00c0-\u00ff]/.test(text))).toBe(true);
  });

  test('everything stored keeps its promises', async () => {
    expect(await home.fsck()).toMatchObject({ ok: true, voices: 289 });
  });
});
