import { ofLogOdds, onLine } from '../../maths/calibration-of-odds.ts';
import { countsByEdges, quantileEdges } from '../../maths/drift.ts';
import { everyRow, type FeatureTable, takeRows } from '../../maths/features.ts';
import { shuffled } from '../../maths/shuffle.ts';
import type { Learner, SerialModel } from './candidate.ts';
import { compare, type Comparison } from './champion.ts';
import { type Chosen, type Learning, chooseModel, marginsOf } from './choose-model.ts';
import { evaluate, type Factor, type HeldOut } from './evaluate.ts';
import { ALONE, areaAlone } from './find-leaks.ts';
import { type Moment, momentTable, PROTECTED_FEATURES } from './moment-features.ts';
import { DAY, type MomentLog } from './moment-log.ts';
import { momentsOf, type OutcomeOf, outcomesOf } from './moments.ts';
import { type Quality, qualityOf } from './model-report.ts';
import { revive } from './revive.ts';
import { distinctRows } from './row-groups.ts';
import { timeSplit } from './split-rows.ts';

/** What is foretold: a complaint within so many days of a grievance. */
export interface MomentTarget {
  readonly days: number;
  readonly of: OutcomeOf;
}

export interface MomentModel {
  readonly target: MomentTarget;
  readonly model: SerialModel;
  readonly line: Chosen['line'];
}

export interface MomentCard extends Quality {
  readonly days: number;
  readonly of: OutcomeOf;
  /** Grievances whose outcome is known; how many of them were learned from (a sample, where there are very many). */
  readonly grievances: number;
  readonly learned: number;
  /** Of those learned from, how many are equal to another in every feature and in what came of it: rows − distinct rows. */
  readonly duplicates: number;
  /** Features that alone nearly tell the outcome. Named, not left out: all are known when the grievance is told. */
  readonly leaks: readonly string[];
  /** Wall-clock minutes of the first and the last grievance learned from, and of the first one that was judged. */
  readonly from: number;
  readonly before: number;
  readonly judged_from: number | null;
  readonly champion: string;
  readonly factors: readonly Factor[];
  readonly protected: {
    readonly columns: readonly string[];
    readonly used: false;
    readonly auc_added: number;
    readonly log_loss_spared: number;
  };
  /** Where the scores and the numbers stood when it was learned: what drift is measured against. */
  readonly baseline: readonly Baseline[];
}

