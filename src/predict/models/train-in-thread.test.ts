import { describe, expect, test } from 'vitest';
import { categoryColumn, everyRow, featureTable, numberColumn } from '../../maths/features.ts';
import { CAREFUL } from '../../maths/gbdt/boost-options.ts';
import { serialise } from '../../maths/gbdt/serialise-trees.ts';
import { trainBoosted } from '../../maths/gbdt/train-boosted.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { trainInThread } from './train-in-thread.client.ts';

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

describe('training in threads', () => {
  test.each([1, 2, 3])('on %i makes the very trees that the calling thread would make', async (threads) => {
    const heard: number[] = [];
    const model = await trainInThread({ table, labels, options, threads, rows }, { onTree: (done) => heard.push(done) });
    expect(serialise(model)).toEqual(serialise(trainBoosted(table, labels, options, rows)));
    expect(heard).toEqual(Array.from({ length: model.heldOutLoss.length }, (_, i) => i + 1));
  });

  test('ends when it is called off', async () => {
    const long = { ...CAREFUL, trees: 100_000 };
    const [calledOff, reason] = [new AbortController(), new Error('enough')];
    const training = trainInThread(
      { table, labels, options: long, threads: 2 },
      { signal: calledOff.signal, onTree: () => calledOff.abort(reason) },
    );
    await expect(training).rejects.toBe(reason);
  });

  test('hands on what is wrong with its options', async () => {
    await expect(trainInThread({ table, labels, options: { ...CAREFUL, depth: 99 }, threads: 2 })).rejects.toThrow(
      'depth must lie between 1 and 10, not 99.',
    );
  });
});
