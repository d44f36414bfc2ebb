import type { Problem } from '../../model/problem.ts';

/** A table in columns, as the file readers give it; null and blanks are the same. */
export interface TrialTable {
  readonly titles: readonly string[];
  readonly rows: number;
  /** The number of each row in its file. */
  readonly rowNumbers: ArrayLike<number>;
  readonly columns: readonly (readonly (string | null)[])[];
  /** Rows of the file that could not be read as rows. */
  readonly leftOut: number;
}

export function columnOf(table: TrialTable, title: string): readonly (string | null)[] {
  return table.columns[table.titles.indexOf(title)] ?? [];
}

/** Cells as numbers: NaN for blanks. `%` is taken off and said. Cells that are no numbers are listed. */
export interface NumberCells {
  readonly values: Float64Array;
  readonly percent: boolean;
  /** Every value that is there is 0 or 1 (or yes and no). */
  readonly binary: boolean;
  readonly whole: boolean;
  /** Some cells are words for yes and no. */
  readonly said: boolean;
  readonly wrong: readonly number[];
  readonly missing: number;
}

const TRUTH = new Map(Object.entries({ true: 1, false: 0, yes: 1, no: 0, y: 1, n: 0, t: 1, f: 0, 是: 1, 否: 0, 有: 1, 无: 0 }));

export function numbersOf(cells: readonly (string | null)[]): NumberCells {
  const values = new Float64Array(cells.length);
  const wrong: number[] = [];
  let [percent, binary, whole, said, missing] = [false, true, true, false, 0];
  cells.forEach((cell, i) => {
    const text = (cell ?? '').trim();
    const value = text === '' ? Number.NaN : valueOf(text);
    values[i] = value ?? Number.NaN;
    if (text === '') missing++;
    else if (value === null) wrong.push(i);
    else {
      if (text.endsWith('%') || text.endsWith('％')) percent = true;
      if (value !== 0 && value !== 1) binary = false;
      if (TRUTH.has(text.toLowerCase())) said = true;
      if (!Number.isInteger(value)) whole = false;
    }
  });
  return { values, percent, binary: binary && missing < cells.length, whole, said, wrong, missing };
}

function valueOf(text: string): number | null {
  const truth = TRUTH.get(text.toLowerCase());
  if (truth !== undefined) return truth;
  const plain = /[%％]$/.test(text) ? text.slice(0, -1).trim() : text;
  const number = Number(/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain);
  if (plain === '' || !Number.isFinite(number)) return null;
  return plain === text ? number : number / 100;
}

/** One problem for all cells of a column that are no numbers: how many, where, the first of them. */
export function notNumbers(table: TrialTable, title: string, wrong: readonly number[]): Problem {
  const rows = wrong.slice(0, 5).map((i) => table.rowNumbers[i] as number);
  return {
    code: 'trial-not-numbers',
    column: title,
    row: rows[0] ?? 0,
    params: {
      count: wrong.length,
      rows: `${rows.join(', ')}${wrong.length > 5 ? ' …' : ''}`,
      value: columnOf(table, title)[wrong[0] ?? 0] ?? '',
    },
  };
}
