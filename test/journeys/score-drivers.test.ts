import { describe, expect, test } from 'vitest';
import { readInWorker } from '../../src/ingest/files/read-in-worker.client.ts';
import { SheetBuilder } from '../../src/predict/models/sheet.ts';
import { scoreDrivers } from '../../src/predict/satisfaction/score-drivers.client.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const survey = realFile('csat-beijing-mobile', '附件1语音业务用户满意度数据.xlsx');
const calls = realFile('calls-pwc', '01 Call-Center-Dataset.xlsx');

async function driversIn(path: string | null, score: string, leaveOut: readonly string[] = []) {
  const builder = new SheetBuilder();
  for await (const batch of readInWorker(path ?? '', {})) builder.add(batch.columns, batch.records);
  const options = { score, leaveOut, basics: [], rules: [], low: null, seed: 1, dates: [] };
  const found = await scoreDrivers(builder.finish(), options);
  if (found.kind === 'problems') throw new Error(found.problems.join('\n'));
  return found.found;
}

describe('drivers of satisfaction in real surveys', () => {
  needs(survey !== null && calls !== null, NO_DATA);

  test('an operator’s survey: low scores are foretold without the three other scores, which leak', async () => {
    const found = await driversIn(survey, '语音通话整体满意度');
    expect(found).toMatchObject({ rows: 5433, answered: 5433, low_at_most: 6, verdict: 'usable' });
    expect(found.mean).toBeCloseTo(8.68, 2);
    expect(found.auc).toBeGreaterThan(0.83);
    expect(found.auc).toBeLessThan(0.86);
    expect(found.auc_with_leaks).toBeGreaterThan(0.97);
    expect(found.leaks).toHaveLength(3);
    expect(found.warnings.map((warning) => warning.code)).toEqual(expect.arrayContaining(['ratings-leak', 'halo']));
    expect(found.drivers[0]).toMatchObject({ name: '手机没有信号', unit: 'yes' });
    expect(found.drivers[0]!.effect_high).toBeLessThan(0);
  }, 600_000);

  test('a call centre’s sheet carries no usable signal, and says so', async () => {
    const found = await driversIn(calls, 'Satisfaction rating');
    expect(found).toMatchObject({ answered: 4054, verdict: 'no_signal' });
    expect(found.warnings.map((warning) => warning.code)).toContain('no-signal');
  });
});
