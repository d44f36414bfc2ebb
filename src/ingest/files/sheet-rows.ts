import type { NumberStyle } from './sheet-value.ts';
import { sheetNumber } from './sheet-value.ts';
import { attribute, type XmlHandler, xmlScanner } from './xml-scanner.ts';

export interface SheetRow {
  /** The sheet's own row number. */
  readonly number: number;
  readonly cells: readonly (string | null)[];
  readonly lossy: readonly number[];
  readonly tooLarge: boolean;
}

export interface SheetContext {
  readonly shared: readonly string[];
  readonly styles: readonly NumberStyle[];
  readonly system1904: boolean;
  readonly rowChars: number;
  readonly columns: number;
}

const PLAIN: NumberStyle = { kind: 'number' };

/** Rows of a worksheet's XML, given in pieces. Rows without a value are not handed out, whatever the sheet declares. */
export function sheetRows(context: SheetContext): (text: string) => SheetRow[] {
  let out: SheetRow[] = [];
  const reader = new RowReader(context, (row) => out.push(row));
  const scan = xmlScanner(reader, context.rowChars * 8);
  return (text) => {
    out = [];
    scan(text);
    return out;
  };
}

class RowReader implements XmlHandler {
  readonly #context: SheetContext;
  readonly #emit: (row: SheetRow) => void;
  #row = 0;
  #cells: (string | null)[] = [];
  #lossy: number[] = [];
  #chars = 0;
  #column = -1;
  #type = '';
  #style = 0;
  #value = '';
  #reading = false;
  #phonetic = false;

  constructor(context: SheetContext, emit: (row: SheetRow) => void) {
    this.#context = context;
    this.#emit = emit;
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v' || name === 't') this.#reading = !this.#phonetic;
    else if (name === 'rPh') this.#phonetic = true;
    else if (name === 'row') {
      this.#row = Number(attribute(attributes, 'r') ?? this.#row + 1);
      [this.#cells, this.#lossy, this.#chars, this.#column] = [[], [], 0, -1];
    }
  }

  #openCell(attributes: string): void {
    const reference = attribute(attributes, 'r');
    this.#column = reference === null ? this.#column + 1 : columnOf(reference);
    this.#type = attribute(attributes, 't') ?? '';
    this.#style = Number(attribute(attributes, 's') ?? 0);
    this.#value = '';
  }

  text(text: string): void {
    if (!this.#reading) return;
    this.#chars += text.length;
    if (this.#chars <= this.#context.rowChars) this.#value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#reading = false;
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
  }

  #closeCell(): void {
    const column = this.#column;
    if (this.#value === '' || column >= this.#context.columns) return;
    const text = this.#cellText();
    if (text === '') return;
    for (let i = this.#cells.length; i < column; i++) this.#cells[i] = null;
    this.#cells[column] = text;
    if (this.#type === 's') this.#chars += text.length;
  }

  #cellText(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.#context.shared[Number(value)] ?? '';
      case 'str':
      case 'inlineStr':
      case 'd':
        return unescaped(value);
      case 'b':
        return value === '1' ? 'true' : 'false';
      case 'e':
        return '';
      default: {
        const number = sheetNumber(value, this.#context.styles[this.#style] ?? PLAIN, this.#context.system1904);
        if (number.lossy) this.#lossy.push(this.#column);
        return number.text;
      }
    }
  }

  #closeRow(): void {
    const tooLarge = this.#chars > this.#context.rowChars;
    if (!tooLarge && !this.#cells.some((cell) => cell !== null && cell.trim() !== '')) return;
    this.#emit({ number: this.#row, cells: tooLarge ? [] : this.#cells, lossy: this.#lossy, tooLarge });
  }
}

/** `AB12` → 27 */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const c = reference.charCodeAt(i) & ~0x20;
    if (c < 65 || c > 90) break;
    column = column * 26 + c - 64;
  }
  return column - 1;
}

/** Sheets write control characters as `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}
