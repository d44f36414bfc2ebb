import { ofLogOdds } from '../../maths/calibration-of-odds.ts';
import { type LogisticModel, logisticEffects, logisticMargins, trainLogistic } from '../../maths/logistic.ts';
import { logLoss } from '../../maths/probability-scores.ts';
import type { Fitted, Learner } from './candidate.ts';

/** Penalties tried: hardly any, some, much, and one for tables where nothing is to be learned. */
const PENALTIES: readonly number[] = [1, 30, 1000];
/** Newton's method passes over all rows many times; beyond this trees alone take the table. */
const MOST_ROWS = 400_000;

export const logisticLearner: Learner = {
  family: 'logistic',
  fits: (rows) => rows <= MOST_ROWS,
  learn(table, labels, rows, how) {
    if ('size' in how) return logisticModel(trainLogistic(table, labels, { lambda: how.size }, rows), how.size);
    const truth = Uint8Array.from(how.stop, (row) => labels[row] ?? 0);
    const tried = PENALTIES.map((lambda) => {
      const fitted = logisticModel(trainLogistic(table, labels, { lambda }, rows), lambda);
      return { fitted, loss: logLoss(fitted.margins(table, how.stop).map(ofLogOdds), truth) };
    });
    return tried.reduce((best, one) => (one.loss < best.loss ? one : best)).fitted;
  },
  // The penalty nearest to what the splits found, in orders of magnitude.
  sizeOf: (sizes) => 10 ** Math.round(sizes.reduce((sum, size) => sum + Math.log10(size), 0) / Math.max(1, sizes.length)),
};

export function logisticModel(model: LogisticModel, lambda: number): Fitted {
  return {
    family: 'logistic',
    size: lambda,
    margins: (table, rows) => logisticMargins(model, table, rows),
    effects: (table, row) => {
      const { base, effects } = logisticEffects(model, table, row);
      return { base, effects: Float64Array.from(table.columns, ({ name }) => effects.get(name) ?? 0) };
    },
    serial: () => ({ family: 'logistic', lambda, model }),
  };
}
