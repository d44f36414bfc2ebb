import type { Homogeneity } from '../../maths/mantel-haenszel.ts';
import type { Caveat } from '../../model/comparison-words.ts';
import type { CompareAsk } from './compare-ask.ts';
import { BALANCE_SMD } from './balance-of.ts';
import { isShare, type Sides } from './compare-arms.ts';
import type { AlwaysValidView, BalanceView, Effect } from '../../model/comparison.ts';
import type { Laid, LaidMetric } from './lay-out.ts';
import { shrinks } from './time-strata.ts';

const LEVEL = 0.05;
const FEW = 10;
const SMALL = 30;
/** A mean that its greatest value alone moves by more than this share of its standard error is one of few customers. */
const HEAVY = 8;

interface Found {
  readonly laid: Laid;
  readonly metric: LaidMetric;
  readonly whole: Sides;
  readonly cells: readonly Sides[];
  readonly effect: Effect;
  readonly always: AlwaysValidView;
  readonly agree: Homogeneity | null;
}

const holdsBoth = ({ treated, control }: Sides): boolean => treated.n > 0 && control.n > 0;

const when = (holds: boolean, code: Caveat): readonly Caveat[] => (holds ? [code] : []);

/** What the figures of one metric say about themselves. */
export function caveatsOfMetric({ laid, metric, whole, cells, effect, always, agree }: Found): readonly Caveat[] {
  const { treated, control } = whole;
  const share = isShare(metric.kind);
  const fewest = share ? Math.min(treated.events, control.events, treated.n - treated.events, control.n - control.events) : FEW;
  return [
    ...when(metric.direction === null, 'direction_not_stated'),
    ...when(metric.kind === 'bare', 'no_n'),
    ...when(metric.rounded, 'rates_rounded'),
    ...when(metric.missing > 0, 'metric_missing'),
    ...when(fewest < FEW, 'few_events'),
    ...when(metric.kind !== 'bare' && Math.min(treated.n, control.n) < SMALL, 'small_sample'),
    ...when(metric.kind === 'number' && isHeavy(laid, metric), 'heavy_tail'),
    ...when(agree !== null && agree.p < LEVEL, 'strata_differ'),
    ...when(cells.length > 1 && treated.n > 0 && control.n > 0 && !cells.some(holdsBoth), 'strata_apart'),
    ...when(laid.strata.inTime && cells.length > 1 && share && !shrinks(cells), 'repeated_months'),
    ...when(effect.p !== null && effect.p < LEVEL && always.p !== null && always.p >= LEVEL, 'peeking'),
  ];
}

function isHeavy(laid: Laid, { values }: LaidMetric): boolean {
  let [n, sum, squares, most] = [0, 0, 0, 0];
  values.forEach((value, i) => {
    if (Number.isNaN(value) || (laid.arms.codes[i] ?? -1) < 0) return;
    n++;
    sum += value;
    squares += value * value;
    most = Math.max(most, Math.abs(value));
  });
  const spread = Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
  return spread > 0 && most > Math.abs(sum / n) + HEAVY * spread;
}

/** What the groups say, whatever the metric. */
export function caveatsOfGroups(
  ask: CompareAsk,
  laid: Laid,
  gates: { readonly srm: boolean; readonly balance: readonly BalanceView[] },
  compared: number,
  knownAfter: boolean,
): readonly Caveat[] {
  const failed = gates.balance.some((one) => !one.ok);
  const unchecked = gates.balance.length === 0;
  return [
    ...when(!gates.srm, 'sample_ratio'),
    ...when(failed, 'imbalance'),
    ...when(
      gates.balance.some(({ ok, smd }) => ok && Math.abs(smd) > BALANCE_SMD),
      'imbalance_by_chance',
    ),
    ...when(unchecked, 'balance_not_checked'),
    // Groups shown to be alike need no past; all others do.
    ...when(ask.before === undefined && (failed || unchecked), 'no_pre_period'),
    ...when(laid.repeats, 'repeated_customers'),
    ...when(laid.arms.blank > 0, 'arm_missing'),
    ...when(laid.leftOut > 0, 'rows_left_out'),
    ...when(compared > 1, 'multiple_metrics'),
    ...when(knownAfter, 'known_after'),
  ];
}
