import { has } from '../../scenarios/province/planted/excess.ts';
import {
  ACTIONS,
  COMPLAINT_TYPES,
  DURATIONS,
  GRIEVANCE_TYPES,
  type PlantedAction,
  SEGMENTS,
} from '../../scenarios/province/planted/plan.ts';
import { trueProbabilities } from '../../scenarios/province/planted/probability.ts';
import type { PlantedWorld } from '../../scenarios/province/planted/world.ts';
import { fitOddsLine, logOdds } from '../../src/maths/calibration-of-odds.ts';
import { logLoss } from '../../src/maths/probability-scores.ts';
import type { ActionRow } from '../../src/predict/models/action-rows.ts';
import { boostedLearner } from '../../src/predict/models/boosted-learner.ts';
import { evaluate } from '../../src/predict/models/evaluate.ts';
import { logisticLearner } from '../../src/predict/models/logistic-learner.ts';
import { DAY, type MomentLog, type Subject } from '../../src/predict/models/moment-log.ts';
import { knownMoments, momentLearning } from '../../src/predict/models/train-moments.ts';

/** The province lies eight hours east. */
const ZONE = 480;

/** A planted world as the product records it: an entry an event, its number in place of the voice's id. */
export function momentLogOf({ events, places, begin, options }: PlantedWorld): MomentLog {
  const category = [...new Set([...GRIEVANCE_TYPES, ...COMPLAINT_TYPES].map((type) => type.category))];
  const [grieved, complained] = [GRIEVANCE_TYPES, COMPLAINT_TYPES].map((types) => types.map((type) => category.indexOf(type.category)));
  const size = events.customers.length;
  const starts: number[] = [];
  const customers: Subject[] = [];
  events.customers.forEach((customer, i) => {
    if (i > 0 && events.customers[i - 1] === customer) return;
    starts.push(i);
    const segment = SEGMENTS[places.segmentOf[customer] ?? -1] ?? null;
    const [brand = null, valueTier = null] = segment?.split('-') ?? [];
    customers.push({ brand, valueTier, segment, tenureMonths: null, ageBand: null });
  });
  const isGrievance = (i: number): boolean => events.kinds[i] === 0;
  const from = begin / 60_000 + ZONE;
  return {
    starts: Uint32Array.from([...starts, size]),
    minutes: events.atMinutes.map((at) => at + ZONE),
    kinds: events.kinds,
    categories: Int32Array.from(events.types, (type, i) => (isGrievance(i) ? grieved : complained)?.[type] ?? -1),
    channels: new Int32Array(size).fill(-1),
    feelings: new Int32Array(size).fill(-1),
    lasted: Float32Array.from(events.durations, (place, i) => (isGrievance(i) ? (DURATIONS[place]?.days ?? NaN) : NaN)),
    solved: Int8Array.from(events.actions, (actions, i) => (isGrievance(i) ? (has(actions, 'solve-now') ? 1 : 0) : -1)),
    regions: Int32Array.from(events.customers, (customer) => places.regionOf[customer] ?? -1),
    voices: Float64Array.from(events.customers, (_, i) => i),
    names: { category, channel: [], feeling: [], region: Array.from({ length: places.regions }, (_, region) => String(region)) },
    customers,
    begin: from,
    end: from + options.days * DAY,
  };
}

const KINDS = Object.keys(ACTIONS) as readonly PlantedAction[];

/** What was done about the grievances, as people write it down: an hour later. */
export function actionRowsOf({ events }: PlantedWorld): readonly ActionRow[] {
  const rows: ActionRow[] = [];
  events.actions.forEach((actions, voice) => {
    for (const kind of KINDS) if (has(actions, kind)) rows.push({ voice, kind, minutes: (events.atMinutes[voice] ?? 0) + ZONE + 60 });
  });
  return rows;
}

export interface JudgedOdds {
  readonly learned: number;
  readonly judged: number;
  readonly complaints: number;
  /** Log loss spared over the base rate, by the model and by the true odds, on the very same grievances. */
  readonly spared: number;
  readonly best: number;
  readonly share: number;
  readonly slope: number;
  readonly error: number;
  readonly trueSlope: number;
  readonly family: string;
}

/** The probability of a complaint of the same category, learned and judged as the product does it: the last 30 % by time are judged. */
export function judgeOdds(world: PlantedWorld, days: number): JudgedOdds {
  const { seed } = world.options;
  const target = { days, of: 'same' } as const;
  const log = momentLogOf(world);
  const known = knownMoments(log, target, seed);
  const { learning, split } = momentLearning(log, known, target);
  if (split === null) throw new Error('Nothing to judge.');
  const held = evaluate(learning, [logisticLearner, boostedLearner(seed)], [split], seed, () => {}, false);
  const { visible } = trueProbabilities(world, { withinDays: days, of: 'same' });
  const truth = Float64Array.from(held.rows, (row) => visible[known.moments[row]?.entry ?? -1] ?? NaN);
  const base = logLoss(held.base, held.truth);
  const [spared, best] = [base - logLoss(held.probabilities, held.truth), base - logLoss(truth, held.truth)];
  const line = fitOddsLine(Float64Array.from(held.probabilities, logOdds), held.truth);
  return {
    learned: split.train.length,
    judged: split.test.length,
    complaints: held.truth.reduce((sum, label) => sum + label, 0),
    spared,
    best,
    share: spared / best,
    slope: line.slope,
    error: line.slopeError,
    trueSlope: fitOddsLine(Float64Array.from(truth, logOdds), held.truth).slope,
    family: held.champions[0] ?? 'constant',
  };
}
