import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawAt, saltOf } from './seeded-draws.ts';
import { histogramAt, histogramOf, openArena, planArena, type Arena } from './arena.ts';

const STARTS = Int32Array.of(0, 4, 7, 260);
const WIDTH = 3;

/** Rows of three columns with 4, 3 and 253 bins, and gradients of either sign. */
const someRows = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(252), fc.nat(1_000_000), fc.integer({ min: -1_000_000, max: 1_000_000 })), {
  minLength: 1,
  maxLength: 200,
});

function arenaOf(rows: readonly (readonly number[])[]): Arena {
  const arena = openArena(planArena(rows.length, STARTS, 2, 1));
  for (const [i, row] of rows.entries()) {
    arena.byRow.set(row.slice(0, WIDTH), WIDTH * i);
    arena.gradients.set(row.slice(WIDTH), 2 * i);
    arena.order[i] = i;
    for (let column = 0; column < WIDTH; column++) arena.bins[column * rows.length + i] = row[column] as number;
  }
  return arena;
}

describe('the inner loops of boosting', () => {
  test('add up hessians and gradients per column and bin, of just the rows listed', () => {
    fc.assert(
      fc.property(someRows, fc.nat(200), fc.nat(200), (rows, a, b) => {
        const [from, before] = [Math.min(a, b, rows.length), Math.min(Math.max(a, b), rows.length)];
        const arena = arenaOf(rows);
        const { at } = arena.plan;
        arena.kernels.histogram(at.order + 4 * from, at.order + 4 * before, at.byRow, at.gradients, histogramAt(arena.plan, 0, 1, 1));
        const expected = new Int32Array(2 * 260);
        for (const row of rows.slice(from, before)) {
          for (let column = 0; column < WIDTH; column++) {
            const place = 2 * ((STARTS[column] as number) + (row[column] as number));
            expected[place] = (expected[place] as number) + (row[WIDTH] as number);
            expected[place + 1] = (expected[place + 1] as number) + (row[WIDTH + 1] as number);
          }
        }
        expect(histogramOf(arena, 0, 1, 1)).toEqual(expected);
        expect(histogramOf(arena, 0, 1, 0).every((sum) => sum === 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('part a list in two, each side in its former order', () => {
    fc.assert(
      fc.property(someRows, fc.nat(252), (rows, limit) => {
        const arena = arenaOf(rows);
        const { at } = arena.plan;
        for (let bin = 0; bin < 256; bin++) arena.steps[bin] = bin <= limit ? 4 : 0;
        const end = arena.kernels.part(at.order, at.order + 4 * rows.length, at.spare, at.bins + 2 * rows.length, at.steps);
        const goes = (wanted: boolean): number[] => rows.flatMap((row, i) => ((row[2] as number) <= limit === wanted ? [i] : []));
        const left = (end - at.order) / 4;
        expect([...arena.order.subarray(0, left)]).toEqual(goes(true));
        expect([...arena.spare.subarray(0, rows.length - left)]).toEqual(goes(false));
      }),
      { numRuns: 40 },
    );
  });

  test('turn log odds into whole gradients and hessians, rounded by chance as the same draw says in JavaScript', () => {
    const odds = fc.array(fc.tuple(fc.double({ min: -800, max: 800, noNaN: true }), fc.integer({ min: 0, max: 1 })), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(odds, fc.integer({ min: 1, max: 1000 }), fc.constantFrom(100, 2147, 2 ** 20), (rows, tree, steps) => {
        const arena = openArena(planArena(rows.length, STARTS, 2, 1));
        arena.margins.set(rows.map(([margin]) => margin));
        arena.labels.set(rows.map(([, label]) => label));
        const { margins, labels, gradients } = arena.plan.at;
        arena.kernels.gradients(margins, margins + 8 * rows.length, labels, gradients, 0, saltOf(1, tree), steps);
        for (const [i, [margin, label]] of rows.entries()) {
          const p = 1 / (1 + Math.exp(-Math.max(-700, Math.min(700, margin))));
          const chance = drawAt(1, tree, i);
          const [hessian, gradient] = [4 * steps * p * (1 - p) + chance, (p - label) * steps + chance];
          // Where the last digit decides, either side is right.
          expect(Math.abs((arena.gradients[2 * i] as number) + 0.5 - hessian)).toBeLessThan(0.5 + 1e-5);
          expect(Math.abs((arena.gradients[2 * i + 1] as number) + 0.5 - gradient)).toBeLessThan(0.5 + 1e-5);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('are refused more memory than 32-bit addresses reach, with what to do', () => {
    expect(() => planArena(60_000_000, STARTS, 6, 2)).not.toThrow();
    expect(() => planArena(200_000_000, STARTS, 6, 2)).toThrow('200000000 rows of 3 columns need 6 GiB to learn from; 4 is the most.');
  });
});
