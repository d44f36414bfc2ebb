import type { Problem, ProblemGroup } from '../model/problem.ts';

const FIRST_ROWS = 5;
/** Values told apart while counting, and of those as many as a page can show. A value that comes late and seldom may be missed. */
const COUNTED_VALUES = 500;
const KEPT_VALUES = 20;

interface Group {
  readonly code: ProblemGroup['code'];
  readonly column: string | null;
  count: number;
  readonly rows: number[];
  readonly values: Map<string, number>;
}

/** Folds problems of many rows into groups of one code and column: how often, the first few rows, and which values. */
export class ProblemTally {
  readonly #groups = new Map<string, Group>();

  constructor(before: readonly ProblemGroup[] = []) {
    for (const { code, column, count, rows, values = [] } of before) {
      const counts = new Map(values.map((one): [string, number] => [one.value, one.count]));
      this.#groups.set(keyOf(code, column), { code, column, count, rows: [...rows], values: counts });
    }
  }

  add(row: number, problem: Problem): void {
    const column = problem.column ?? null;
    const key = keyOf(problem.code, column);
    let group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = { code: problem.code, column, count: 0, rows: [], values: new Map() }));
    group.count += 1;
    if (group.rows.length < FIRST_ROWS) group.rows.push(row);
    const value = problem.params?.['value'];
    if (value === undefined) return;
    const counted = group.values.get(String(value));
    if (counted !== undefined || group.values.size < COUNTED_VALUES) group.values.set(String(value), (counted ?? 0) + 1);
  }

  groups(): readonly ProblemGroup[] {
    return [...this.#groups.values()]
      .toSorted((a, b) => b.count - a.count)
      .map(({ values, ...group }) => ({
        ...group,
        ...(values.size === 0 ? {} : { values: mostFrequent(values) }),
      }));
  }
}

function mostFrequent(values: ReadonlyMap<string, number>): readonly { value: string; count: number }[] {
  const all = [...values].map(([value, count]) => ({ value, count }));
  return all.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, KEPT_VALUES);
}

const keyOf = (code: string, column: string | null): string => `${code}\n${column ?? ''}`;
