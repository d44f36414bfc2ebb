import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, type Imported } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const LABELLED = realFile('csat-beijing-mobile', '附件1语音业务用户满意度数据.xlsx');
const UNLABELLED = realFile('csat-beijing-mobile', '附件3语音业务用户满意度预测数据.xlsx');

describe('a satisfaction survey of 55 columns', () => {
  needs(LABELLED !== null && UNLABELLED !== null, NO_DATA);
  const home = new CliHome('csat');
  let first: Imported;
  beforeAll(async () => {
    if (LABELLED === null) return;
    await home.start();
    first = await home.import(LABELLED, 'voice-survey');
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('all rows go in, and once only; that nobody wrote down when is said', async () => {
    expect(first).toMatchObject({
      rows: 5433,
      accepted: 5433,
      duplicates: 0,
      rejected: 0,
      problems: [{ code: 'date-assumed', count: 5433 }],
    });
    expect(await home.import(LABELLED!, 'voice-survey')).toMatchObject({ rows: 5433, accepted: 0, duplicates: 5433, rejected: 0 });
  });

  test('of four scores the overall one was taken for the score', async () => {
    const [row] = await home.ask({ measures: ['voices', 'mean_score'], by: ['kind', 'channel'] });
    expect(row).toMatchObject({ kind: 'survey', channel: 'survey', voices: 5433 });
    expect(Number(row?.['mean_score'])).toBeCloseTo(8.68, 2);
  });

  test('columns without a field can be analysed', async () => {
    const rows = await home.ask({ measures: ['voices', 'mean_score'], by: ['attr:是否遇到过网络问题'] });
    expect(rows.reduce((sum, row) => sum + Number(row['voices']), 0)).toBe(5433);
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });

  test('the sheet that came later has no scores: who wrote nothing either is refused by name, the others go in', async () => {
    const later = await home.import(UNLABELLED!, 'later-survey');
    expect(later).toMatchObject({ rows: 2599, duplicates: 0 });
    expect(later.accepted).toBeGreaterThan(100);
    const refused = later.problems.filter(({ code }) => code !== 'date-assumed');
    expect(refused).toMatchObject([{ code: 'text-missing', count: 2599 - later.accepted }]);
    expect(later.rejected).toBe(2599 - later.accepted);
  });

  test('everything stored keeps its promises', async () => {
    expect(await home.fsck()).toMatchObject({ ok: true });
  });
});
