import type { Answer } from '../../model/question.ts';
import { isTime } from './explorer-view.ts';

export type AnswerRow = Answer['rows'][number];

export const numberAt = (row: AnswerRow, name: string): number | null => {
  const value = row[name];
  return typeof value === 'number' ? value : null;
};

/** What picture an answer asks for. */
export type Shape =
  | { readonly kind: 'figures' }
  | { readonly kind: 'trend'; readonly time: string; readonly split: readonly string[] }
  | { readonly kind: 'bars'; readonly by: readonly string[] };

export function shapeOf(answer: Answer): Shape {
  const by = answer.columns.filter((c) => c.kind === 'dimension').map((c) => c.name);
  const time = by.find(isTime);
  if (by.length === 0) return { kind: 'figures' };
  if (time === undefined) return { kind: 'bars', by };
  return { kind: 'trend', time, split: by.filter((name) => name !== time) };
}

export interface Line {
  /** null: the answer has one line only. */
  readonly key: string | null;
  readonly points: readonly { readonly at: string; readonly value: number | null; readonly row: number | null }[];
}

/**
 * One line per value of the other dimensions, the largest first, over all times of the answer. A time without a row
 * is 0 for a count, a gap for anything else: no voice was counted, but a mean of nothing is nothing. In a cut answer
 * a missing row may only have been cut, so it is a gap too.
 */
export function linesOf(answer: Answer, measure: string, time: string, split: readonly string[], most: number) {
  const zero = !isCut(answer) && answer.columns.find((c) => c.name === measure)?.unit === 'count' ? 0 : null;
  const times = timesOf(answer, time);
  const groups = new Map<string, Map<string, number>>();
  answer.rows.forEach((row, index) => {
    if (row[time] === null || row[time] === undefined) return;
    const key = JSON.stringify(split.map((name) => row[name] ?? null));
    const group = groups.get(key) ?? new Map<string, number>();
    group.set(String(row[time]), index);
    groups.set(key, group);
  });
  const total = (group: Map<string, number>) =>
    [...group.values()].reduce((sum, index) => sum + Math.abs(numberAt(answer.rows[index] ?? {}, measure) ?? 0), 0);
  const ordered = [...groups].sort((a, b) => total(b[1]) - total(a[1]));
  const lines = ordered.slice(0, most).map(([key, group]): Line => ({
    key: split.length === 0 ? null : key,
    points: times.map((at) => {
      const index = group.get(at);
      return index === undefined ? { at, value: zero, row: null } : { at, value: numberAt(answer.rows[index] ?? {}, measure), row: index };
    }),
  }));
  return { times, lines, dropped: ordered.length - lines.length };
}

/** All times between the first and the last; days are filled in, other units appear as they came. */
export function timesOf(answer: Answer, time: string): readonly string[] {
  const seen = [...new Set(answer.rows.flatMap((row) => (typeof row[time] === 'string' ? [row[time]] : [])))].sort();
  const [first, last] = [seen[0], seen.at(-1)];
  if (time !== 'day' || first === undefined || last === undefined) return seen;
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last) && days.length < 2000; at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Rows were left out: nothing may be said about the highest or the sum of what is not here. */
export const isCut = (answer: Answer): boolean => answer.rows.length < answer.total_rows;

/** Total of a count over all rows; null where a sum would lie (shares, rates, distinct customers, cut rows). */
export function totalOf(answer: Answer, measure: string): number | null {
  const adds = measure === 'voices' || measure === 'complaints' || measure === 'grievances';
  if (!adds || isCut(answer)) return null;
  return answer.rows.reduce((sum, row) => sum + (numberAt(row, measure) ?? 0), 0);
}
