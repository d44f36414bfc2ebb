import { safeTitle } from './titles.ts';

/** Titles of the objects met so far; a new key becomes a new column at the end. */
export interface GrowingColumns {
  readonly titles: string[];
  readonly indexes: Map<string, number>;
}

export function growingColumns(titles: readonly string[] = []): GrowingColumns {
  return { titles: [...titles], indexes: new Map(titles.map((title, i) => [title, i])) };
}

const DEPTH = 4;
const RISKY_NUMBER = /\d{16}|\d[eE][+-]?\d/;

/** Numbers that a double cannot hold are kept as they stand in the text. */
export function parsedJson(text: string): unknown {
  if (!RISKY_NUMBER.test(text)) return JSON.parse(text);
  return JSON.parse(text, ((_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? numberText(context.source) : value) as (
    key: string,
    value: unknown,
  ) => unknown);
}

function numberText(source: string): string | number {
  const value = Number(source);
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value;
}

/**
 * An object as cells: nested objects under dotted titles (`customer.phone`), arrays as JSON text.
 * null: it is not an object. Everything is text, as it would be in a table.
 */
export function cellsOfObject(value: unknown, columns: GrowingColumns, maxColumns: number): (string | null)[] | null {
  if (!isObject(value)) return null;
  const cells: (string | null)[] = [];
  put(value, '', 0, columns, maxColumns, cells);
  for (let i = 0; i < cells.length; i++) cells[i] ??= null;
  return cells;
}

function put(value: object, prefix: string, depth: number, columns: GrowingColumns, maxColumns: number, cells: (string | null)[]): void {
  for (const [key, inner] of Object.entries(value)) {
    const title = safeTitle(prefix + key);
    if (isObject(inner) && depth < DEPTH) {
      put(inner, `${title}.`, depth + 1, columns, maxColumns, cells);
      continue;
    }
    const text = cellText(inner);
    if (text === null && !columns.indexes.has(title)) addColumn(title, columns, maxColumns);
    else if (text !== null) {
      const index = columns.indexes.get(title) ?? addColumn(title, columns, maxColumns);
      if (index >= 0) cells[index] = text;
    }
  }
}

function addColumn(title: string, columns: GrowingColumns, maxColumns: number): number {
  if (columns.titles.length >= maxColumns) return -1;
  columns.titles.push(title);
  columns.indexes.set(title, columns.titles.length - 1);
  return columns.titles.length - 1;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return String(value);
  return JSON.stringify(value).toWellFormed();
}

/** A number without an exponent. */
export function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value)
    ? BigInt(value).toString()
    : value
        .toFixed(20)
        .replace(/(?<!0)0+$/, '')
        .replace(/\.$/, '');
}