export interface Baseline {
  /** `score`, or the name of a feature. */
  readonly name: string;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface TrainedMoments {
  readonly model: MomentModel;
  readonly card: MomentCard;
  /** The new model against the one that scores, on rows that the new one did not learn from. */
  readonly against: Comparison | null;
}

export interface MomentHooks {
  readonly step?: (done: number) => void;
  readonly champion?: { readonly month: MomentModel; readonly before: number } | null;
}

/**
 * More moments than this are sampled. On planted worlds of 200,000 customers 120,000 of them spared .93 (30 days) and .90 (7 days) of the log
 * loss that the true odds spare, 400,000 .97: events are rare, and categories many.
 */
const MOST = 400_000;
/** Of each outcome. */
const LEAST = 20;

/** Judged on the last 30 % by time, learned from what was known before; then learned anew from all of it. null: too few outcomes of either kind. */
export function trainMoments(
  log: MomentLog,
  target: MomentTarget,
  learners: readonly Learner[],
  seed: number,
  { step = () => {}, champion: standing = null }: MomentHooks = {},
): TrainedMoments | null {
  const known = knownMoments(log, target, seed);
  if (known.events < LEAST || known.moments.length - known.events < LEAST) return null;
  const { learning, rows, times, split } = momentLearning(log, known, target);
  if (split === null) return null;
  const held = evaluate(learning, learners, [split], seed);
  step(1);
  const quality = qualityOf(held);
  const champion = held.champions[0] ?? 'constant';
  const same = learners.filter(({ family }) => champion === 'blended' || family === champion);
  const guarded =
    champion === 'constant'
      ? quality
      : qualityOf(evaluate({ ...learning, table: momentTable(log, known.moments, true) }, same, [split], seed, () => {}, false));
  step(2);
  const chosen = chooseModel(learning, learners, rows, seed);
  step(3);
  return {
    model: { target, model: chosen.fitted.serial(), line: chosen.line },
    against: standing === null ? null : againstChampion(learning, times, held, standing, learning.horizon),
    card: {
      ...target,
      ...quality,
      grievances: known.all,
      learned: rows.length,
      duplicates: rows.length - distinctRows(learning.table, learning.labels),
      leaks: tellingAlone(learning),
      from: times.reduce((a, b) => Math.min(a, b), Infinity),
      before: times.reduce((a, b) => Math.max(a, b), -Infinity) + 1,
      judged_from: split.test.reduce((a, row) => Math.min(a, times[row] ?? a), Infinity),
      champion,
      factors: held.factors,
      protected: {
        columns: PROTECTED_FEATURES,
        used: false,
        auc_added: guarded.auc - quality.auc,
        log_loss_spared: quality.log_loss - guarded.log_loss,
      },
      baseline: baselineOf(learning.table, chosen, split.test),
    },
  };
}

/** As many rows as a leak needs to show; the order of columns would take seconds on all. */
const LOOKED_AT = 20_000;

function tellingAlone({ table, labels, groups }: Learning): readonly string[] {
  const every = Math.max(1, Math.ceil(table.rows / LOOKED_AT));
  const rows = everyRow(table.rows).filter((row) => row % every === 0);
  const looked = Uint8Array.from(rows, (row) => labels[row] ?? 0);
  const folds = Int32Array.from(rows, (row) => (groups[row] ?? 0) % 5);
  return takeRows(table, rows).columns.flatMap((column) => (areaAlone(column, looked, folds) >= ALONE ? [column.name] : []));
}

/** Fewer rows than this that the champion has not seen decide nothing: then all held-out rows do, which speaks for the champion. */
const FRESH = 500;

function againstChampion(
  { table }: Learning,
  times: Float64Array,
  held: HeldOut,
  champion: NonNullable<MomentHooks['champion']>,
  horizon: number,
): Comparison {
  const every = Array.from(held.rows, (_, i) => i);
  const fresh = every.filter((i) => (times[held.rows[i] ?? 0] ?? 0) >= champion.before + horizon);
  const used = fresh.length >= FRESH ? fresh : every;
  const { fitted, line } = { fitted: revive(champion.month.model), line: champion.month.line };
  const margins = fitted.margins(
    table,
    Uint32Array.from(used, (i) => held.rows[i] ?? 0),
  );
  return compare(
    Float64Array.from(used, (i) => held.probabilities[i] ?? 0),
    margins.map((margin) => ofLogOdds(onLine(line, margin))),
    Uint8Array.from(used, (i) => held.truth[i] ?? 0),
    Int32Array.from(used, (i) => held.groups[i] ?? 0),
    fresh.length >= FRESH,
  );
}

/** What is learned from known moments, and which of them are judged: the last 30 % by time. */
export function momentLearning(log: MomentLog, known: Pick<KnownMoments, 'moments' | 'labels'>, target: MomentTarget) {
  const rows = Uint32Array.from(known.moments, (_, i) => i);
  const times = Float64Array.from(known.moments, ({ entry }) => log.minutes[entry] ?? 0);
  const learning: Learning = {
    table: momentTable(log, known.moments),
    labels: known.labels,
    groups: Int32Array.from(known.moments, ({ customer }) => customer),
    times,
    horizon: target.days * DAY,
  };
  return { learning, rows, times, split: timeSplit(rows, times, null, 0.3, learning.horizon) };
}

export type KnownMoments = ReturnType<typeof knownMoments>;

/** Moments whose outcome is known; a sample of very many. */
export function knownMoments(log: MomentLog, target: MomentTarget, seed: number) {
  const every = momentsOf(log);
  const outcomes = outcomesOf(log, every, target.days, target.of);
  const mature = every.flatMap((moment, i) => (outcomes[i] === -1 ? [] : [{ moment, label: outcomes[i] ?? 0 }]));
  const kept = mature.length <= MOST ? mature : Array.from(shuffled(mature.length, seed).slice(0, MOST), (i) => mature[i]!);
  const moments: readonly Moment[] = kept.map(({ moment }) => moment);
  const labels = Uint8Array.from(kept, ({ label }) => label);
  return { moments, labels, all: mature.length, events: labels.reduce((sum, label) => sum + label, 0) };
}

/** Told by the calendar alone: a month that is not over yet has no thirtieth. */
const CALENDAR: ReadonlySet<string> = new Set(['hour', 'weekday', 'day_of_month']);

/**
 * What later moments are held against: the newest ones. The oldest have little of a past to be told by (nobody's last complaint is half a
 * year ago in the second month of a record), and would make every later day look different.
 */
function baselineOf(table: FeatureTable, chosen: Chosen, newest: Uint32Array): readonly Baseline[] {
  const of = (name: string, values: Float64Array): Baseline => {
    const edges = quantileEdges(values, 10);
    return { name, edges, counts: countsByEdges(values, edges) };
  };
  const { columns } = takeRows(table, newest);
  return [
    of('score', marginsOf(chosen, table, newest)),
    ...columns.flatMap((column) => (column.kind === 'number' && !CALENDAR.has(column.name) ? [of(column.name, column.values)] : [])),
  ];
}
