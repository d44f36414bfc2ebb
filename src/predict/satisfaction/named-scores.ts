import type { CountsFor } from './asked-about.ts';
import { type CellBuilder, momentsOf, type Row, type Scale } from './cell-builder.ts';
import type { AnswersIn } from './cell-filters.ts';

/** Scores by place, month and the words for what was asked about, from one column; `after`: columns that would count before it. */
export interface NamedColumn {
  readonly column: string;
  readonly after: readonly string[];
  /** With `place`, `month`, `name`, `n`, `total`, `squares`. */
  readonly rows: readonly Row[];
  /** Scores of names too rare to be listed. */
  readonly others: number;
}

export interface Unplaced {
  readonly column: string;
  readonly after: readonly string[];
  readonly name: string;
  readonly why: 'unknown' | 'unmeasured';
  readonly answers: number;
}

export interface NamedScores {
  /** Key of answers → where they stand. */
  readonly askedIn: ReadonlyMap<string, readonly AnswersIn[]>;
  readonly unplaced: readonly Unplaced[];
  /** Scores without a place to count, in all. */
  readonly unplacedAnswers: number;
}

/** Puts every score where what it was asked about counts, and says which words lead nowhere. Those make a cell, so that they can be opened, and count in none. */
export function placeScores(columns: readonly NamedColumn[], countsFor: CountsFor, cells: CellBuilder, scale: Scale): NamedScores {
  const askedIn = new Map<string, AnswersIn[]>();
  const unplaced: Unplaced[] = [];
  for (const { column, after, rows } of columns) {
    for (const [name, ofName] of Map.groupBy(rows, (row) => String(row['name']))) {
      const keys = countsFor(name);
      const answers = ofName.reduce((sum, row) => sum + Number(row['n']), 0);
      for (const row of ofName) {
        cells.at(row);
        for (const key of keys ?? []) cells.add(row, key, momentsOf(row, scale));
      }
      for (const key of keys ?? []) addName(askedIn, key, { column, values: [name], scored: true, after, answers });
      if (keys === null || keys.length === 0)
        unplaced.push({ column, after, name, why: keys === null ? 'unknown' : 'unmeasured', answers });
    }
  }
  const listed = unplaced.reduce((sum, one) => sum + one.answers, 0);
  return {
    askedIn,
    unplaced: unplaced.toSorted((a, b) => b.answers - a.answers),
    unplacedAnswers: listed + columns.reduce((sum, one) => sum + one.others, 0),
  };
}

/** Several names for one thing in one column open together. */
function addName(askedIn: Map<string, AnswersIn[]>, key: string, more: AnswersIn): void {
  const list = askedIn.get(key) ?? [];
  const at = list.findIndex((one) => one.column === more.column);
  const before = list[at];
  if (before === undefined) list.push(more);
  else list[at] = { ...before, values: [...before.values, ...more.values].toSorted(), answers: before.answers + more.answers };
  askedIn.set(key, list);
}
