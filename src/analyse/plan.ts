import type { Problem } from '../model/problem.ts';
import type { AnswerColumn, Comparison, Names, Question } from '../model/question.ts';
import type { ScopeFilter } from '../model/scope.ts';
import type { Measure } from '../model/vocabulary.ts';
import { type Condition, scopeConditions, subscriberScope } from './conditions.ts';
import { type TimeBound, timestampText } from './local-time.ts';
import { type ReadFilters, type TimeWindow, intersection, readFilters, toInstant, windowBefore, windowCondition } from './read-filters.ts';
import { measureOf } from './measures.ts';
import { type Dimension, dimensionOf } from './vocabulary.ts';

export const DEFAULT_LIMIT = 1000;
export const MAX_LIMIT = 10_000;

export interface CompileOptions {
  readonly timeZone: string;
  /** Ends a comparison whose time filter has no end. */
  readonly nowMs: number;
}

/** What to compute, before any engine's words. */
export interface Plan {
  readonly by: readonly Dimension[];
  readonly measures: readonly Measure[];
  readonly voices: readonly Condition[];
  /** The base of rates; null when no measure asks for it. */
  readonly subscribers: readonly Condition[] | null;
  readonly previous: PreviousPlan | null;
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit: number;
  readonly columns: readonly AnswerColumn[];
}
export interface PreviousPlan {
  readonly voices: readonly Condition[];
  readonly subscribers: readonly Condition[] | null;
  /** By which the earlier rows' clock is moved forward, so that their buckets meet the present ones. */
  readonly movedMs: number;
  readonly window: { readonly from: TimeBound; readonly before: TimeBound };
}

export function planOf(
  question: Question,
  scope: ScopeFilter,
  options: CompileOptions,
): { readonly kind: 'ok'; readonly plan: Plan } | { readonly kind: 'problems'; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const measures = named(question.measures, measureOf, 'measure-unknown', 'measures', problems);
  const by = named(question.by, dimensionOf, 'dimension-unknown', 'by', problems);
  const filters = readFilters(question.where);
  problems.push(...filters.problems);
  if (question.measures.length === 0) problems.push({ code: 'field-required', column: 'measures' });
  const limit = question.limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    problems.push({ code: 'value-out-of-range', column: 'limit', params: { min: 1, max: MAX_LIMIT } });
  }
  const columns = columnsOf(by, measures, question.compare);
  (question.order ?? []).forEach((item, i) => {
    if (!columns.some((c) => c.name === item.by))
      problems.push({ code: 'field-unknown', column: `order[${i}].by`, params: { name: item.by } });
  });
  const period = intersection(filters.windows, options.timeZone);
  if (question.compare !== undefined && period.from === null) problems.push({ code: 'field-required', column: 'where.said_at.from' });
  if (problems.length > 0) return { kind: 'problems', problems };
  const base = measures.some((m) => m.name === 'per_10k_subscribers' || m.name === 'subscribers');
  return {
    kind: 'ok',
    plan: {
      by,
      measures,
      limit,
      columns,
      voices: [...scopeConditions(scope), ...filters.conditions, ...filters.windows.flatMap(windowCondition)],
      subscribers: base ? subscriberConditions(scope, filters, period, options.timeZone) : null,
      previous: question.compare === undefined ? null : previousOf(scope, filters, period, base, question.compare, options),
      order: orderOf(question, by, measures),
    },
  };
}

function named<T extends { readonly name: string }>(
  names: readonly string[],
  find: (name: string) => T | undefined,
  code: 'measure-unknown' | 'dimension-unknown',
  place: string,
  problems: Problem[],
): readonly T[] {
  return names.flatMap((name, i) => {
    const found = find(name);
    if (found === undefined) problems.push({ code, column: `${place}[${i}]`, params: { name } });
    return found === undefined || names.indexOf(name) < i ? [] : [found];
  });
}

