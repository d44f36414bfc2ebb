import type { Trial } from './qini.ts';

/** Learns from some rows and says how much the treatment adds to the chance of the outcome for others. */
export type UpliftModel = (learnFrom: Uint32Array, sayOf: Uint32Array) => Float64Array;
/** Learns the chance of the outcome from some rows and says it of others. */
export type Learner = (learnFrom: Uint32Array, sayOf: Uint32Array) => Float64Array;

/** Each row's uplift is said by models that never saw it. */
export function crossFittedUplift({ treated }: Pick<Trial, 'treated'>, folds: Int32Array, learn: UpliftModel): Float64Array {
  const scores = new Float64Array(treated.length);
  const many = folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;
  for (let fold = 0; fold < many; fold++) {
    const asked = rowsWhere(treated.length, (i) => folds[i] === fold);
    const said = learn(
      rowsWhere(treated.length, (i) => folds[i] !== fold),
      asked,
    );
    asked.forEach((row, i) => (scores[row] = said[i] as number));
  }
  return scores;
}

/** T-learner: one model of the treated and one of the others. */
export function twoModels({ treated }: Pick<Trial, 'treated'>, learn: Learner): UpliftModel {
  return (learnFrom, sayOf) => {
    const with1 = learn(
      learnFrom.filter((i) => treated[i] === 1),
      sayOf,
    );
    const with0 = learn(
      learnFrom.filter((i) => treated[i] === 0),
      sayOf,
    );
    return with1.map((chance, i) => chance - (with0[i] as number));
  };
}

function rowsWhere(n: number, holds: (i: number) => boolean): Uint32Array {
  const rows = new Uint32Array(n);
  let many = 0;
  for (let i = 0; i < n; i++) if (holds(i)) rows[many++] = i;
  return rows.slice(0, many);
}
