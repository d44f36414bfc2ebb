import { describe, expect, test } from 'vitest';
import { type SeededRandom, seededRandom } from '../../maths/seeded-random.ts';
import { boostedLearner } from './boosted-learner.ts';
import { logisticLearner } from './logistic-learner.ts';
import { type Sheet, SheetBuilder } from './sheet.ts';
import { type TableReport, trainOnTable, type TrainOptions } from './train-table.ts';

const USUAL: TrainOptions = {
  target: 'left',
  positive: null,
  folds: 3,
  seed: 1,
  time: null,
  group: null,
  keepLeaks: false,
  useProtected: false,
  without: [],
  dates: [],
};

const sheetOf = (titles: readonly string[], rows: readonly (readonly (string | null)[])[]): Sheet => {
  const builder = new SheetBuilder();
  builder.add(
    titles,
    rows.map((cells) => ({ cells })),
  );
  return builder.finish();
};

const TITLES = ['customer', 'tenure', 'plan', 'age', 'spend', 'left'];
/** A world in which tenure and plan matter, age matters, spend does not. */
function world(random: SeededRandom, rows: number): (string | null)[][] {
  return Array.from({ length: rows }, (_, i) => {
    const [tenure, plan, age] = [random.int(60), random.pick(['a', 'b', 'c']), 18 + random.int(60)];
    const odds = 1 - 0.06 * tenure + (plan === 'a' ? 1 : 0) + (age > 60 ? 1.2 : 0);
    const left = random.chance(1 / (1 + Math.exp(-odds)));
    return [`c-${i}`, random.chance(0.05) ? null : String(tenure), plan, String(age), random.next().toFixed(3), left ? 'Yes' : 'No'];
  });
}

const learners = [logisticLearner, boostedLearner(1)];
function trained(sheet: Sheet, options: Partial<TrainOptions> = {}, times: Float64Array | null = null): TableReport {
  const found = trainOnTable(sheet, times, { ...USUAL, ...options }, learners);
  if (found.kind === 'problems') throw new Error(found.problems.join('\n'));
  return found.report;
}

describe('the protocol for any table', () => {
  const random = seededRandom(7, 'table');
  const rows = world(random, 1200);
  const report = trained(sheetOf(TITLES, rows));

  test('finds what matters, says how well, and leaves names and protected attributes out', () => {
    expect(report).toMatchObject({ rows: 1200, duplicates: 0, leaks: [], verdict: 'usable', target: 'left = Yes', held_out: 1200 });
    expect(
      report.factors
        .slice(0, 2)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['plan', 'tenure']);
    expect(report.factors.find(({ name }) => name === 'tenure')?.direction).toBe('lowers');
    expect(report.left_out).toEqual([
      { name: 'customer', why: 'identifier' },
      { name: 'age', why: 'protected' },
    ]);
    expect(report.auc_low).toBeLessThan(report.auc);
    expect(report.ece).toBeLessThan(0.06);
    expect(report.calibration_slope_low).toBeLessThan(1);
    expect(report.calibration_slope_high).toBeGreaterThan(1);
  });

  test('what protected attributes would add is told', () => {
    expect(report.protected).toMatchObject({ columns: ['age'], used: false });
    expect(report.protected?.auc_added).toBeGreaterThan(0.005);
  });

  test('the same seed gives the same figures', () => {
    expect(trained(sheetOf(TITLES, rows))).toEqual(report);
  });

  test('a column that tells the target is named and left out, whether it tells always or only where it is given', () => {
    const leaky = rows.map((row) => [...row, row[5] === 'Yes' ? '9' : '1', row[5] === 'Yes' && random.chance(0.4) ? 'price' : null]);
    const found = trained(sheetOf([...TITLES, 'score', 'reason'], leaky));
    expect(found.leaks).toEqual(['score', 'reason']);
    expect(found.leak_reasons.map(({ why }) => why)).toEqual(['alone', 'after']);
    expect(found.auc).toBeCloseTo(report.auc, 1);
    expect(trained(sheetOf([...TITLES, 'score'], leaky), { keepLeaks: true }).auc).toBeGreaterThan(0.99);
  });

  test('copies are counted and do not pretend to be signal', () => {
    const noise = Array.from({ length: 150 }, (_, i) => [random.next().toFixed(4), random.next().toFixed(4), i % 3 === 0 ? 'yes' : 'no']);
    const found = trained(sheetOf(['a', 'b', 'left'], Array.from({ length: 4 }, () => noise).flat()));
    expect(found).toMatchObject({ rows: 600, duplicates: 450, verdict: 'no_signal' });
  });

  test('of forty shuffled targets hardly any is called a signal', () => {
    const called = Array.from({ length: 40 }, (_, i) => {
      const chance = seededRandom(i, 'shuffle');
      const shuffled = rows.slice(0, 400).map((row) => [...row.slice(1, 5), chance.chance(0.3) ? 'Yes' : 'No']);
      return trained(sheetOf(TITLES.slice(1), shuffled), { seed: i, without: ['age'] }).verdict;
    });
    expect(called.filter((verdict) => verdict !== 'no_signal').length).toBeLessThanOrEqual(4);
  });

  test('with a time the last rows are judged by what was known before them', () => {
    const found = trained(
      sheetOf(TITLES, rows),
      { folds: null, time: 'spend' },
      Float64Array.from(rows, (_, i) => i),
    );
    expect(found).toMatchObject({ split: { kind: 'time', column: 'spend' }, held_out: 360 });
  });
});

describe('what is asked', () => {
  const sheet = sheetOf(
    ['score', 'state'],
    Array.from({ length: 60 }, (_, i) => [String(1 + (i % 10)), ['stayed', 'joined', 'left'][i % 3]!]),
  );
  const problems = (options: Partial<TrainOptions>): readonly string[] => {
    const found = trainOnTable(sheet, null, { ...USUAL, ...options }, learners);
    return found.kind === 'problems' ? found.problems : [];
  };

  test('may be a condition or name its value', () => {
    expect(trained(sheet, { target: 'score<=6' })).toMatchObject({ target: 'score <= 6', positives: 36 });
    expect(trained(sheet, { target: 'state=left' })).toMatchObject({ positives: 20 });
    expect(trained(sheet, { target: 'State', positive: 'Left' })).toMatchObject({ positives: 20 });
  });

  test('everything that is unclear is told at once, with the ways out', () => {
    expect(problems({ target: 'scores', time: 'when', without: ['x'] })).toHaveLength(3);
    expect(problems({ target: 'score' }).join(' ')).toContain('--target "score<=');
    expect(problems({ target: 'state=gone' }).join(' ')).toContain('holds in 0 rows');
  });
});
