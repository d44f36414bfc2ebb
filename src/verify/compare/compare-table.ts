import { sampleRatio } from '../../maths/balance.ts';
import { benjaminiHochberg, holm } from '../../maths/many-tests.ts';
import type { Problem } from '../../model/problem.ts';
import type { CompareAsk } from './compare-ask.ts';
import { askProblems } from './check-ask.ts';
import { balanceOf, type Trait } from './balance-of.ts';
import type { ComparedTable, Comparison, MetricResult, UpliftLearner, UpliftView } from '../../model/comparison.ts';
import type { Caveat } from '../../model/comparison-words.ts';
import { caveatsOfGroups } from './raise-caveats.ts';
import { expectedOf, findArms } from './find-arms.ts';
import { type Laid, layOut } from './lay-out.ts';
import { metricResult } from './metric-result.ts';
import { traitColumns } from './trait-columns.ts';
import { columnOf, type TrialTable } from './trial-table.ts';
import { compareWords, verdictOf } from './compare-words.ts';

/** A sample-ratio test below this fails the gate. */
export const SRM_P = 0.01;

export interface UpliftHow {
  readonly leftOut: readonly string[];
  readonly learner: UpliftLearner;
}

/** Learns who gains, for one treated arm; null where the table has too little. */
export type UpliftOf = (laid: Laid, treated: number, features: readonly Trait[], how: UpliftHow) => UpliftView | null;

/** Compares the arms of a table, or lists everything that is wrong with what was asked. */
export function compareTable(
  table: TrialTable,
  ask: CompareAsk,
  upliftOf: UpliftOf,
): { readonly compared: ComparedTable } | { readonly problems: readonly Problem[] } {
  const wrong = askProblems(table, ask);
  if (wrong.length > 0) return { problems: wrong };
  const found = findArms(table, ask);
  const laid = 'problems' in found ? found : layOut(table, ask, found.arms);
  if ('problems' in laid) return laid;
  const shares = expectedOf(laid.arms, ask.expected);
  const traits = traitColumns(table, ask);
  const problems: readonly Problem[] = [
    ...(shares === null ? [sharesProblem(laid, ask)] : []),
    ...(ask.features !== undefined && traits.features.length === 0 ? [{ code: 'trial-features-none' } as const] : []),
  ];
  if (problems.length > 0 || shares === null) return { problems };
  return { compared: compared(table, ask, laid, shares, traits, upliftOf) };
}

function compared(
  table: TrialTable,
  ask: CompareAsk,
  laid: Laid,
  shares: readonly number[],
  traits: ReturnType<typeof traitColumns>,
  upliftOf: UpliftOf,
): ComparedTable {
  const { names } = laid.arms;
  const known = laid.metrics.some(({ kind }) => kind !== 'bare');
  const counts = names.map((_, arm) => (known ? laid.assigned(arm) : 0));
  const ratio = sampleRatio(counts, shares);
  const srm = { ...ratio, ok: ratio.p >= SRM_P };
  const results = adjusted(names.slice(1).map((_, i) => laid.metrics.map((metric) => metricResult(laid, metric, i + 1))));
  const comparisons = names.slice(1).map((arm, i): Comparison => {
    const [first, ...others] = results[i] as readonly [MetricResult, ...MetricResult[]];
    const balance = balanceOf(
      traits.balance.map((name): Trait => ({ name, cells: columnOf(table, name) })),
      { treated: laid.atStart(i + 1), control: laid.atStart(0), counts: laid.counts, oneRowEach: laid.oneRowEach },
    );
    const features = traits.features.map((name): Trait => ({ name, cells: columnOf(table, name) }));
    const uplift =
      features.length === 0 ? null : upliftOf(laid, i + 1, features, { leftOut: traits.leftOut, learner: ask.learner ?? 't-logistic' });
    const gates = { srm: srm.ok, balance };
    const caveats: readonly Caveat[] = [
      ...new Set([
        ...caveatsOfGroups(ask, laid, gates, results.flat().length, traits.leftOut.length > 0),
        ...first.caveats,
        ...others.flatMap((other) => other.caveats),
      ]),
    ];
    const verdict = verdictOf(first.finding, gates);
    const whole = { ...first, arm, against: names[0] ?? '', balance, verdict, caveats };
    return {
      ...whole,
      ...(uplift === null ? {} : { uplift }),
      ...(others.length === 0 ? {} : { metrics: others }),
      words: compareWords(whole, srm, uplift),
    };
  });
  const arms = names.map((arm, i) => ({ arm, role: i === 0 ? ('control' as const) : ('treated' as const), n: counts[i] ?? 0 }));
  const top = comparisons[0] as Comparison;
  return { arms, srm, ...top, ...(comparisons.length < 2 ? {} : { comparisons }) };
}

/** p values of all metrics and arms of one look, adjusted together. */
function adjusted(results: readonly (readonly MetricResult[])[]): readonly (readonly MetricResult[])[] {
  const flat = results.flat();
  const ps = flat.map((result) => result.p ?? 1);
  const [surely, mostly] = [holm(ps), benjaminiHochberg(ps)];
  const of = (list: readonly number[], result: MetricResult): number | null =>
    result.p === null ? null : (list[flat.indexOf(result)] ?? null);
  return results.map((list) => list.map((result) => ({ ...result, p_adjusted: of(surely, result), q: of(mostly, result) })));
}

function sharesProblem(laid: Laid, ask: CompareAsk): Problem {
  const value = Array.isArray(ask.expected)
    ? ask.expected.join(',')
    : Object.entries(ask.expected ?? {})
        .map(([name, share]) => `${name}=${share}`)
        .join(',');
  return { code: 'trial-shares-wrong', params: { value, example: laid.arms.names.map((name) => `${name}=1`).join(',') } };
}
