import { HANDLING_TIERS, type Handling } from '../model/handling.ts';
import type { Pack } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';
import { segmentsOfLines } from '../model/segment.ts';
import { codesOf, invalid, repeated, unknown } from './pack-mistakes.ts';

/**
 * Actions twice, calls of specialists that are written down as several actions or as one that is no call, and facts of a recording that are
 * actions below categories that nobody lists.
 */
export function actionProblems({ handling_actions: actions, categories }: Pack): readonly Problem[] {
  const way = 'mark one action that is a call';
  const known = codesOf(categories);
  return [
    ...repeated(
      'handling_actions',
      actions.map((one) => one.code),
    ),
    ...actions.flatMap((one, i) =>
      one.specialists && !one.calls ? [invalid(`handling_actions.${i}.specialists`, 'the action is no call', way)] : [],
    ),
    ...(actions.filter((one) => one.specialists).length > 1
      ? [invalid('handling_actions', 'several actions are those of quality specialists', way)]
      : []),
    ...actions.flatMap(({ recorded_as: recorded }, i) =>
      (recorded?.within ?? []).flatMap((code, j) =>
        known.has(code) ? [] : [unknown(`handling_actions.${i}.recorded_as.within.${j}`, code)],
      ),
    ),
  ];
}

/** Codes that nobody lists, lines twice, values in two tiers, levels without a strategy for a tier, and costs whose range leaves out the cost. */
export function handlingProblems(pack: Pack): readonly Problem[] {
  const { handling } = pack;
  if (handling === undefined) return [];
  const categories = codesOf(pack.categories);
  const departments = new Set(pack.departments.map((one) => one.code));
  const segments = new Set(segmentsOfLines(pack.segments));
  const known = (set: ReadonlySet<string>, column: string, code: string): readonly Problem[] =>
    set.has(code) ? [] : [unknown(column, code)];
  return [
    ...repeated(
      'handling.expectations',
      handling.expectations.map((one) => `${one.pain}|${one.segment ?? '*'}`),
    ),
    ...repeated(
      'handling.strategies',
      handling.strategies.map((one) => `${one.level}|${one.tier}`),
    ),
    ...tierProblems(handling),
    ...handling.expectations.flatMap((one, i) => [
      ...known(categories, `handling.expectations.${i}.pain`, one.pain),
      ...known(departments, `handling.expectations.${i}.department`, one.department),
      ...(one.segment === null ? [] : known(segments, `handling.expectations.${i}.segment`, one.segment)),
    ]),
    ...handling.chains.flatMap((chain, i) => {
      const items = new Set(chain.items.map((item) => item.id));
      return [
        ...chain.categories.flatMap((code, j) => known(categories, `handling.chains.${i}.categories.${j}`, code)),
        ...chain.factors.flatMap((factor, j) => [
          ...factor.items.flatMap((item) => known(items, `handling.chains.${i}.factors.${j}.items`, item)),
          ...factor.departments.flatMap((code) => known(departments, `handling.chains.${i}.factors.${j}.departments`, code)),
        ]),
      ];
    }),
    ...handling.costs.flatMap((one, i) =>
      one.low <= one.unit_cost && one.unit_cost <= one.high
        ? []
        : [invalid(`handling.costs.${i}`, 'the cost lies outside its range', 'make low ≤ unit_cost ≤ high')],
    ),
  ];
}

/** A pack without strategies has none for any tier; one whose `low_tiers` are empty has no customers of low value, and needs none for them. */
function tierProblems({ high_tiers, low_tiers, strategies }: Handling): readonly Problem[] {
  const customers = { high: high_tiers.length > 0, usual: true, low: low_tiers.length > 0 };
  const levels = [...new Set(strategies.map((one) => one.level))];
  return [
    ...repeated('handling.high_tiers', high_tiers),
    ...repeated('handling.low_tiers', low_tiers),
    ...low_tiers.flatMap((value, i) => {
      const at = high_tiers.indexOf(value);
      return at < 0 ? [] : [invalid(`handling.low_tiers.${i}`, `“${value}” is handling.high_tiers.${at}, too`, 'take one of the two out')];
    }),
    ...levels.flatMap((level) =>
      HANDLING_TIERS.filter((tier) => customers[tier] && !strategies.some((one) => one.level === level && one.tier === tier)).map((tier) =>
        invalid('handling.strategies', `level ${level} has no strategy for customers of ${tier} value`, 'write one'),
      ),
    ),
  ];
}
