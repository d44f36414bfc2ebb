import { type FeatureColumn, featureTable } from '../../maths/features.ts';
import { stratifiedFolds } from '../../maths/folds.ts';
import type { Learner } from './candidate.ts';
import type { Learning } from './choose-model.ts';
import { type ColumnRole, roleOf } from './column-roles.ts';
import { evaluate, type Factor, type HeldOut } from './evaluate.ts';
import { featureOf } from './feature-encoding.ts';
import { findLeaks, type Leak } from './find-leaks.ts';
import { type Quality, qualityOf } from './model-report.ts';
import { equalRows, joinedGroups } from './row-groups.ts';
import { type Sheet, rowsOf } from './sheet.ts';
import { foldSplits, type Split, timeSplit } from './split-rows.ts';
import { columnNamed, listed, readTarget } from './target.ts';

export interface TrainOptions {
  readonly target: string;
  readonly positive: string | null;
  /** null: 5, or a hold-out by time where there is a time column. */
  readonly folds: number | null;
  readonly seed: number;
  /** Title of the column that tells when a row happened; null: none is used. */
  readonly time: string | null;
  /** Title of a column whose equal values stay in one fold. */
  readonly group: string | null;
  readonly keepLeaks: boolean;
  /** Protected attributes take part. */
  readonly useProtected: boolean;
  readonly without: readonly string[];
  /** Titles of columns that hold dates: nothing is foretold from a date. */
  readonly dates: readonly string[];
}

export interface TableReport extends Quality {
  readonly target: string;
  readonly rows: number;
  readonly duplicates: number;
  readonly unreadable: number;
  readonly without_target: number;
  readonly leaks: readonly string[];
  readonly leak_reasons: readonly Leak[];
  readonly left_out: readonly { readonly name: string; readonly why: string }[];
  readonly split:
    | { readonly kind: 'folds'; readonly folds: number; readonly seed: number }
    | { readonly kind: 'time'; readonly column: string };
  readonly champion: string;
  readonly factors: readonly Factor[];
  /** What protected attributes would add, whether they take part or not; null where there are none. */
  readonly protected: {
    readonly columns: readonly string[];
    readonly used: boolean;
    readonly auc_added: number;
    readonly log_loss_spared: number;
  } | null;
}

export type Trained =
  | { readonly kind: 'trained'; readonly report: TableReport }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };
export type Progress = (done: number, of: number) => void;

/** The protocol for any table: what is left out and why, copies in one fold, champion by inner validation, figures on held-out rows alone. */
export function trainOnTable(
  sheet: Sheet,
  times: Float64Array | null,
  options: TrainOptions,
  learners: readonly Learner[],
  step: Progress = () => {},
): Trained {
  const ready = prepare(sheet, times, options);
  if (ready.kind === 'problems') return ready;
  const { columns, learning, splits } = ready;
  const { features, guarded } = columns;
  const runs = guarded.length > 0 ? 2 : 1;
  const run = (chosen: readonly FeatureColumn[], from: readonly Learner[], nth: number): HeldOut =>
    evaluate(
      { ...learning, table: featureTable(chosen) },
      from,
      splits,
      options.seed,
      (done, of) => step(nth * of + done, runs * of),
      nth === 0,
    );
  const held = run([...features, ...(options.useProtected ? guarded : [])], learners, 0);
  const champion = mostOf(held.champions);
  const quality = qualityOf(held);
  const others = options.useProtected ? features : [...features, ...guarded];
  const same = learners.filter(({ family }) => champion === 'blended' || family === champion);
  const other = guarded.length === 0 || others.length === 0 || same.length === 0 ? null : qualityOf(run(others, same, 1));
  const protectedPart = guarded.length === 0 ? null : addedBy(guarded, options.useProtected, quality, other);
  return { kind: 'trained', report: { ...ready.about, ...quality, champion, factors: held.factors, protected: protectedPart } };
}

interface Ready {
  readonly kind: 'ready';
  readonly learning: Omit<Learning, 'table'>;
  readonly columns: Columns;
  readonly splits: readonly Split[];
  readonly about: Omit<TableReport, keyof Quality | 'champion' | 'factors' | 'protected'>;
}

