import type { Problem } from '../model/problem.ts';
import type { Comparison, Filter } from '../model/question.ts';
import type { Condition } from './conditions.ts';
import { instantOfWall, wallMsOf } from '../model/zoned-time.ts';
import { type TimeBound, timeBound, timestampText } from './local-time.ts';
import { type Field, dimensionOf, fieldOf } from './vocabulary.ts';

/** A half-open stretch of event time. */
export interface TimeWindow {
  readonly from: TimeBound | null;
  readonly before: TimeBound | null;
}

export interface ReadFilters {
  /** All but the time windows. */
  readonly conditions: readonly Condition[];
  /** Those of `conditions` that subscriptions can answer as well. */
  readonly ofSubscribers: readonly Condition[];
  readonly windows: readonly TimeWindow[];
  readonly problems: readonly Problem[];
}

export function readFilters(where: readonly Filter[]): ReadFilters {
  const conditions: Condition[] = [];
  const ofSubscribers: Condition[] = [];
  const windows: TimeWindow[] = [];
  const problems: Problem[] = [];
  where.forEach((filter, i) => {
    const at = `where[${i}]`;
    if ('text' in filter) {
      conditions.push(...wordsOf(filter.text).map((word): Condition => ({ kind: 'contains', column: 'text_masked', word })));
      return;
    }
    const field = fieldOf(filter.field);
    if (field === undefined) {
      problems.push({ code: 'filter-unknown', column: `${at}.field`, params: { name: filter.field } });
      return;
    }
    const isTime = field.kind === 'time' || dimensionOf(filter.field)?.group === 'time';
    if ('in' in filter) readList(filter.in, filter.field, field, at, conditions, ofSubscribers, problems);
    else if (isTime) readWindow(filter, at, windows, problems);
    else readRange(filter, filter.field, field, at, conditions, problems);
  });
  return { conditions, ofSubscribers, windows, problems };
}

export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

function readList(
  values: readonly (string | null)[],
  name: string,
  field: Field,
  at: string,
  conditions: Condition[],
  ofSubscribers: Condition[],
  problems: Problem[],
): void {
  if (field.kind === 'time') {
    problems.push({ code: 'field-invalid', column: `${at}.in`, params: { name } });
    return;
  }
  const isEmpty = (value: string | null): boolean => value === null || value === field.emptyIs;
  const given = values.filter((value): value is string => !isEmpty(value));
  for (const value of given) {
    if (field.type !== 'text' && !isNumber(value, field.type))
      problems.push({ code: 'field-invalid', column: `${at}.in`, params: { name, value } });
  }
  const condition: Condition =
    given.length === 0 && !values.some(isEmpty)
      ? { kind: 'never' }
      : { kind: 'in', ref: field.ref, type: field.type, values: given, orEmpty: values.some(isEmpty) };
  conditions.push(condition);
  if (field.ofSubscribers) ofSubscribers.push(condition);
}

interface Range {
  readonly from?: string;
  readonly before?: string;
}

function readWindow(range: Range, at: string, windows: TimeWindow[], problems: Problem[]): void {
  const read = (side: 'from' | 'before'): TimeBound | null => {
    const text = range[side];
    if (text === undefined || text === '') return null;
    const bound = timeBound(text);
    if (bound === null) problems.push({ code: 'date-unreadable', column: `${at}.${side}`, params: { value: text } });
    return bound;
  };
  const from = read('from');
  const before = read('before');
  if (from !== null && before !== null && from.clock === before.clock && from.ms >= before.ms) {
    problems.push({ code: 'value-out-of-range', column: `${at}.before`, params: { from: range.from ?? '', before: range.before ?? '' } });
  }
  windows.push({ from, before });
}

function readRange(range: Range, name: string, field: Field, at: string, conditions: Condition[], problems: Problem[]): void {
  if (field.kind === 'time' || field.type === 'text' || field.ref.kind !== 'column') {
    problems.push({ code: 'field-invalid', column: at, params: { name } });
    return;
  }
  const { type } = field;
  const read = (side: 'from' | 'before'): string | null => {
    const text = range[side];
    if (text === undefined || text === '') return null;
    if (isNumber(text, type)) return text;
    problems.push({ code: 'number-unreadable', column: `${at}.${side}`, params: { value: text } });
    return null;
  };
  conditions.push({ kind: 'range', column: field.ref.column, type, from: read('from'), before: read('before') });
}

function isNumber(text: string, type: 'text' | 'whole' | 'number'): boolean {
  return type === 'whole' ? /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) : /^-?\d{1,15}(\.\d{1,15})?$/.test(text);
}

/** Wall bounds compare with the wall column, so a local day is exact in any time zone; instants with UTC. */
export function windowCondition(window: TimeWindow): readonly Condition[] {
  const range = (bound: TimeBound | null, side: 'from' | 'before'): readonly Condition[] => {
    if (bound === null) return [];
    const column = bound.clock === 'wall' ? 'said_local' : 'said_at';
    const text = timestampText(bound.ms);
    return [{ kind: 'range', column, type: 'instant', from: side === 'from' ? text : null, before: side === 'before' ? text : null }];
  };
  return [...range(window.from, 'from'), ...range(window.before, 'before')];
}

/** All windows as one, on the wall clock if all bounds are wall times, else in instants. */
export function intersection(windows: readonly TimeWindow[], timeZone: string): TimeWindow {
  const bounds = windows.flatMap((w) => [w.from, w.before]).filter((b) => b !== null);
  const clock = bounds.every((b) => b.clock === 'wall') ? 'wall' : 'instant';
  const inClock = (bound: TimeBound): number => (clock === 'instant' ? toInstant(bound, timeZone) : bound.ms);
  const froms = windows.flatMap((w) => (w.from === null ? [] : [inClock(w.from)]));
  const befores = windows.flatMap((w) => (w.before === null ? [] : [inClock(w.before)]));
  return {
    from: froms.length === 0 ? null : { clock, ms: Math.max(...froms) },
    before: befores.length === 0 ? null : { clock, ms: Math.min(...befores) },
  };
}

export function toInstant(bound: TimeBound, timeZone: string): number {
  return bound.clock === 'instant' ? bound.ms : instantOfWall(bound.ms, timeZone);
}

const DAY_MS = 86_400_000;

/**
 * The stretch to compare with: moved back by the period's own length, or by the whole weeks that hold it. A period that is not
 * over (or has no end) is compared up to now, and the earlier one up to the same moment of its own.
 */
export function windowBefore(
  window: TimeWindow & { readonly from: TimeBound },
  compare: Comparison,
  nowMs: number,
  timeZone: string,
): { window: { readonly from: TimeBound; readonly before: TimeBound }; movedMs: number } {
  const { clock, ms: from } = window.from;
  const now = Math.max(from, clock === 'wall' ? wallMsOf(nowMs, timeZone) : nowMs);
  const lengthMs = Math.max(0, (window.before?.ms ?? now) - from);
  const movedMs = compare === 'previous' ? lengthMs : Math.ceil(lengthMs / (7 * DAY_MS)) * 7 * DAY_MS;
  const until = Math.min(from + lengthMs, now);
  return { window: { from: { clock, ms: from - movedMs }, before: { clock, ms: until - movedMs } }, movedMs };
}
