import type { Trial } from './qini.ts';

/** Learns the chance of the outcome from some rows and says it of others. */
export type Learner = (learnFrom: Uint32Array, sayOf: Uint32Array) => Float64Array;

/**
 * T-learner, cross-fitted: one model of the treated and one of the others, each row's uplift said by models that never saw it. An
 * S-learner of a linear kind cannot see that effects differ; two models can.
 */
export function crossFittedUplift({ treated }: Trial, folds: Int32Array, learn: Learner): Float64Array {
  const scores = new Float64Array(treated.length);
  const many = folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;
  for (let fold = 0; fold < many; fold++) {
    const asked = rowsWhere(treated.length, (i) => folds[i] === fold);
    const with1 = learn(
      rowsWhere(treated.length, (i) => folds[i] !== fold && treated[i] === 1),
      asked,
    );
    const with0 = learn(
      rowsWhere(treated.length, (i) => folds[i] !== fold && treated[i] === 0),
      asked,
    );
    asked.forEach((row, i) => (scores[row] = (with1[i] as number) - (with0[i] as number)));
  }
  return scores;
}

function rowsWhere(n: number, holds: (i: number) => boolean): Uint32Array {
  const rows = new Uint32Array(n);
  let many = 0;
  for (let i = 0; i < n; i++) if (holds(i)) rows[many++] = i;
  return rows.slice(0, many);
}
