import { describe, expect, test } from 'vitest';
import { categoryColumn, everyRow, featureTable, numberColumn, takeRows, type FeatureTable } from '../features.ts';
import { seededRandom } from '../seeded-random.ts';
import { rocAuc } from '../roc.ts';
import { CAREFUL, type BoostOptions } from './boost-options.ts';
import { boostedMargins } from './boosted-margins.ts';
import { logLoss } from './held-out.ts';
import { deserialise, serialise } from './serialise-trees.ts';
import { trainBoosted } from './train-boosted.ts';

const QUICK: BoostOptions = { ...CAREFUL, trees: 40, rate: 0.2, bins: 32 };

interface World {
  readonly table: FeatureTable;
  readonly labels: Uint8Array;
  /** The true log odds. */
  readonly truth: Float64Array;
}

/** A number that matters, one that matters where missing, a category with an effect per level, and noise. */
function world(rows: number, seed: number): World {
  const random = seededRandom(seed, 'boosting');
  const [x, y, noise, place] = [[], [], [], []] as unknown as [number[], (number | null)[], number[], string[]];
  const labels = new Uint8Array(rows);
  const truth = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    x.push(random.between(-2, 2));
    y.push(random.chance(0.3) ? null : random.between(0, 1));
    noise.push(random.next());
    place.push(`place ${random.int(12)}`);
    const effect = (Number(place[i]?.slice(6)) * 7) % 12 < 4 ? 1.5 : -0.5;
    truth[i] = (x[i] as number) * ((y[i] as number | null) === null ? 2 : -0.5) + effect;
    labels[i] = random.chance(1 / (1 + Math.exp(-(truth[i] as number)))) ? 1 : 0;
  }
  return {
    table: featureTable([numberColumn('x', x), numberColumn('y', y), numberColumn('noise', noise), categoryColumn('place', place)]),
    labels,
    truth,
  };
}

const { table, labels, truth } = world(6000, 1);
const [learnt, unseen] = [everyRow(6000).subarray(0, 4000), everyRow(6000).subarray(4000)];
const model = trainBoosted(table, labels, QUICK, learnt);
const lossOn = (margins: Float64Array, rows: Uint32Array): number =>
  margins.reduce((sum, margin, i) => sum + logLoss(margin, labels[rows[i] as number] as number), 0) / rows.length;

