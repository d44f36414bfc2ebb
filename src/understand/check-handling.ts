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

/** Codes that nobody lists, lines twice, and costs whose range leaves out the cost. */
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
