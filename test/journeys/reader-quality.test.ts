import { describe, expect, test } from 'vitest';
import { CliHome } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

interface Report {
  readonly tested: number;
  readonly accuracy: number;
  readonly ece: number;
  readonly confident: { readonly rows: number; readonly right: number };
}

/** Accuracy of the best of three scikit-learn pipelines on the same folds, as `npm run bench reader` measures it (bench/RESULTS.md), minus .005. */
const SETS = [
  {
    name: 'citizens’ messages',
    file: realFile('messages-gov', '附件2.xlsx'),
    how: ['--text', '留言详情', '--label', '一级分类', '--folds', '5'],
    tested: 495,
    peers: 0.7495 - 0.005,
  },
  {
    name: 'reviews',
    file: realFile('text-zh', 'waimai_10k.csv'),
    how: ['--text', 'review', '--label', 'label', '--folds', '5'],
    tested: 11_987,
    peers: 0.902 - 0.005,
  },
  {
    name: 'intents',
    file: realFile('intents-banking77', 'train.csv'),
    how: ['--text', 'text', '--label', 'category', '--test', realFile('intents-banking77', 'test.csv') ?? ''],
    tested: 3080,
    peers: 0.9078 - 0.005,
  },
] as const;

describe.each(SETS)('trained on $name', ({ file, how, tested, peers }) => {
  needs(file !== null, NO_DATA);

  test('the reader is as right as scikit-learn, and what it is sure of is right', async () => {
    await using home = new CliHome('reader-quality');
    const report = await home.json<Report>('reader', 'train', file!, ...how, '--json');
    const sure = report.confident.right / report.confident.rows;
    console.log(
      `${file!.split('/').at(-2)}: accuracy ${report.accuracy}, ≥ .8: ${sure.toFixed(3)} of ${report.confident.rows}, ECE ${report.ece}`,
    );
    expect(report.tested).toBe(tested);
    expect(report.accuracy).toBeGreaterThanOrEqual(peers);
    expect(report.confident.rows).toBeGreaterThan(tested / 3);
    expect(sure).toBeGreaterThanOrEqual(0.8);
    expect(report.ece).toBeLessThan(0.1);
  });
});
