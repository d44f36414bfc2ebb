import { maskText } from '../model/masking.ts';
import type { Problem } from '../model/problem.ts';
import type { RawRecord } from './files/records.ts';
import { isReasonOf } from './files/mended-files.ts';
import { safeTitle } from './files/titles.ts';
import type { Field, Mapping } from './mapping/mapping.ts';

/** A mapping made ready for the columns of a file: cells are found by place, not by name. */
export interface RowPlan {
  readonly mapping: Mapping;
  readonly titles: readonly string[];
  readonly places: Readonly<Partial<Record<Field, number>>>;
  readonly texts: readonly number[];
  readonly attributes: readonly { readonly index: number; readonly title: string }[];
}

export function rowPlan(columns: readonly string[], mapping: Mapping): RowPlan {
  const fields = new Map(Object.entries(mapping.columns));
  const places: Partial<Record<Field, number>> = {};
  const texts: number[] = [];
  const attributes: { index: number; title: string }[] = [];
  columns.forEach((title, index) => {
    const field = fields.get(title) as Field | undefined;
    if (field === undefined) attributes.push({ index, title: safeTitle(title) });
    else if (field === 'text') texts.push(index);
    else places[field] ??= index;
  });
  return { mapping, titles: columns, places, texts, attributes };
}

export const LIMITS = { text: 100_000, attribute: 20_000, value: 500 } as const;

/** Reads one record by its plan and gathers everything that is wrong with it. */
export class RowReader {
  readonly plan: RowPlan;
  readonly record: RawRecord;
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];

  constructor(record: RawRecord, plan: RowPlan) {
    this.record = record;
    this.plan = plan;
  }

  title(field: Field): string {
    const place = field === 'text' ? this.plan.texts[0] : this.plan.places[field];
    return (place === undefined ? undefined : this.plan.titles[place]) ?? field;
  }

  /** The cell, trimmed; null when it is empty or not mapped. */
  cell(field: Field): string | null {
    const place = this.plan.places[field];
    return place === undefined ? null : this.at(place);
  }

  at(place: number): string | null {
    const cell = this.record.cells[place];
    if (cell === null || cell === undefined) return null;
    const trimmed = cell.trim();
    return trimmed === '' ? null : trimmed;
  }

  /** A short value; a longer one is a mistake of the mapping and refuses the row. */
  value(field: Field): string | null {
    const value = this.cell(field);
    if (value !== null && value.length > LIMITS.value) this.refuse('value-too-long', field, { length: value.length, limit: LIMITS.value });
    return value;
  }

  /** An id or phone: refused when a spreadsheet has eaten its last digits. */
  id(field: Field): string | null {
    const value = this.value(field);
    if (value === null) return null;
    const place = this.plan.places[field] ?? -1;
    if (this.record.lossy?.includes(place) || /^\d(?:\.\d+)?E\+?\d+$/i.test(value))
      this.refuse('number-precision-lost', field, { value: shown(value) });
    return value;
  }

  attributes(extra: readonly Field[]): Record<string, string> {
    const entries: [string, string][] = [];
    const keep = (title: string, place: number): void => {
      const value = this.at(place);
      // The column that our own file of rejected rows adds says nothing about the customer.
      if (value === null || isReasonOf(title, value)) return;
      if (value.length > LIMITS.attribute)
        this.push(this.problems, 'value-too-long', title, { length: value.length, limit: LIMITS.attribute });
      entries.push([title, value]);
    };
    for (const { index, title } of this.plan.attributes) keep(title, index);
    for (const field of extra) {
      const place = this.plan.places[field];
      if (place !== undefined) keep(safeTitle(this.title(field)), place);
    }
    return Object.fromEntries(entries);
  }

  /** Characters that were lost in decoding, or that the database cannot keep: refused, never stored as something else. */
  refuseUnstorable(): void {
    this.record.cells.forEach((cell, i) => {
      if (cell === null) return;
      if (cell.includes('\0')) this.push(this.problems, 'text-has-nul', this.plan.titles[i], undefined);
      if (cell.includes('\ufffd') || !cell.isWellFormed()) this.push(this.problems, 'encoding-undecodable', this.plan.titles[i], undefined);
    });
  }

  refuse(code: Problem['code'], field: Field, params?: Problem['params']): void {
    this.push(this.problems, code, this.title(field), params);
  }

  warn(code: Problem['code'], field: Field, params?: Problem['params']): void {
    this.push(this.warnings, code, this.title(field), params);
  }

  private push(to: Problem[], code: Problem['code'], column: string | undefined, params: Problem['params']): void {
    to.push({ code, row: this.record.row, ...(column === undefined ? {} : { column }), ...(params === undefined ? {} : { params }) });
  }
}

/** A value as it may stand in a problem: short. */
export function shown(value: string): string {
  const masked = maskText(value);
  return masked.length <= 40 ? masked : `${masked.slice(0, 39)}…`;
}

/** 8, 8.5, 1,234.5, 8分, 80% → a number; null: it is none. */
export function readNumber(text: string): number | null {
  const clean = text
    .normalize('NFKC')
    .replace(/(?:分|个月|月|%)$/, '')
    .trimEnd();
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(clean) ? clean.replaceAll(',', '') : clean;
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : null;
}