/** Active at some moment of the period; the columns are UTC. */
function subscriberConditions(scope: ScopeFilter, filters: ReadFilters, period: TimeWindow, timeZone: string): readonly Condition[] {
  const text = (bound: TimeWindow['from']): string | null => (bound === null ? null : timestampText(toInstant(bound, timeZone)));
  const from = text(period.from);
  const before = text(period.before);
  const began: Condition = {
    kind: 'any',
    of: [
      { kind: 'empty', column: 'since' },
      { kind: 'range', column: 'since', type: 'instant', from: null, before },
    ],
  };
  const lasts: Condition = {
    kind: 'any',
    of: [
      { kind: 'empty', column: 'until' },
      { kind: 'range', column: 'until', type: 'instant', from, before: null },
    ],
  };
  return [...subscriberScope(scope), ...filters.ofSubscribers, ...(before === null ? [] : [began]), ...(from === null ? [] : [lasts])];
}

function previousOf(
  scope: ScopeFilter,
  filters: ReadFilters,
  period: TimeWindow,
  base: boolean,
  compare: Comparison,
  options: CompileOptions,
): PreviousPlan | null {
  if (period.from === null) return null;
  const { window, movedMs } = windowBefore({ ...period, from: period.from }, compare, options.nowMs, options.timeZone);
  return {
    movedMs,
    window,
    voices: [...scopeConditions(scope), ...filters.conditions, ...windowCondition(window)],
    subscribers: base ? subscriberConditions(scope, filters, window, options.timeZone) : null,
  };
}

/** As asked; else time forward, then the largest first. Ties by the dimensions, so that the same question gives the same rows. */
function orderOf(question: Question, by: readonly Dimension[], measures: readonly Measure[]): Plan['order'] {
  const asked = (question.order ?? []).map((o) => ({ column: o.by, descending: o.descending ?? false }));
  const usual = [
    ...by.filter((d) => d.group === 'time').map((d) => ({ column: d.name, descending: false })),
    ...measures.slice(0, 1).map((m) => ({ column: m.name, descending: true })),
  ];
  const ties = by.map((d) => ({ column: d.name, descending: false }));
  const all = [...(asked.length > 0 ? asked : usual), ...ties];
  return all.filter((o, i) => all.findIndex((other) => other.column === o.column) === i);
}

function columnsOf(by: readonly Dimension[], measures: readonly Measure[], compare: Comparison | undefined): readonly AnswerColumn[] {
  const dimensions = by.map((d): AnswerColumn => ({
    name: d.name,
    kind: 'dimension',
    unit: d.group === 'time' ? 'time' : 'text',
    names: d.names,
  }));
  const numbers = measures.flatMap((m): readonly AnswerColumn[] => {
    const column: AnswerColumn = { name: m.name, kind: 'measure', unit: m.unit, names: m.names, help: m.help };
    if (compare === undefined) return [column];
    return [
      column,
      { ...column, name: `${m.name}_previous`, names: suffixed(m.names, '（上期）', ', previous') },
      { ...column, name: `${m.name}_change`, unit: 'share', names: suffixed(m.names, '（变化）', ', change'), help: CHANGE_HELP[compare] },
    ];
  });
  return [...dimensions, ...numbers];
}

const suffixed = (names: Names, zh: string, en: string): Names => ({ zh: names.zh + zh, en: names.en + en });
const CHANGE_HELP: Readonly<Record<Comparison, Names>> = {
  previous: {
    zh: '（本期 − 上期）÷ 上期；上期为紧邻本期之前、等长的一段时间，本期未过完时只取同样多的部分；上期为 0 时为空。',
    en: '(This period − previous) ÷ previous; the previous period is the equally long time just before, cut where this one is still running; empty when it was 0.',
  },
  'same-weekday': {
    zh: '（本期 − 上期）÷ 上期；上期为整周之前、星期相同的一段时间，本期未过完时只取同样多的部分；上期为 0 时为空。',
    en: '(This period − previous) ÷ previous; the previous period lies whole weeks earlier, so that weekdays meet, cut where this one is still running; empty when it was 0.',
  },
};
