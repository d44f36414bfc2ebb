import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import type { Problem } from '../model/problem.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { csvLine, REASON_TITLES, reasonText } from './files/mended-files.ts';
import { inspectInWorker } from './files/read-in-worker.client.ts';
import type { ImportBatch, RejectedRow } from './import-batches.sql.ts';
import { rejectedOf } from './import-batches.sql.ts';
import { readOptionsOf } from './read-options.ts';

type Locale = 'zh' | 'en';

/** Rows read at a time, and what one sheet may have: beyond it the CSV is the way. */
const PAGE = 500;
const SHEET_ROWS = 200_000;
/** What a spreadsheet keeps in one cell. */
const CELL_CHARS = 32_767;

export interface RejectedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/** The rejected rows of a batch with the titles of the original file, and why, to be mended and imported again. */
export async function rejectedFile(db: Db, batch: ImportBatch, format: 'xlsx' | 'csv', locale: Locale): Promise<RejectedFile> {
  if (format === 'xlsx' && batch.rejected > SHEET_ROWS) throw new Refusal('too-large', { rows: batch.rejected, limit: SHEET_ROWS });
  const titles = await titlesOf(db, batch);
  const rows = rowsIn(db, batch.id);
  const stem = batch.fileName.replace(/\.gz$/i, '').replace(/\.[a-z]{2,6}$/i, '');
  const name = `${stem}_${locale === 'zh' ? '待修正' : 'to-mend'}.${format}`;
  return format === 'csv'
    ? { name, type: 'text/csv; charset=utf-8', bytes: csvBytes(titles, rows, locale) }
    : { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes: sheetBytes(titles, rows, locale) };
}

/** In the order of the original, as far as it is still there; what only some rows have (JSON, ragged rows) comes behind. */
async function titlesOf(db: Db, batch: ImportBatch): Promise<readonly string[]> {
  const file = existsSync(batch.filePath)
    ? await inspectInWorker(batch.filePath, readOptionsOf(batch.options)).catch(() => undefined)
    : undefined;
  const known = file?.columns.map(({ title }) => title) ?? batch.options.titles ?? [];
  const met = await rowsOf(
    db,
    sql<{ title: string }>`select distinct jsonb_object_keys(raw) as title from rejected_rows where batch_id = ${batch.id} order by 1`,
  );
  const reasons: readonly string[] = Object.values(REASON_TITLES);
  const others = met.map(({ title }) => title).filter((title) => !known.includes(title));
  const place = (title: string): number => (/^#\d+$/.test(title) ? Number(title.slice(1)) : 0);
  return [...known, ...others.toSorted((a, b) => place(a) - place(b))].filter((title) => !reasons.includes(title));
}

async function* rowsIn(db: Db, batch: string): AsyncGenerator<RejectedRow> {
  let after = 0;
  for (;;) {
    const page = await rejectedOf(db, batch, PAGE, after);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.row ?? after;
  }
}

const cellOf = (raw: unknown, title: string): string => {
  const value = typeof raw === 'object' && raw !== null ? new Map(Object.entries(raw)).get(title) : undefined;
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

async function* csvBytes(titles: readonly string[], rows: AsyncGenerator<RejectedRow>, locale: Locale): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`\ufeff${csvLine([...titles, REASON_TITLES[locale]])}`);
  for await (const { row, problems, raw } of rows) {
    yield Buffer.from(csvLine([...titles.map((title) => cellOf(raw, title)), reasonText(problems, row, locale)]));
  }
}

/** Every cell is typed as text, so digits and leading zeros stay and nothing is a formula. */
async function* sheetBytes(titles: readonly string[], rows: AsyncGenerator<RejectedRow>, locale: Locale): AsyncGenerator<Uint8Array> {
  const { WorkbookWriter } = await import('@cj-tech-master/excelts');
  const parts: Uint8Array[] = [];
  const writer = new WorkbookWriter({
    stream: new WritableStream<Uint8Array>({ write: (part) => void parts.push(part.slice()) }),
    useStyles: true,
    useSharedStrings: false,
  });
  const sheet = writer.addWorksheet(locale === 'zh' ? '待修正' : 'To mend', { views: [{ state: 'frozen', ySplit: 1 }] });
  const all = [...titles, REASON_TITLES[locale]];
  sheet.columns = all.map((title, i) => ({ header: title, width: i === titles.length ? 60 : 18, style: { numFmt: '@' } }));
  sheet.getRow(1).font = { bold: true };
  for await (const { row, problems, raw } of rows) {
    const long: Problem[] = [];
    const cells = titles.map((title) => {
      const text = cellOf(raw, title);
      if (text.length <= CELL_CHARS) return text === '' ? null : sheetText(text);
      long.push({ code: 'cell-too-long', column: title, params: { length: text.length } });
      return null;
    });
    sheet.addRow([...cells, reasonText([...problems, ...long], row, locale)]).commit();
    yield* parts.splice(0);
  }
  sheet.commit();
  await writer.commit();
  yield* parts.splice(0);
}

/** Without characters that XML cannot carry; they would make the whole file unreadable. */
const sheetText = (text: string): string => text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').toWellFormed();
