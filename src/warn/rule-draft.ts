import type { RuleDraft, WarningRule } from '../model/alarm.ts';
import { levelsOf, type Pack } from '../model/pack.ts';
import type { Viewer } from '../model/people.ts';
import type { Problem } from '../model/problem.ts';
import { ruleFieldOf, UNMAPPED } from './voice-fields.ts';

const LONGEST_WINDOW_MINUTES = 90 * 1440;
const LARGEST_THRESHOLD = 100_000;
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+$/;

/** Everything that is wrong with a rule, at once. */
export function ruleProblems(draft: RuleDraft, pack: Pack): readonly Problem[] {
  const problems: Problem[] = [];
  if (draft.names.zh.trim() === '') problems.push({ code: 'field-required', column: 'names.zh' });
  if (draft.names.en.trim() === '') problems.push({ code: 'field-required', column: 'names.en' });
  if (draft.id !== undefined && !/^[a-z0-9][a-z0-9-]{0,60}$/.test(draft.id)) problems.push({ code: 'field-invalid', column: 'id' });
  if (ruleFieldOf(draft.dimension) === undefined)
    problems.push({ code: 'dimension-unknown', column: 'dimension', params: { value: draft.dimension } });
  problems.push(...outOfRange('windowMinutes', draft.windowMinutes, 1, LONGEST_WINDOW_MINUTES));
  problems.push(...outOfRange('threshold', draft.threshold, 1, LARGEST_THRESHOLD));
  problems.push(...outOfRange('holdMinutes', draft.holdMinutes, 0, LONGEST_WINDOW_MINUTES));
  if (!pack.departments.some((one) => one.code === draft.department)) problems.push(unknown('department', draft.department));
  draft.where.forEach((condition, i) => problems.push(...conditionProblems(condition, `where.${i}`, pack)));
  draft.recipients.forEach((recipient, i) => {
    if (!EMAIL.test(recipient)) problems.push({ code: 'field-invalid', column: `recipients.${i}`, params: { value: recipient } });
  });
  return problems;
}

function conditionProblems(condition: RuleDraft['where'][number], column: string, pack: Pack): readonly Problem[] {
  if (ruleFieldOf(condition.field) === undefined)
    return [{ code: 'filter-unknown', column: `${column}.field`, params: { value: condition.field } }];
  if (condition.in.length === 0) return [{ code: 'field-required', column: `${column}.in` }];
  const known = knownValues(condition.field, pack);
  if (known === null) return [];
  return condition.in.filter((value) => !known.has(value)).map((value) => unknown(`${column}.in`, value));
}

/** The codes that a field can have, where the pack names them all; null: any value. */
function knownValues(field: string, pack: Pack): ReadonlySet<string> | null {
  const leaves = pack.categories.filter((category) => category.cell !== undefined).map((category) => category.code);
  const levels = (level: number): readonly string[] => leaves.flatMap((leaf) => levelsOf(leaf)[level - 1] ?? []);
  const codes = (list: readonly { readonly code: string }[]): ReadonlySet<string> => new Set(list.map((one) => one.code));
  switch (field) {
    case 'category':
      return new Set([...leaves, UNMAPPED]);
    case 'category_1':
      return new Set([...levels(1), UNMAPPED]);
    case 'category_2':
      return new Set([...levels(2), UNMAPPED]);
    case 'department':
      return codes(pack.departments);
    case 'stage':
      return codes(pack.stages);
    case 'business':
      return codes(pack.business_types);
    case 'support':
      return codes(pack.support_systems);
    case 'bearer':
      return codes(pack.bearer_networks);
    default:
      return null;
  }
}

function outOfRange(column: string, value: number, min: number, max: number): readonly Problem[] {
  return Number.isInteger(value) && value >= min && value <= max ? [] : [{ code: 'value-out-of-range', column, params: { min, max } }];
}

function unknown(column: string, value: string): Problem {
  return { code: 'pack-reference-unknown', column, params: { value } };
}

/** Whether an edit changes which breaches there are: then all voices are evaluated anew under a new definition. */
export function isRedefined(before: WarningRule, after: RuleDraft): boolean {
  const shape = (rule: WarningRule | RuleDraft): string =>
    JSON.stringify([
      rule.dimension,
      rule.where.map((one) => [one.field, [...one.in].sort()]),
      rule.windowMinutes,
      rule.threshold,
      rule.holdMinutes,
    ]);
  return shape(before) !== shape(after);
}

/** A province-wide writer, or somebody of the department that answers for the rule. */
export function mayWriteRule(viewer: Pick<Viewer, 'scope' | 'department'>, department: string): boolean {
  return viewer.scope === 'province' || viewer.department === department;
}
