import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryColumn, featureTable, numberColumn } from './features.ts';
import { logisticEffects, logisticMargins, trainLogistic, type LogisticModel } from './logistic.ts';
import { seededRandom } from './seeded-random.ts';

function world(rows: number, seed: number): { table: ReturnType<typeof featureTable>; labels: Uint8Array } {
  const random = seededRandom(seed, 'logistic');
  const x = Array.from({ length: rows }, () => random.between(10, 30));
  const y = Array.from({ length: rows }, () => (random.chance(0.2) ? null : random.between(-1, 1)));
  const c = Array.from({ length: rows }, () => random.pick(['red', 'red', 'green', 'blue']));
  const labels = Uint8Array.from(x, (value, i) => {
    const margin = -4 + 0.2 * value + (y[i] === null ? 1 : 0.5 * (y[i] ?? 0)) + (c[i] === 'blue' ? -1 : 0);
    return random.chance(1 / (1 + Math.exp(-margin))) ? 1 : 0;
  });
  return {
    table: featureTable([
      numberColumn('x', x),
      numberColumn('y', y),
      categoryColumn('c', c),
      numberColumn(
        'same',
        x.map(() => 3),
      ),
    ]),
    labels,
  };
}

const termOf = (model: LogisticModel, name: string): LogisticModel['terms'][number] =>
  model.terms.find((term) => `${term.column} ${term.kind === 'level' ? term.level : term.kind}` === name) as LogisticModel['terms'][number];

describe('logistic regression', () => {
  const { table, labels } = world(20_000, 3);
  const model = trainLogistic(table, labels, { lambda: 0.01 });

  test.each([
    ['x number', 0.2 * Math.sqrt(400 / 12)],
    ['y number', 0.5 * Math.sqrt(4 / 12)],
    ['y missing', 1],
    ['c blue', -1],
    ['c green', 0],
  ])('finds the true coefficient of %s within three standard errors', (name, truth) => {
    const { coefficient, error } = termOf(model, name);
    expect(Math.abs(coefficient - truth)).toBeLessThan(3 * error);
    expect(error).toBeLessThan(0.06);
  });

  test('converges in a few steps, to where the penalised gradient is nil', () => {
    expect(model.converged).toBe(true);
    expect(model.iterations).toBeLessThan(10);
    const residuals = logisticMargins(model, table).map((margin, i) => 1 / (1 + Math.exp(-margin)) - (labels[i] as number));
    expect(residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 3);
  });

  test('gives a column that never varies no term', () => {
    expect(model.terms.some((term) => term.column === 'same')).toBe(false);
  });

  test('its effects and base add up to the margin', () => {
    const margins = logisticMargins(model, table);
    fc.assert(
      fc.property(fc.nat(table.rows - 1), (row) => {
        const { base, effects } = logisticEffects(model, table, row);
        expect([...effects.values()].reduce((sum, effect) => sum + effect, base)).toBeCloseTo(margins[row] as number, 9);
      }),
    );
  });

  test('has coefficients like their textbook value in a table of two by two', () => {
    const group = Array.from({ length: 400 }, (_, i) => (i < 250 ? 'a' : 'b'));
    const outcome = Uint8Array.from(group, (g, i) => (g === 'a' ? (i < 50 ? 1 : 0) : i < 310 ? 1 : 0));
    const { coefficient, error } = termOf(trainLogistic(featureTable([categoryColumn('g', group)]), outcome, { lambda: 1e-6 }), 'g b');
    expect(coefficient).toBeCloseTo(Math.log(60 / 90 / (50 / 200)), 5);
    expect(error).toBeCloseTo(Math.sqrt(1 / 60 + 1 / 90 + 1 / 50 + 1 / 200), 4);
  });

  test('has an answer where one value tells all, where columns repeat, and where there is one label only', () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    const twice = featureTable([numberColumn('x', x), numberColumn('again', x)]);
    for (const outcome of [Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1), new Uint8Array(8), new Uint8Array(8).fill(1)]) {
      const made = trainLogistic(twice, outcome, { lambda: 1 });
      expect(made.converged).toBe(true);
      expect(logisticMargins(made, twice).every(Number.isFinite)).toBe(true);
    }
  });

  test('says which columns a table lacks', () => {
    expect(() => logisticMargins(model, featureTable([numberColumn('c', [1])]))).toThrow('The table lacks columns of the model: x, y, c.');
  });
});
