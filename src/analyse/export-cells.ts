import { shielded } from '../model/formula-cell.ts';
import type { Answer, AnswerColumn, Filter, Names } from '../model/question.ts';
import { timeBound } from './local-time.ts';

export type Locale = 'zh' | 'en';
/** A cell of an exported sheet: numbers and dates are real ones, everything else is text. */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'date'; readonly ms: number }
  | { readonly kind: 'empty' };
export interface Sheet {
  readonly title: string;
  readonly header: readonly string[];
  /** Number format of each column; null: as text. */
  readonly formats: readonly (string | null)[];
  readonly rows: readonly (readonly SheetCell[])[];
}

const MOST_CHARS = 32_767;

/** Text that no spreadsheet takes for a formula, cut to what a cell holds, without characters that XML cannot carry. */
export function safeText(text: string): string {
  const safe = shielded(text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').toWellFormed());
  return safe.length <= MOST_CHARS ? safe : `${safe.slice(0, MOST_CHARS - 1).toWellFormed()}…`;
}

const FORMATS: Readonly<Record<AnswerColumn['unit'], string | null>> = {
  text: null,
  time: null,
  count: '#,##0',
  share: '0.0%',
  rate: '0.00',
  score: '0.00',
};
const TIME_FORMAT = { day: 'yyyy-mm-dd', hour: 'yyyy-mm-dd hh:mm' } as const;

/** The rows of an answer as the screen shows them: codes by their names, nulls by what they are called. */
export function answerSheet(answer: Answer, locale: Locale): Sheet {
  return {
    title: locale === 'zh' ? '数据' : 'Data',
    header: answer.columns.map((c) => safeText(c.names[locale])),
    formats: answer.columns.map((c) => (c.unit === 'time' ? TIME_FORMAT[c.name === 'hour' ? 'hour' : 'day'] : FORMATS[c.unit])),
    rows: answer.rows.map((row) => answer.columns.map((c) => answerCell(c, row[c.name] ?? null, answer.labels[c.name], locale))),
  };
}

function answerCell(
  column: AnswerColumn,
  value: string | number | null,
  labels: Readonly<Record<string, Names>> | undefined,
  locale: Locale,
): SheetCell {
  if (column.kind === 'measure') return typeof value === 'number' ? { kind: 'number', value } : { kind: 'empty' };
  if (column.unit === 'time' && typeof value === 'string') return dateCell(value);
  const name = labels?.[value === null ? '' : String(value)]?.[locale];
  return textCell(name ?? value);
}

export const textCell = (value: string | number | boolean | null): SheetCell =>
  value === null || value === '' ? { kind: 'empty' } : { kind: 'text', text: safeText(String(value)) };

/** Wall time as a spreadsheet keeps it: without a zone. */
export function dateCell(text: string): SheetCell {
  const bound = timeBound(text);
  return bound === null ? textCell(text) : { kind: 'date', ms: bound.ms };
}

/** Where the numbers come from, as a small sheet of its own. */
export function aboutSheet(
  about: { readonly where: readonly Filter[]; readonly asOf: string; readonly rows: number; readonly totalRows: number },
  columns: readonly AnswerColumn[],
  locale: Locale,
): Sheet {
  const zh = locale === 'zh';
  const lines: [string, string][] = [
    [zh ? '数据截至' : 'Data until', about.asOf],
    [zh ? '行数' : 'Rows', zh ? `${about.rows} 行，共 ${about.totalRows} 行` : `${about.rows} of ${about.totalRows}`],
    ...about.where.map((filter): [string, string] => [zh ? '条件' : 'Filter', filterWords(filter, zh)]),
    ...columns.flatMap((c): [string, string][] => (c.help === undefined ? [] : [[c.names[locale], c.help[locale]]])),
  ];
  return {
    title: zh ? '说明' : 'About',
    header: zh ? ['项目', '内容'] : ['Item', 'Content'],
    formats: [null, null],
    rows: lines.map((line) => line.map((text) => textCell(text))),
  };
}

function filterWords(filter: Filter, zh: boolean): string {
  if ('text' in filter) return `${zh ? '文本包含' : 'text has'} ${filter.text}`;
  const none = zh ? '（空）' : '(none)';
  if ('in' in filter) return `${filter.field}: ${filter.in.map((v) => v ?? none).join(', ')}`;
  return `${filter.field}: ${filter.from ?? ''} ≤ … < ${filter.before ?? ''}`;
}

/** `voxloop_answer_2026-03-01_2026-04-01.xlsx`; plain ASCII, so that every browser keeps it. */
export function exportName(kind: 'answer' | 'voices', where: readonly Filter[]): string {
  const side = (name: 'from' | 'before'): string => {
    const text =
      where.flatMap((f) => ('field' in f && f.field === 'said_at' && !('in' in f) ? [f[name] ?? ''] : [])).find((t) => t !== '') ?? '';
    return /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? '';
  };
  return ['voxloop', kind, ...[side('from'), side('before')].filter((part) => part !== '')].join('_').concat('.xlsx');
}
