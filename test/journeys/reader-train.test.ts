import { describe, expect, test } from 'vitest';
import { CliHome } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const GOV = realFile('messages-gov', '附件2.xlsx');
const REVIEWS = realFile('text-zh', 'waimai_10k.csv');
const INTENTS = realFile('intents-banking77', 'train.csv');
const INTENTS_TEST = realFile('intents-banking77', 'test.csv');
const CALLS = realFile('calls-pwc', '01 Call-Center-Dataset.xlsx');

interface Report {
  readonly rows: number;
  readonly tested: number;
  readonly classes: number;
  readonly duplicates: number;
  readonly accuracy: number;
  readonly macro_f1: number;
  readonly ece: number;
  readonly confident: { readonly rows: number; readonly right: number };
  readonly per_class: Readonly<
    Record<string, { readonly rows: number; readonly precision: number; readonly recall: number; readonly f1: number }>
  >;
  readonly majority_share: number;
  readonly seconds: number;
  readonly verdict: string;
}

const train = async (...words: string[]): Promise<Report> => {
  await using home = new CliHome('train');
  const report = await home.json<Report>('reader', 'train', ...words, '--json');
  console.log(
    `reader train ${words[0]?.split('/').slice(-2).join('/')}: accuracy ${report.accuracy}, macro F1 ${report.macro_f1}, ${report.verdict}`,
  );
  for (const key of ['rows', 'classes', 'duplicates', 'accuracy', 'macro_f1', 'majority_share', 'seconds'] as const)
    expect(report[key]).toBeTypeOf('number');
  expect(Object.keys(report.per_class)).toHaveLength(report.classes);
  return report;
};

/** As right as `peers`, the best of three scikit-learn pipelines on the same folds (`npm run bench reader`, bench/RESULTS.md), and right where it is sure. */
function expectQuality({ tested, accuracy, confident, ece }: Report, on: number, peers: number): void {
  const sure = confident.right / confident.rows;
  console.log(`accuracy ${accuracy}, ≥ .8: ${sure.toFixed(3)} of ${confident.rows}, ECE ${ece}`);
  expect(tested).toBe(on);
  expect(accuracy).toBeGreaterThanOrEqual(peers - 0.005);
  expect(confident.rows).toBeGreaterThan(tested / 3);
  expect(sure).toBeGreaterThanOrEqual(0.8);
  expect(ece).toBeLessThan(0.1);
}

describe('training on labelled files of others', () => {
  describe('citizens’ messages', () => {
    needs(GOV !== null, NO_DATA);
    test('seven classes are told apart, as well as scikit-learn does', async () => {
      const report = await train(GOV!, '--text', '留言详情', '--label', '一级分类', '--folds', '5');
      expect(report).toMatchObject({ rows: 495, classes: 7, verdict: 'usable signal' });
      expect(report.accuracy).toBeGreaterThan(report.majority_share + 0.2);
      expectQuality(report, 495, 0.7495);
    });
  });

  describe('reviews', () => {
    needs(REVIEWS !== null, NO_DATA);
    test('a fifth that was not learned from is judged right nearly nine times in ten', async () => {
      const report = await train(REVIEWS!, '--text', 'review', '--label', 'label', '--test-share', '0.2');
      expect(report).toMatchObject({ rows: 11_987, classes: 2, verdict: 'usable signal' });
      expect(report.accuracy).toBeGreaterThan(0.87);
    });
    test('in five folds the reader is as right as scikit-learn', async () => {
      expectQuality(await train(REVIEWS!, '--text', 'review', '--label', 'label', '--folds', '5'), 11_987, 0.902);
    });
  });

  describe('intents', () => {
    needs(INTENTS !== null && INTENTS_TEST !== null, NO_DATA);
    test('77 classes on the split that others use, as well as scikit-learn does', async () => {
      const report = await train(INTENTS!, '--text', 'text', '--label', 'category', '--test', INTENTS_TEST!);
      expect(report).toMatchObject({ rows: 13_083, classes: 77, verdict: 'usable signal' });
      expect(report.accuracy).toBeGreaterThan(0.88);
      expectQuality(report, 3080, 0.9078);
    });
  });

  describe('calls', () => {
    needs(CALLS !== null, NO_DATA);
    test('a column that says nothing about another is found to say nothing', async () => {
      const report = await train(CALLS!, '--text', 'Topic', '--label', 'Resolved', '--folds', '5');
      expect(report).toMatchObject({ rows: 5000, classes: 2, verdict: 'no usable signal' });
    });
  });
});
