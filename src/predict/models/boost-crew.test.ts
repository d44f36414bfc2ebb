import { describe, expect, test } from 'vitest';
import { categoryColumn, everyRow, featureTable, numberColumn } from '../../maths/features.ts';
import { CAREFUL } from '../../maths/gbdt/boost-options.ts';
import { serialise } from '../../maths/gbdt/serialise-trees.ts';
import { trainBoosted } from '../../maths/gbdt/train-boosted.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { trainWithHelpers } from './boost-crew.client.ts';

const random = seededRandom(11, 'threads');
const x = Array.from({ length: 3000 }, () => (random.chance(0.1) ? null : random.between(0, 1)));
const y = x.map(() => random.between(0, 1));
const place = x.map(() => random.pick(['north', 'south', 'east', 'west']));
const labels = Uint8Array.from(x, (value, i) =>
  random.chance(((value ?? 0.9) + (y[i] as number) + (place[i] === 'east' ? 0.5 : 0)) / 3) ? 1 : 0,
);
const table = featureTable([numberColumn('x', x), numberColumn('y', y), categoryColumn('place', place)]);
const rows = everyRow(3000);
const options = { ...CAREFUL, trees: 30, depth: 4, rowShare: 0.8, stop: { rows: rows.subarray(2500), patience: 10 } };

describe('training with helpers', () => {
  test.each([1, 2, 3])('on %i threads makes the very trees that the calling thread would make', (threads) => {
    const heard: number[] = [];
    const model = trainWithHelpers(table, labels, options, { threads, rows, onTree: (done) => void heard.push(done) });
    expect(serialise(model)).toEqual(serialise(trainBoosted(table, labels, options, rows)));
    expect(heard).toEqual(Array.from({ length: model.heldOutLoss.length }, (_, i) => i + 1));
  });

  test('ends with the trees so far when it is called off', () => {
    const called = trainWithHelpers(table, labels, { ...CAREFUL, trees: 100_000 }, { threads: 2, onTree: (done) => done < 3 });
    expect(serialise(called)).toEqual(serialise(trainBoosted(table, labels, { ...CAREFUL, trees: 3 }, everyRow(3000))));
  });

  test('says what is wrong with its options', () => {
    expect(() => trainWithHelpers(table, labels, { ...CAREFUL, depth: 99 }, { threads: 2 })).toThrow(
      'depth must lie between 1 and 10, not 99.',
    );
  });
});
