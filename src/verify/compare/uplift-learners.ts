import { type FeatureTable, numberColumn } from '../../maths/features.ts';
import { boostedMargins } from '../../maths/gbdt/boosted-margins.ts';
import { CAREFUL } from '../../maths/gbdt/boost-options.ts';
import { trainBoosted } from '../../maths/gbdt/train-boosted.ts';
import { logisticMargins, trainLogistic } from '../../maths/logistic.ts';
import type { Trial } from '../../maths/qini.ts';
import { type Learner, twoModels, type UpliftModel } from '../../maths/uplift.ts';
import type { UpliftLearner } from '../../model/comparison.ts';

/** Ridge: weak enough for thousands of rows, strong enough for a level that is rare. */
const LAMBDA = 1;
/** Fewer and shallower trees than a model of who leaves has: the difference of two models has the noise of both. */
const TREES = { ...CAREFUL, trees: 100, depth: 3, minHessian: 20 };
const TREATED = ' treated';

export function learnersOf(kind: UpliftLearner, table: FeatureTable, trial: Trial, seed: number): UpliftModel {
  switch (kind) {
    case 't-logistic':
      return twoModels(trial, logistic(table, trial.outcome));
    case 't-trees':
      return twoModels(trial, trees(table, trial.outcome, seed));
    case 's-trees':
      return oneModel(table, trial, seed);
  }
}

const chancesOf = (margins: Float64Array): Float64Array => margins.map((margin) => 1 / (1 + Math.exp(-margin)));

function logistic(table: FeatureTable, outcome: Uint8Array): Learner {
  return (learnFrom, sayOf) => chancesOf(logisticMargins(trainLogistic(table, outcome, { lambda: LAMBDA }, learnFrom), table, sayOf));
}

function trees(table: FeatureTable, outcome: Uint8Array, seed: number): Learner {
  return (learnFrom, sayOf) => chancesOf(boostedMargins(trainBoosted(table, outcome, { ...TREES, seed }, learnFrom), table, sayOf));
}

/** S-learner: one model that knows who was treated, asked of each row as if it was and as if it was not. */
function oneModel(table: FeatureTable, { treated, outcome }: Trial, seed: number): UpliftModel {
  const asIf = (arms: ArrayLike<number>): FeatureTable => ({ ...table, columns: [...table.columns, numberColumn(TREATED, arms)] });
  const everybody = (arm: number): FeatureTable => asIf(new Uint8Array(table.rows).fill(arm));
  const [known, all1, all0] = [asIf(treated), everybody(1), everybody(0)];
  return (learnFrom, sayOf) => {
    const model = trainBoosted(known, outcome, { ...TREES, seed }, learnFrom);
    const with0 = chancesOf(boostedMargins(model, all0, sayOf));
    return chancesOf(boostedMargins(model, all1, sayOf)).map((chance, i) => chance - (with0[i] as number));
  };
}