function prepare(sheet: Sheet, times: Float64Array | null, options: TrainOptions): Ready | Extract<Trained, { kind: 'problems' }> {
  const read = readTarget(sheet, options.target, options.positive);
  const problems = unknownColumns(sheet, options);
  if (read.kind === 'problems' || problems.length > 0)
    return { kind: 'problems', problems: [...(read.kind === 'problems' ? read.problems : []), ...problems] };
  const { target } = read;
  const readable = rowsOf(sheet);
  const picked = Uint32Array.from({ length: readable }, (_, i) => i).filter((row) => target.labels[row] !== -1);
  const groups = equalRows(sheet.columns, readable);
  const own = options.group === null ? null : (sheet.columns[columnNamed(sheet, options.group)]?.codes ?? null);
  const learning: Omit<Learning, 'table'> = {
    labels: Uint8Array.from(picked, (row) => target.labels[row] ?? 0),
    groups: take(joinedGroups(groups.of, own), picked),
    times: times === null ? null : Float64Array.from(picked, (row) => times[row] ?? 0),
    horizon: 0,
  };
  const columns = chooseColumns(sheet, target.column, picked, learning, options);
  const { features, guarded, leftOut, leaks } = columns;
  if (features.length + (options.useProtected ? guarded.length : 0) === 0)
    return {
      kind: 'problems',
      problems: [`no column is left to foretell from: ${leftOut.map((one) => `"${one.name}" is ${one.why}`).join(', ')}`],
    };
  const { splits, split } = splitsOf(learning, options);
  const about: Ready['about'] = {
    target: target.meaning,
    rows: sheet.rows,
    duplicates: readable - groups.distinct,
    unreadable: sheet.unreadable,
    without_target: readable - picked.length,
    leaks: leaks.map(({ name }) => name),
    leak_reasons: leaks,
    left_out: leftOut,
    split,
  };
  return { kind: 'ready', learning, columns, splits, about };
}

/** What protected attributes would add (or do), by the same protocol with or without them. */
function addedBy(guarded: readonly FeatureColumn[], used: boolean, quality: Quality, other: Quality | null): TableReport['protected'] {
  const sign = used ? 1 : -1;
  return {
    columns: guarded.map(({ name }) => name),
    used,
    auc_added: other === null ? 0 : sign * (quality.auc - other.auc),
    log_loss_spared: other === null ? 0 : sign * (other.log_loss - quality.log_loss),
  };
}

interface Columns {
  readonly features: readonly FeatureColumn[];
  readonly guarded: readonly FeatureColumn[];
  readonly leaks: readonly Leak[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

function chooseColumns(
  sheet: Sheet,
  target: number,
  picked: Uint32Array,
  learning: Omit<Learning, 'table'>,
  options: TrainOptions,
): Columns {
  const roles = sheet.columns.map((column): ColumnRole => roleOf(column, rowsOf(sheet)));
  const asked = new Set(options.without.map((title) => columnNamed(sheet, title)));
  const dates = new Set(options.dates.map((title) => columnNamed(sheet, title)));
  const at = [options.time, options.group].flatMap((title) => (title === null ? [] : [columnNamed(sheet, title)]));
  const sorted = sheet.columns.flatMap((column, i) => {
    if (i === target) return [];
    const role = asked.has(i) ? 'asked' : at.includes(i) ? 'order' : dates.has(i) ? 'date' : (roles[i]?.role ?? 'constant');
    return [{ role, column, i }];
  });
  const encoded = sorted
    .filter(({ role }) => role === 'feature' || role === 'protected')
    .map((one) => ({ ...one, feature: featureOf(one.column, roles[one.i]!, picked) }));
  const folds = stratifiedFolds(learning.labels, learning.groups, 5, options.seed);
  const leaks = findLeaks(
    encoded.map(({ feature }) => feature),
    learning.labels,
    folds,
  );
  const leaking = new Set(options.keepLeaks ? [] : leaks.map(({ name }) => name));
  const ready = encoded.filter(({ feature }) => !leaking.has(feature.name));
  const left = sorted.filter(({ role }) => role !== 'feature' && !(role === 'protected' && options.useProtected));
  return {
    features: ready.filter(({ role }) => role === 'feature').map(({ feature }) => feature),
    guarded: ready.filter(({ role }) => role === 'protected').map(({ feature }) => feature),
    leaks,
    leftOut: [
      ...left.map(({ column, role }) => ({ name: column.title, why: role })),
      ...[...leaking].map((name) => ({ name, why: 'leak' })),
    ],
  };
}

function splitsOf(learning: Omit<Learning, 'table'>, options: TrainOptions): { splits: readonly Split[]; split: TableReport['split'] } {
  const rows = Uint32Array.from(learning.labels, (_, i) => i);
  const byTime = learning.times === null || options.folds !== null ? null : timeSplit(rows, learning.times, learning.groups, 0.3);
  if (byTime !== null) return { splits: [byTime], split: { kind: 'time', column: options.time ?? '' } };
  const folds = options.folds ?? 5;
  return {
    splits: foldSplits(rows, learning.labels, learning.groups, folds, options.seed),
    split: { kind: 'folds', folds, seed: options.seed },
  };
}

function unknownColumns(sheet: Sheet, { time, group, without }: TrainOptions): readonly string[] {
  const named = [
    ...(time === null ? [] : [['--time', time]]),
    ...(group === null ? [] : [['--group', group]]),
    ...without.map((title) => ['--without', title]),
  ];
  return named.flatMap(([option = '', title = '']) =>
    columnNamed(sheet, title) >= 0
      ? []
      : [`${option}: there is no column "${title}"; the columns are ${listed(sheet.columns.map((c) => c.title))}`],
  );
}

const take = (values: Int32Array, picked: Uint32Array): Int32Array => Int32Array.from(picked, (row) => values[row] ?? 0);

function mostOf(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'constant';
}
