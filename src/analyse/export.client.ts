import type { Filter, Names, Question } from '../model/question.ts';
import type { Viewer } from '../model/people.ts';
import { type AskContext, ask } from './ask.client.ts';
import { aboutSheet, answerSheet, dateCell, type Locale, type Sheet, type SheetCell, textCell } from './export-cells.ts';
import { labelsOf } from './labels.sql.ts';
import { wallMsOf } from '../model/zoned-time.ts';
import { timestampText } from './local-time.ts';
import type { VoiceRow } from '../model/voice-views.ts';
import { searchVoices } from './search-voices.client.ts';
import { dimensionOf } from './vocabulary.ts';
import { writeXlsx } from './write-xlsx.client.ts';

export interface Exported {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly totalRows: number;
}

/** The answer's rows, no more and no fewer than the screen shows, and a sheet that says where they come from. */
export async function exportAnswer(ctx: AskContext, viewer: Viewer, question: Question, locale: Locale): Promise<Exported> {
  const answer = await ask(ctx, viewer, question);
  const about = { where: question.where, asOf: answer.as_of, rows: answer.rows.length, totalRows: answer.total_rows };
  const bytes = await writeXlsx([answerSheet(answer, locale), aboutSheet(about, answer.columns, locale)]);
  return { bytes, rows: answer.rows.length, totalRows: answer.total_rows };
}

const MOST_VOICES = 10_000;

/** The newest voices of a search, masked as on the screen. */
export async function exportVoices(ctx: AskContext, viewer: Viewer, where: readonly Filter[], locale: Locale): Promise<Exported> {
  const rows: VoiceRow[] = [];
  let page = await searchVoices(ctx, viewer, where, { limit: 1000 });
  const { count, as_of } = page;
  rows.push(...page.rows);
  while (page.next !== null && rows.length < MOST_VOICES) {
    page = await searchVoices(ctx, viewer, where, { limit: 1000, cursor: page.next });
    rows.push(...page.rows);
  }
  const about = { where, asOf: as_of, rows: rows.length, totalRows: Math.max(count, rows.length) };
  const bytes = await writeXlsx([await voicesSheet(ctx, rows, locale), aboutSheet(about, [], locale)]);
  return { bytes, rows: rows.length, totalRows: about.totalRows };
}

const LABELLED = [
  'kind',
  'channel',
  'source',
  'product',
  'plan',
  'city',
  'district',
  'community',
  'unit',
  'department',
  'category',
  'stage',
  'feeling',
  'status',
] as const;
const COLUMNS: readonly { readonly field: keyof VoiceRow; readonly names: Names; readonly format: string | null }[] = [
  { field: 'id', names: { zh: '编号', en: 'Id' }, format: null },
  { field: 'said_at', names: { zh: '诉说时间', en: 'Said at' }, format: 'yyyy-mm-dd hh:mm:ss' },
  ...LABELLED.map((field) => ({ field, names: dimensionOf(field)?.names ?? { zh: field, en: field }, format: null })),
  { field: 'score', names: { zh: '评分', en: 'Score' }, format: '0.##' },
  { field: 'confidence', names: { zh: '识别置信度', en: 'Confidence' }, format: '0%' },
  { field: 'customer', names: { zh: '客户', en: 'Customer' }, format: null },
  { field: 'text', names: { zh: '内容', en: 'Text' }, format: null },
];

async function voicesSheet(ctx: AskContext, rows: readonly VoiceRow[], locale: Locale): Promise<Sheet> {
  const labels = await labelsOf(ctx.db, ctx.pack, LABELLED, rows as unknown as Parameters<typeof labelsOf>[3]);
  const cell = (row: VoiceRow, field: keyof VoiceRow): SheetCell => {
    const value = row[field];
    if (field === 'said_at') return dateCell(timestampText(wallMsOf(Date.parse(row.said_at), ctx.config.timeZone)));
    if (typeof value === 'number' && field !== 'id') return { kind: 'number', value };
    const name = labels[field]?.[value === null ? '' : String(value)]?.[locale];
    return textCell(name ?? value);
  };
  return {
    title: locale === 'zh' ? '客户声音' : 'Voices',
    header: COLUMNS.map((c) => c.names[locale]),
    formats: COLUMNS.map((c) => c.format),
    rows: rows.map((row) => COLUMNS.map((c) => cell(row, c.field))),
  };
}
