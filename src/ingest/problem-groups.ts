import type { Problem, ProblemGroup } from '../model/problem.ts';

const FIRST_ROWS = 5;

/** Folds problems of many rows into groups of one code and column: how often, and the first few rows. */
export class ProblemTally {
  readonly #groups = new Map<string, { code: ProblemGroup['code']; column: string | null; count: number; rows: number[] }>();

  constructor(before: readonly ProblemGroup[] = []) {
    for (const group of before) this.#groups.set(keyOf(group.code, group.column), { ...group, rows: [...group.rows] });
  }

  add(row: number, problem: Problem): void {
    const column = problem.column ?? null;
    const key = keyOf(problem.code, column);
    const group = this.#groups.get(key) ?? { code: problem.code, column, count: 0, rows: [] };
    group.count += 1;
    if (group.rows.length < FIRST_ROWS) group.rows.push(row);
    this.#groups.set(key, group);
  }

  groups(): readonly ProblemGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => b.count - a.count);
  }
}

const keyOf = (code: string, column: string | null): string => `${code}\n${column ?? ''}`;
