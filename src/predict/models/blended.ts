import type { Fitted } from './candidate.ts';

/** The mean of two models' log odds: lines see what adds up, trees see what does not, and the mean of both errs less than either. */
export function blendedModel(a: Fitted, b: Fitted): Fitted {
  return {
    family: 'blended',
    size: a.size + b.size,
    margins: (table, rows) => {
      const other = b.margins(table, rows);
      return a.margins(table, rows).map((margin, i) => (margin + (other[i] ?? 0)) / 2);
    },
    effects: (table, row) => {
      const [one, other] = [a.effects(table, row), b.effects(table, row)];
      return { base: (one.base + other.base) / 2, effects: one.effects.map((x, i) => (x + (other.effects[i] ?? 0)) / 2) };
    },
    serial: () => ({ family: 'blended', parts: [a.serial(), b.serial()] }),
  };
}
