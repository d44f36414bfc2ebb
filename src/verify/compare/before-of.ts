import { type BeforeAfter, changeOf, cuped, differenceOfChanges, type TwoTimes } from '../../maths/cuped.ts';
import { meanInterval, type Moments, momentsOf, welch } from '../../maths/means.ts';
import { differenceOf, wilson } from '../../maths/proportions.ts';
import type { BeforeAfterView, BeforeView, LevelView, MetricKind } from '../../model/comparison.ts';
import { isShare } from './compare-arms.ts';
import type { Laid, LaidMetric } from './lay-out.ts';
import { type Cell, cellOf } from './outcome-cells.ts';

/** Pairs speak for an arm from this part of the smaller side on; of fewer they would leave most of those asked uncounted. */
const ENOUGH = 0.5;

interface Side extends TwoTimes {
  readonly cells: { readonly before: Cell; readonly after: Cell };
  /** after − before of customers who have both. */
  readonly pairs: Moments;
}

/**
 * The main metric before and after, by arm, and how much more the treated changed (difference in differences). Customers who have both
 * values are compared with themselves; where they are few (other people answer a survey each time) or rows are counted, the change is
 * that of the means of all who answered. null: no past, or fewer than two values on a side.
 */
export function beforeOf(laid: Laid, metric: LaidMetric, treatedArm: number): BeforeView | null {
  const kinds = kindsOf(laid, metric);
  if (kinds === null) return null;
  const [treated, control] = [sideOf(laid, metric, kinds, treatedArm), sideOf(laid, metric, kinds, 0)];
  const arms = [treated, control];
  if (arms.some(({ before, after }) => before.n < 2 || after.n < 2)) return null;
  const same = arms.every(({ before, after, pairs }) => pairs.n >= 2 && pairs.n >= ENOUGH * Math.min(before.n, after.n));
  const did = same ? welch(treated.pairs, control.pairs) : differenceOfChanges(treated, control);
  const share = isShare(kinds.before) && isShare(kinds.after);
  const adjusted = same && laid.counts === null ? cuped(rowsOf(laid, metric, treatedArm), rowsOf(laid, metric, 0)) : null;
  return {
    ...(adjusted === null
      ? {}
      : {
          cuped: { effect: adjusted.effect, low: adjusted.low, high: adjusted.high, p: adjusted.p, variance_ratio: adjusted.varianceRatio },
        }),
    difference_in_differences: { effect: did.effect, low: did.low, high: did.high, p: did.p },
    of: same ? 'same' : 'others',
    arms: { control: viewOf(control, share, same), treated: viewOf(treated, share, same) },
  };
}

interface Kinds {
  readonly before: MetricKind;
  readonly after: MetricKind;
}

/** A 0 or 1 after numbers (or before them) is a number as well; a number of events is not, for it says nothing without how many there were. */
function kindsOf({ before, counts }: Laid, { kind }: LaidMetric): Kinds | null {
  if (before === null || kind === 'bare' || before.kind === 'bare') return null;
  if (isShare(kind) === isShare(before.kind)) return { before: before.kind, after: kind };
  return counts === null || (kind !== 'events' && before.kind !== 'events') ? { before: 'number', after: 'number' } : null;
}

function rowsOf(laid: Laid, metric: LaidMetric, arm: number): BeforeAfter {
  const rows = laid.rowsOf(arm);
  return { before: rows.map((i) => laid.before?.values[i] ?? NaN), after: rows.map((i) => metric.values[i] ?? NaN) };
}

function sideOf(laid: Laid, metric: LaidMetric, kinds: Kinds, arm: number): Side {
  const { counts } = laid;
  const rows = laid.rowsOf(arm);
  const cells = {
    before: cellOf(kinds.before, laid.before?.values ?? new Float64Array(), counts, rows),
    after: cellOf(kinds.after, metric.values, counts, rows),
  };
  // A counted row of rates or events holds many customers: who of them has which two values it does not say.
  const paired =
    counts === null || (kinds.before !== 'rate' && kinds.before !== 'events' && kinds.after !== 'rate' && kinds.after !== 'events');
  const { before, after } = rowsOf(laid, metric, arm);
  const weights = counts === null ? undefined : rows.map((i) => counts[i] ?? 0);
  const both = Array.from(rows, (_, i) => paired && !Number.isNaN(before[i]) && !Number.isNaN(after[i]));
  const of = (value: (i: number) => number): Moments =>
    momentsOf(
      Array.from(both, (is, i) => (is ? value(i) : NaN)),
      weights,
    );
  const pairs = of((i) => (after[i] ?? NaN) - (before[i] ?? NaN));
  const [b, a] = [of((i) => before[i] ?? NaN), of((i) => after[i] ?? NaN)];
  return {
    cells,
    pairs,
    before: cells.before.moments,
    after: cells.after.moments,
    // Of a difference: variance after + variance before − twice how they go together.
    ...(pairs.n < 2 ? {} : { both: { n: pairs.n, covariance: (a.variance + b.variance - pairs.variance) / 2 } }),
  };
}

function viewOf(side: Side, share: boolean, same: boolean): BeforeAfterView {
  const change = same ? side.pairs : changeOf(side);
  const { low, high, p } = meanInterval(change);
  const { before, after } = side.cells;
  // Where nobody differs from anybody a mean has no interval; two shares still have one.
  const apart = share && (change.variance === 0 || (!same && side.both === undefined)) ? differenceOf(after, before) : null;
  return {
    before: levelOf(before, share),
    after: levelOf(after, share),
    change: { effect: change.mean, low: apart?.low ?? low, high: apart?.high ?? high, p: apart === null ? p : apart.p },
    pairs: side.pairs.n,
  };
}

function levelOf(cell: Cell, share: boolean): LevelView {
  const { low, high } = share ? wilson(cell) : meanInterval(cell.moments);
  return { n: cell.n, value: cell.moments.mean, low, high };
}
