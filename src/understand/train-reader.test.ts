import { describe, expect, it } from 'vitest';
import { wholeNumbers } from '../maths/shuffle.ts';
import { trainReader, type LabelledText } from './index.ts';

const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  网络: ['宽带', '信号', '网速', '光猫', '上网'],
  费用: ['话费', '账单', '扣费', '套餐', '流量费'],
  服务: ['客服', '营业员', '师傅', '热线', '态度'],
};
const ENDS = ['不行', '太差了', '请处理', '怎么回事', '要投诉', '没人管'];

function sayings(count: number, shuffledLabels: boolean): readonly LabelledText[] {
  const next = wholeNumbers(11);
  const pick = <T>(list: readonly T[]): T => list[next() % list.length] as T;
  const labels = Object.keys(SUBJECTS);
  return Array.from({ length: count }, () => {
    const label = pick(labels);
    const text = `${pick(SUBJECTS[label] ?? [])}${pick(ENDS)}${pick(['', '，', '！'])}${next() % 1000}`;
    return { text, label: shuffledLabels ? pick(labels) : label };
  });
}

let now = 0;
const nowMs = (): number => (now += 500);

describe('trainReader', () => {
  it('learns what can be learned and says so', () => {
    const { report, model } = trainReader(sayings(300, false), { seed: 1, nowMs, folds: 5 });
    expect(report).toMatchObject({ rows: 300, tested: 300, classes: 3, seconds: 0.5, verdict: 'usable signal' });
    expect(report.accuracy).toBeGreaterThan(0.95);
    expect(report.macro_f1).toBeGreaterThan(0.95);
    expect(model.labels).toEqual(['服务', '网络', '费用'].sort());
  });

  it('says when labels carry no signal', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(trainReader(sayings(300, true), { seed, nowMs }).report.verdict).toBe('no usable signal');
    }
  });

  it('cannot be fooled by repeated rows: equal texts never stand on both sides', () => {
    const noise = sayings(60, true);
    const { report } = trainReader([...noise, ...noise, ...noise], { seed: 1, nowMs, folds: 5 });
    expect(report.duplicates).toBeGreaterThanOrEqual(120);
    expect(report.verdict).toBe('no usable signal');
  });

  it('gives the same figures for the same seed', () => {
    const rows = sayings(200, false);
    const [a, b] = [trainReader(rows, { seed: 4, nowMs }), trainReader(rows, { seed: 4, nowMs })];
    expect({ ...a.report, seconds: 0 }).toEqual({ ...b.report, seconds: 0 });
    expect(a.model).toEqual(b.model);
  });

  it('measures on the given test rows only, and leaves out rows without text or label', () => {
    const rows = [...sayings(200, false), { text: ' ', label: '网络' }, { text: '空', label: '' }];
    const { report } = trainReader(rows, {
      seed: 1,
      nowMs,
      test: [
        { text: '宽带不行', label: '网络' },
        { text: '??', label: '没见过' },
      ],
    });
    expect(report).toMatchObject({ rows: 202, tested: 2, classes: 4, accuracy: 0.5 });
  });

  it('measures on given test rows without the training rows that say the same', () => {
    const test = sayings(60, true);
    const { report, model } = trainReader([...sayings(200, true), ...test, ...test], { seed: 1, nowMs, test });
    expect(report.in_test).toBeGreaterThanOrEqual(120);
    expect(report.verdict).toBe('no usable signal');
    expect(model.rows).toBe(320);
    // Nothing is left to learn from.
    expect(trainReader(test, { seed: 1, nowMs, test }).report).toMatchObject({ in_test: 60, tested: 60, verdict: 'no usable signal' });
  });

  it.each([0, 1, 2, 3, 5])('survives %s rows', (count) => {
    const { report } = trainReader(sayings(count, false), { seed: 1, nowMs, folds: 5 });
    expect(report.rows).toBe(count);
    expect(Number.isFinite(report.accuracy) && Number.isFinite(report.log_loss)).toBe(true);
  });
});