describe('boosted trees', () => {
  test('find effects of numbers, of missing values and of categories on rows they have not seen', () => {
    const seen = unseen.map((row) => labels[row] as number);
    const best = rocAuc(truth.subarray(4000), seen);
    expect(rocAuc(boostedMargins(model, table, unseen), seen)).toBeGreaterThan(best - 0.02);
    expect(best).toBeGreaterThan(0.8);
  });

  test('come out the same for the same seed', () => {
    const options = { ...QUICK, trees: 5, rowShare: 0.5, columnShare: 0.5 };
    expect(serialise(trainBoosted(table, labels, options, learnt))).toEqual(serialise(trainBoosted(table, labels, options, learnt)));
    expect(serialise(trainBoosted(table, labels, { ...options, seed: 2 }, learnt))).not.toEqual(
      serialise(trainBoosted(table, labels, options, learnt)),
    );
  });

  test('give the same margins for the same rows, whatever order a table keeps its columns, levels and rows in', () => {
    const some = [4100, 4003, 5999];
    const place = table.columns[3];
    if (place?.kind !== 'category') throw new Error('place is a category');
    const texts = [...place.codes].map((code) => place.levels[code] ?? null);
    const turned = takeRows({ rows: 6000, columns: [categoryColumn('place', texts.toReversed()), ...table.columns.slice(0, 3)] }, some);
    const sameTexts = {
      ...turned,
      columns: [
        categoryColumn(
          'place',
          some.map((row) => texts[row] ?? null),
        ),
        ...turned.columns.slice(1),
      ],
    };
    expect([...boostedMargins(model, sameTexts)]).toEqual([...boostedMargins(model, table, Uint32Array.from(some))]);
  });

  test('keep their mean at the share of ones', () => {
    const margins = boostedMargins(model, table, learnt);
    const expected = margins.reduce((sum, margin) => sum + 1 / (1 + Math.exp(-margin)), 0) / learnt.length;
    const ones = learnt.reduce((sum, row) => sum + (labels[row] as number), 0) / learnt.length;
    expect(expected).toBeCloseTo(ones, 2);
  });

  test('stop when held-out rows no longer gain, at the best number of trees', () => {
    const stopped = trainBoosted(table, labels, { ...QUICK, trees: 400, rate: 0.5, depth: 5, stop: { rows: unseen, patience: 5 } });
    expect(stopped.heldOutLoss.length).toBe(stopped.trees.length + 5);
    expect(Math.min(...stopped.heldOutLoss)).toBe(stopped.heldOutLoss[stopped.trees.length - 1]);
    expect(lossOn(boostedMargins(stopped, table, unseen), unseen)).toBeCloseTo(Math.min(...stopped.heldOutLoss), 9);
  });

  test('learn nothing from held-out rows', () => {
    const turned = labels.map((label, row) => (row < 4000 ? label : 1 - label));
    const options = { ...QUICK, trees: 3, stop: { rows: unseen, patience: 9 } };
    const [one, other] = [trainBoosted(table, labels, options), trainBoosted(table, turned, options)];
    const fewer = Math.min(one.trees.length, other.trees.length);
    expect(one.trees.slice(0, fewer)).toEqual(other.trees.slice(0, fewer));
    expect(one.base).toBe(other.base);
  });

  test('give a row the same margin alone as among many', () => {
    const many = boostedMargins(model, table, unseen);
    for (const at of [0, 7, 1023, 1024, 1999]) expect(boostedMargins(model, table, unseen.subarray(at, at + 1))[0]).toBe(many[at]);
  });

  test('survive JSON to the last bit', () => {
    const back = deserialise(JSON.parse(JSON.stringify(serialise(model))) as ReturnType<typeof serialise>);
    expect([...boostedMargins(back, table, unseen)]).toEqual([...boostedMargins(model, table, unseen)]);
  });
});

describe('what training is given', () => {
  test.each([
    ['no columns', featureTable([]), Uint8Array.of()],
    ['one value', featureTable([numberColumn('x', [1, 1, 1])]), Uint8Array.of(0, 1, 1)],
    ['nothing but missing values', featureTable([numberColumn('x', [null, null, null])]), Uint8Array.of(0, 1, 1)],
    ['ones only', featureTable([numberColumn('x', [1, 2, 3])]), Uint8Array.of(1, 1, 1)],
    ['a single row', featureTable([numberColumn('x', [1])]), Uint8Array.of(1)],
    ['infinite values', featureTable([numberColumn('x', [-Infinity, 1, Infinity])]), Uint8Array.of(0, 1, 1)],
  ])('%s: finite margins', (_what, small, truth) => {
    const made = trainBoosted(small, truth, { ...QUICK, trees: 3, minHessian: 0 });
    expect([...boostedMargins(made, small)].every(Number.isFinite)).toBe(true);
  });

  test('options out of range are all named', () => {
    expect(() => trainBoosted(table, labels, { ...QUICK, depth: 0, bins: 300 })).toThrow(
      'depth must lie between 1 and 10, not 0; bins must lie between 2 and 255, not 300.',
    );
  });

  test('columns that a table lacks are all named', () => {
    expect(() => boostedMargins(model, featureTable([numberColumn('x', [1]), numberColumn('place', [1])]))).toThrow(
      'The table lacks columns of the model: y (number), noise (number), place (category).',
    );
  });

  test('a level that training has not seen, and more levels than bins, count as missing', () => {
    const many = featureTable([
      categoryColumn(
        'c',
        Array.from({ length: 900 }, (_, i) => `level ${i < 600 ? i % 3 : i}`),
      ),
    ]);
    const truth = Uint8Array.from({ length: 900 }, (_, i) => (i < 600 ? (i % 3 === 0 ? 1 : 0) : i % 2));
    const made = trainBoosted(many, truth, { ...QUICK, bins: 8 });
    const [known, rare, other] = boostedMargins(made, featureTable([categoryColumn('c', ['level 0', 'level 899', 'never seen'])]));
    expect(known).toBeGreaterThan(1);
    expect(rare).toBe(other);
  });
});
