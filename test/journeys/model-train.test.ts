import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/app/run-command.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { TableReport } from '../../src/predict/models/train-table.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const CHURN = realFile('churn-telco-ibm', 'wa_churn.modeldata.csv');
const STATUS = realFile('churn-telco-ibm', 'Telco_customer_churn_status.xlsx');
const SURVEY = realFile('csat-beijing-mobile', '附件1语音业务用户满意度数据.xlsx');
const CALLS = realFile('calls-pwc', '01 Call-Center-Dataset.xlsx');

async function trained(file: string, ...words: readonly string[]): Promise<TableReport> {
  const said: string[] = [];
  const argv = ['model', 'train', '--from', file, '--json', ...words];
  const code = await runCommand(readConfig({}), { argv, cwd: process.cwd() }, ({ out }) => out !== undefined && said.push(out));
  expect(code).toBe(0);
  return JSON.parse(said.join('\n')) as TableReport;
}

describe('training on tables that nobody made for us', () => {
  needs(CHURN !== null && STATUS !== null && SURVEY !== null && CALLS !== null, NO_DATA);

  test('customers who left: as good as the best known, calibrated, copies counted', { timeout: 240_000 }, async () => {
    const report = await trained(CHURN!, '--target', 'churn');
    expect(report).toMatchObject({ rows: 7043, duplicates: 22, leaks: [], verdict: 'usable', positives: 1869 });
    expect(report.auc).toBeGreaterThan(0.8445);
    expect(report.ece).toBeLessThanOrEqual(0.03);
  });

  test('columns written after the event are named', { timeout: 120_000 }, async () => {
    const { leaks } = await trained(STATUS!, '--target', 'Churn Label');
    expect(leaks).toEqual(expect.arrayContaining(['Satisfaction Score', 'Churn Score', 'Churn Category', 'Churn Reason']));
  });

  test('an unhappy score is foretold without the three scores that stand beside it', { timeout: 240_000 }, async () => {
    const report = await trained(SURVEY!, '--target', '语音通话整体满意度<=6', '--folds', '3');
    expect(report.leaks).toHaveLength(3);
    expect(report).toMatchObject({ rows: 5433, positives: 731, verdict: 'usable' });
    expect(report.auc).toBeGreaterThan(0.82);
  });

  test('calls that carry no signal are said to carry none', { timeout: 120_000 }, async () => {
    for (const target of ['Satisfaction rating<=3', 'Resolved'])
      expect((await trained(CALLS!, '--target', target)).verdict).toBe('no_signal');
  });
});
