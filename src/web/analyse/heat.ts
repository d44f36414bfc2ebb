import type { Answer } from '../../model/question.ts';
import { numberAt } from './answer-shape.ts';
import type { AnswerRow } from './answer-shape.ts';

export interface HeatTable {
  readonly rows: readonly (string | null)[];
  readonly columns: readonly (string | null)[];
  readonly cell: (row: string | null, column: string | null) => AnswerRow | undefined;
}

const code = (value: AnswerRow[string] | undefined): string | null => (value === null || value === undefined ? null : String(value));
const key = (row: string | null, column: string | null): string => JSON.stringify([row, column]);

/** An answer by two dimensions as a table. `order` puts codes in the order of their trade; others follow by size, what is unknown last. */
export function heatOf(answer: Answer, by: readonly [string, string], order: Readonly<Record<string, readonly string[]>> = {}): HeatTable {
  const cells = new Map(answer.rows.map((row) => [key(code(row[by[0]]), code(row[by[1]])), row]));
  const along = (name: string): readonly (string | null)[] => {
    const size = new Map<string | null, number>();
    for (const row of answer.rows) size.set(code(row[name]), (size.get(code(row[name])) ?? 0) + (numberAt(row, 'voices') ?? 0));
    const wanted = order[name] ?? [];
    const place = (one: string | null): number => (one === null ? Infinity : wanted.includes(one) ? wanted.indexOf(one) : wanted.length);
    return [...size.keys()].toSorted((a, b) => {
      const [first, second] = [place(a), place(b)];
      return first === second ? (size.get(b) ?? 0) - (size.get(a) ?? 0) : first - second;
    });
  };
  return { rows: along(by[0]), columns: along(by[1]), cell: (row, column) => cells.get(key(row, column)) };
}

/** Counts that add up along a row or a column; a share is made of sums, never a mean of shares. */
export interface Sum {
  readonly voices: number;
  readonly complaints: number;
}
export function sumOf(cells: readonly (AnswerRow | undefined)[]): Sum {
  const add = (name: string): number => cells.reduce((sum, cell) => sum + (cell === undefined ? 0 : (numberAt(cell, name) ?? 0)), 0);
  return { voices: add('voices'), complaints: add('complaints') };
}

export const HEAT_MEASURES = ['voices', 'complaints', 'complaint_share'] as const;
export type HeatMeasure = (typeof HEAT_MEASURES)[number];

/** A share of a handful says nothing, and is neither shaded nor called weak. */
const FEWEST_FOR_SHARE = 20;

export function heatValue({ voices, complaints }: Sum, measure: HeatMeasure): number | null {
  if (measure === 'voices') return voices;
  if (measure === 'complaints') return complaints;
  return voices === 0 ? null : complaints / voices;
}

/** 0 … 1: how deep a cell is shaded, on the root of its value so that the middle can be told apart. */
export function heatShade(sum: Sum, measure: HeatMeasure, most: number): number {
  const value = heatValue(sum, measure);
  if (value === null || most <= 0 || (measure === 'complaint_share' && sum.voices < FEWEST_FOR_SHARE)) return 0;
  return Math.sqrt(Math.min(1, value / most));
}

export function mostOf(sums: readonly Sum[], measure: HeatMeasure): number {
  const values = sums
    .filter((sum) => measure !== 'complaint_share' || sum.voices >= FEWEST_FOR_SHARE)
    .map((sum) => heatValue(sum, measure) ?? 0);
  return Math.max(0, ...values);
}
