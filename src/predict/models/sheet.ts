/** A table as a file gives it: texts by column, each distinct text once. */
export interface SheetColumn {
  readonly title: string;
  /** Place in `levels`; −1 = nothing was given. */
  readonly codes: Int32Array;
  /** Trimmed texts in the order in which they first came. */
  readonly levels: readonly string[];
}

export interface Sheet {
  /** Records as in the file, those among them that could not be read as well. */
  readonly rows: number;
  /** Records that could not be read; they are not in the columns. */
  readonly unreadable: number;
  readonly columns: readonly SheetColumn[];
}

/** How files say "nothing". "None" is not among them: it is an answer ("no offer"). */
const NOTHING = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', '\\n', '-', '--']);

interface Growing {
  readonly title: string;
  codes: Int32Array;
  readonly places: Map<string, number>;
}

/** Collects records batch by batch; columns that come later are empty in the rows before. */
export class SheetBuilder {
  readonly #columns: Growing[] = [];
  #rows = 0;
  #unreadable = 0;

  add(titles: readonly string[], records: Iterable<{ readonly cells: readonly (string | null)[]; readonly problem?: unknown }>): void {
    for (const title of titles.slice(this.#columns.length))
      this.#columns.push({ title: title.trim(), codes: new Int32Array(1024).fill(-1), places: new Map() });
    for (const { cells, problem } of records) {
      if (problem === undefined) this.#row(cells);
      else this.#unreadable++;
    }
  }

  finish(): Sheet {
    const columns = this.#columns.map(({ title, codes, places }) => ({
      title,
      codes: grown(codes, this.#rows).slice(0, this.#rows),
      levels: [...places.keys()],
    }));
    return { rows: this.#rows + this.#unreadable, unreadable: this.#unreadable, columns };
  }

  #row(cells: readonly (string | null)[]): void {
    const row = this.#rows++;
    for (let c = 0; c < this.#columns.length; c++) {
      const column = this.#columns[c]!;
      if (row >= column.codes.length) column.codes = grown(column.codes, row + 1);
      const text = cells[c]?.trim() ?? '';
      if (NOTHING.has(text.length > 4 ? 'x' : text.toLowerCase())) continue;
      let place = column.places.get(text);
      if (place === undefined) column.places.set(text, (place = column.places.size));
      column.codes[row] = place;
    }
  }
}

function grown(codes: Int32Array, rows: number): Int32Array {
  if (codes.length >= rows) return codes;
  const larger = new Int32Array(Math.max(rows, codes.length * 2)).fill(-1);
  larger.set(codes);
  return larger;
}

/** Rows that are readable. */
export const rowsOf = (sheet: Sheet): number => sheet.rows - sheet.unreadable;

/** A text as a number; NaN where it is none. Thousands' commas and a leading currency sign are read; 1:30:00 is seconds. */
export function asNumber(text: string): number {
  if (/^\d{1,3}:[0-5]\d(:[0-5]\d)?$/.test(text))
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * (text.length > 6 ? 1 : 60);
  if (!/^[-+.\d¥$€£]/.test(text) || text.length > 40) return NaN;
  const plain = text.replace(/^[¥$€£]/, '');
  const parts = plain.split(',');
  const grouped = parts.length > 1 && parts.slice(1).every((part) => /^\d\d\d/.test(part));
  const number = Number(grouped ? parts.join('') : plain);
  return plain === '' || /^[-+]?0[xob]/i.test(plain) || !Number.isFinite(number) ? NaN : number;
}
