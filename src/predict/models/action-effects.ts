import { ofLogOdds } from '../../maths/calibration-of-odds.ts';
import type { FeatureTable } from '../../maths/features.ts';
import { logisticMargins, trainLogistic } from '../../maths/logistic.ts';
import type { ActionEffect } from '../../model/complaint-odds.ts';

/** Grievances of one question: did it happen within a day, and did a complaint follow after that day? */
export interface Treated {
  readonly table: FeatureTable;
  /** 1 with the action, 0 without. */
  readonly treated: Uint8Array;
  /** 1 a complaint came after the landmark. */
  readonly complained: Uint8Array;
  /** The customer: one of them is one observation. */
  readonly groups: Int32Array;
}

/** Below this chance of being treated, or above one minus it, there is nobody alike to compare with. */
export const ALIKE = 0.05;
const PENALTY = 1;
const [LEAST_TREATED, LEAST_EVENTS, LEAST_OVERLAP] = [50, 10, 0.2];
const Z95 = 1.959963984540054;

/**
 * Risk of a complaint with an action minus without it, among grievances that could have gone either way: augmented inverse-probability
 * weighting (Robins, Rotnitzky & Zhao 1994), both models logistic and learned on the other half of the customers, so that no row judges
 * itself; the error is that of the mean of influence values over customers. Right if either model is. What was not recorded and moves
 * both action and complaint is not seen: it is an association.
 */
export function actionEffect(kind: string, { table, treated, complained, groups }: Treated): ActionEffect {
  const rows = Uint32Array.from(treated, (_, i) => i);
  const count = (of: (i: number) => boolean): number => rows.reduce((sum, i) => sum + (of(i) ? 1 : 0), 0);
  const withIt = count((i) => treated[i] === 1);
  const events = count((i) => complained[i] === 1);
  const rate = (arm: 0 | 1): number =>
    count((i) => treated[i] === arm && complained[i] === 1) /
    Math.max(
      1,
      count((i) => treated[i] === arm),
    );
  const told = { kind, treated: withIt, untreated: rows.length - withIt, raw: rate(1) - rate(0), ground: 'association' as const };
  const nothing = { ...told, overlap: 0, effect: 0, low: -1, high: 1 };
  if (withIt < LEAST_TREATED || rows.length - withIt < LEAST_TREATED || events < LEAST_EVENTS) return { ...nothing, verdict: 'too-few' };
  const chance = crossed(table, treated, rows, groups, () => true);
  const [risk1, risk0] = [
    crossed(table, complained, rows, groups, (i) => treated[i] === 1),
    crossed(table, complained, rows, groups, (i) => treated[i] === 0),
  ];
  const alike = rows.filter((i) => (chance[i] ?? 0) >= ALIKE && (chance[i] ?? 0) <= 1 - ALIKE);
  const overlap = alike.filter((i) => treated[i] === 1).length / withIt;
  if (overlap < LEAST_OVERLAP || alike.length < 2 * LEAST_TREATED) return { ...nothing, overlap, verdict: 'no-overlap' };
  const influence = Float64Array.from(alike, (i) => {
    const [e, m1, m0, y] = [chance[i] ?? 0.5, risk1[i] ?? 0, risk0[i] ?? 0, complained[i] ?? 0];
    return treated[i] === 1 ? m1 - m0 + (y - m1) / e : m1 - m0 - (y - m0) / (1 - e);
  });
  const effect = influence.reduce((sum, x) => sum + x, 0) / alike.length;
  const error = clusteredError(influence, alike, groups, effect);
  const [low, high] = [effect - Z95 * error, effect + Z95 * error];
  return { ...told, overlap, effect, low, high, verdict: high < 0 ? 'lowers' : low > 0 ? 'raises' : 'no-visible-effect' };
}

/** Probabilities of each row from a model that learned on the other half of the customers, from the rows that count. */
function crossed(
  table: FeatureTable,
  labels: Uint8Array,
  rows: Uint32Array,
  groups: Int32Array,
  counts: (row: number) => boolean,
): Float64Array {
  const found = new Float64Array(rows.length);
  for (const half of [0, 1]) {
    const train = rows.filter((i) => halfOf(groups[i] ?? 0) !== half && counts(i));
    const judged = rows.filter((i) => halfOf(groups[i] ?? 0) === half);
    const model = trainLogistic(table, labels, { lambda: PENALTY }, train);
    logisticMargins(model, table, judged).forEach((margin, k) => (found[judged[k] ?? 0] = ofLogOdds(margin)));
  }
  return found;
}

/** By the customer's number, mixed, so that neighbours in a file do not go together. */
const halfOf = (group: number): number => (Math.imul(group + 1, 0x9e3779b1) >>> 16) & 1;

function clusteredError(influence: Float64Array, rows: Uint32Array, groups: Int32Array, mean: number): number {
  const sums = new Map<number, number>();
  influence.forEach((x, k) => {
    const group = groups[rows[k] ?? 0] ?? 0;
    sums.set(group, (sums.get(group) ?? 0) + x - mean);
  });
  const squares = [...sums.values()].reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt((squares * sums.size) / Math.max(1, sums.size - 1)) / rows.length;
}
