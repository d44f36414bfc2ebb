import { describe, expect, it } from 'vitest';
import { fitSharpness, softmax } from './calibration.ts';
import { classificationScore, signalOf } from './classification.ts';
import { groupsOf, stratifiedFolds } from './folds.ts';
import { fitOneVsRest } from './linear-svm.ts';
import { wholeNumbers } from './shuffle.ts';

it('accuracy and macro-F1 match a table worked by hand', () => {
  const score = classificationScore([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 0], 3);
  expect(score.accuracy).toBeCloseTo(4 / 6);
  expect(score.perClass.map((c) => c.f1)).toEqual([2 / 3, 0.8, 0]);
  expect(score.macroF1).toBeCloseTo((2 / 3 + 0.8) / 3);
});

it('a constant gain of nothing is no signal, a steady one is', () => {
  const ids = Array.from({ length: 100 }, (_, i) => i);
  expect(
    signalOf(
      ids.map((i) => (i % 2 === 0 ? 0.1 : -0.1)),
      ids,
    ).usable,
  ).toBe(false);
  expect(
    signalOf(
      ids.map((i) => 0.1 + (i % 5) / 100),
      ids,
    ).usable,
  ).toBe(true);
  expect(signalOf([], []).usable).toBe(false);
});

describe('stratifiedFolds', () => {
  const texts = Array.from({ length: 300 }, (_, i) => `t${i % 140}`);
  const labels = texts.map((_, i) => (i % 140) % 3);
  const groups = groupsOf(texts);
  const fold = stratifiedFolds(labels, groups, 5, 7);

  it('keeps equal texts in one fold', () => {
    const of = new Map<number, number>();
    groups.forEach((g, i) => {
      expect(of.get(g) ?? fold[i]).toBe(fold[i]);
      of.set(g, fold[i] ?? 0);
    });
  });

  it('spreads every class over all folds', () => {
    for (const label of [0, 1, 2]) {
      const counts = [0, 1, 2, 3, 4].map((f) => labels.filter((l, i) => l === label && fold[i] === f).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
    }
  });

  it('gives the same folds for the same seed only', () => {
    expect(stratifiedFolds(labels, groups, 5, 7)).toEqual(fold);
    expect(stratifiedFolds(labels, groups, 5, 8)).not.toEqual(fold);
  });
});

it('the machine separates what can be separated, and the sharpness finds the true one', () => {
  const next = wholeNumbers(5);
  const rows = 400;
  const labels = new Int32Array(rows);
  const starts = new Int32Array(rows + 1);
  const indices = new Int32Array(rows * 2);
  const values = new Float32Array(rows * 2).fill(0.7);
  for (let i = 0; i < rows; i++) {
    const cls = next() % 4;
    labels[i] = cls;
    indices.set([cls, 4 + (next() % 6)], i * 2);
    starts[i + 1] = i * 2 + 2;
  }
  const x = { rows, columns: 10, starts, indices, values };
  const fitted = fitOneVsRest(x, labels, 4, { cost: 1, tolerance: 0.01, maxPasses: 200, seed: 1 });
  const guess = Array.from(labels, (_, i) => {
    const scores = [0, 1, 2, 3].map(
      (c) => (fitted.bias[c] ?? 0) + [0, 1].reduce((s, k) => s + 0.7 * (fitted.weights[(indices[i * 2 + k] ?? 0) * 4 + c] ?? 0), 0),
    );
    return scores.indexOf(Math.max(...scores));
  });
  expect(classificationScore(labels, guess, 4).accuracy).toBe(1);
});

it('fitSharpness recovers the sharpness that drew the labels', () => {
  const next = wholeNumbers(9);
  const uniform = (): number => next() / 2 ** 32;
  const scores = Float32Array.from({ length: 4000 * 3 }, () => uniform() * 2);
  const labels = Array.from({ length: 4000 }, (_, i) => {
    const p = scores.slice(i * 3, i * 3 + 3);
    softmax(p, 2.5);
    const draw = uniform();
    return draw < (p[0] ?? 0) ? 0 : draw < (p[0] ?? 0) + (p[1] ?? 0) ? 1 : 2;
  });
  expect(fitSharpness(scores, 3, labels)).toBeGreaterThan(2.2);
  expect(fitSharpness(scores, 3, labels)).toBeLessThan(2.8);
});
