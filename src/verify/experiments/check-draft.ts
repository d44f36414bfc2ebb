import type { ExperimentDraft } from '../../model/experiment.ts';
import { RESERVED } from './report-ask.ts';
import type { Problem } from '../../model/problem.ts';

/** Everything that keeps a draft from being stored. `actions`: codes of the handling actions that there are. */
export function draftProblems(draft: ExperimentDraft, actions: readonly string[]): readonly Problem[] {
  const required = (column: string, text: string): readonly Problem[] => (text.trim() === '' ? [{ code: 'field-required', column }] : []);
  const range = (column: string, min: number, max: number): Problem => ({ code: 'value-out-of-range', column, params: { min, max } });
  return [
    ...required('body.name', draft.name),
    ...required('body.strategy', draft.strategy),
    ...draft.arms.flatMap(({ name }, i) => required(`body.arms.${i}.name`, name)),
    ...draft.metrics.flatMap(({ name }, i) => required(`body.metrics.${i}.name`, name)),
    ...(draft.arms.length < 2 || draft.arms.length > 6 ? [range('body.arms', 2, 6)] : []),
    ...draft.arms.flatMap(({ share }, i) => (share > 0 && share <= 1000 ? [] : [range(`body.arms.${i}.share`, 0, 1000)])),
    ...(draft.metrics.length < 1 || draft.metrics.length > 8 ? [range('body.metrics', 1, 8)] : []),
    ...(Number.isInteger(draft.windowDays) && draft.windowDays >= 1 && draft.windowDays <= 400 ? [] : [range('body.windowDays', 1, 400)]),
    ...(draft.action === null || actions.includes(draft.action)
      ? []
      : [
          {
            code: 'value-unknown',
            column: 'body.action',
            params: { name: 'action', value: draft.action, near: actions.join(', ') },
          } as const,
        ]),
    ...twice('body.arms', draft.arms),
    ...twice('body.metrics', [...RESERVED.map((name) => ({ name })), ...draft.metrics]),
  ];
}

function twice(column: string, named: readonly { readonly name: string }[]): readonly Problem[] {
  const seen = new Set<string>();
  const repeated = named.map(({ name }) => name.trim()).filter((name) => name !== '' && (seen.has(name) || !seen.add(name)));
  return repeated.map((name) => ({ code: 'name-twice', column, params: { name } }));
}
