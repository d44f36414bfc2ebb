import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unshielded } from '../../model/formula-cell.ts';
import type { Problem } from '../../model/problem.ts';
import { fileBytes, fileSample, textDecoder } from './bytes.client.ts';
import { csvSplitter } from './csv-splitter.ts';
import { guessEncoding } from './guess-encoding.ts';
import { guessDelimiter } from './guess-table.ts';
import { cellsOfObject, growingColumns, parsedJson } from './json-cells.ts';
import { jsonSplitter, ndjsonSplitter } from './json-splitter.ts';
import { isMended, TEMPLATE_VERSION } from './mended-files.ts';
import { type FileFormat, type FileInspection, READ_LIMITS, type ReadLimits, type ReadOptions, UnreadableFile } from './records.ts';
import { inspectedColumns, tablePlan, type TablePlan } from './table-plan.ts';
import { type OpenWorkbook, openWorkbook, rowsOfSheet, sheetNamed, sheetNames, templateMark } from './xlsx.client.ts';

const SAMPLE_BYTES = 512 * 1024;
const SAMPLE_ROWS = 1_000;
const PREVIEW_ROWS = 20;

/** Everything the reader needs to know before the first record; `inspection` is what a person sees of it. */
export interface ReadPlan {
  readonly inspection: FileInspection;
  readonly table: TablePlan;
  readonly limits: ReadLimits;
  /** Where the readable file lies: the file itself, or an unpacked copy of a workbook in gzip. */
  readonly path: string;
  readonly dispose: () => Promise<void>;
}

/** Guesses format, encoding, delimiter, sheet, header and columns from the beginning of a file; what `overrides` say stands. */
export async function inspectFile(path: string, overrides: ReadOptions = {}): Promise<FileInspection> {
  const plan = await readPlan(path, overrides);
  await plan.dispose();
  return plan.inspection;
}

export async function readPlan(path: string, options: ReadOptions): Promise<ReadPlan> {
  const limits = { ...READ_LIMITS, ...options.limits };
  const { sample, gzip, size, whole } = await fileSample(path, SAMPLE_BYTES);
  if (sample.length === 0) throw new UnreadableFile({ code: 'empty-file' });
  if (isZip(sample)) return workbookPlan(path, gzip, size, options, limits);
  if (isCompound(sample)) throw new UnreadableFile({ code: hasPassword(sample) ? 'file-password' : 'file-old-workbook' });
  if (options.format === 'xlsx') throw new UnreadableFile({ code: 'format-unknown' });
  const guess = options.encoding === undefined ? guessEncoding(sample) : { encoding: options.encoding, confidence: 1 };
  const text = textDecoder(guess.encoding)
    .decode(sample, { stream: !whole })
    .replace(/^\ufeff/, '');
  const format = options.format ?? textFormat(text);
  const shared = { gzip, encoding: guess.encoding, encodingConfidence: guess.confidence, sheet: null, sheets: [], bytes: size };
  const read = format === 'csv' ? csvPlan(text, whole, options, limits) : jsonPlan(text, whole, format, limits);
  const { table, rows, delimiter, headerRow } = read;
  const found = seen(table, rows);
  const lost: Problem[] = text.includes('\ufffd') ? [{ code: 'encoding-undecodable' }] : [];
  const inspection = { ...shared, format, delimiter, headerRow, ...found, problems: [...lost, ...found.problems] };
  return { inspection, table, limits, path, dispose: async () => {} };
}

function seen(
  table: TablePlan,
  rows: readonly (readonly (string | null)[])[],
): Pick<FileInspection, 'columns' | 'previewRows' | 'problems'> {
  const empty: Problem[] = table.titles.length === 0 ? [{ code: 'empty-file' }] : [];
  return {
    columns: inspectedColumns(table.titles, rows),
    previewRows: rows.slice(0, PREVIEW_ROWS),
    problems: [...table.problems, ...empty],
  };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** The OLE container: an old `.xls`, or a workbook behind a password, whatever its name says. */
function isCompound(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;
}

function hasPassword(sample: Uint8Array): boolean {
  return Buffer.from(sample.buffer, sample.byteOffset, sample.length).includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

function textFormat(text: string): FileFormat {
  const begin = text.trimStart();
  if (/^\[\s*(?:[{["\]\d-]|true|false|null)/.test(begin)) return 'json';
  if (!/^\{\s*(?:"|\})/.test(begin)) return 'csv';
  const line = begin.slice(0, begin.indexOf('\n') < 0 ? begin.length : begin.indexOf('\n'));
  return isJson(line) ? 'ndjson' : 'json';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Sampled {
  readonly table: TablePlan;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly delimiter: string | null;
  readonly headerRow: number | null;
}

function csvPlan(text: string, whole: boolean, options: ReadOptions, limits: ReadLimits): Sampled {
  const delimiter = options.delimiter ?? guessDelimiter(text, limits.rowChars);
  const splitter = csvSplitter(delimiter, limits.rowChars);
  const records = splitter.push(text);
  if (whole) records.push(...splitter.end());
  const split = records.slice(0, SAMPLE_ROWS).map((record) => (record.problem === null ? record.cells : []));
  const rows = split.some(isMended) ? split.map((row) => row.map(unshielded)) : split;
  const table = tablePlan(rows, options.headerRow === undefined ? undefined : options.headerRow - 1);
  return { table, rows: rows.slice(table.headerIndex + 1).filter((row) => row.length > 0), delimiter, headerRow: table.headerIndex + 1 };
}

function jsonPlan(text: string, whole: boolean, format: FileFormat, limits: ReadLimits): Sampled {
  const splitter = format === 'ndjson' ? ndjsonSplitter(limits.rowChars) : jsonSplitter(limits.rowChars);
  const elements = splitter.push(text);
  if (whole || elements.length === 0) elements.push(...splitter.end());
  const columns = growingColumns();
  const rows = elements.slice(0, SAMPLE_ROWS).map((element) => {
    if (element.tooLarge) return [];
    try {
      return cellsOfObject(parsedJson(element.text), columns, limits.columns) ?? [];
    } catch {
      // Not JSON, or nested so deep that nothing can be made of it: a bad row when it is read.
      return [];
    }
  });
  const table = { headerIndex: -1, titles: columns.titles, minimumCells: 0, problems: [] };
  return { table, rows: rows.filter((row) => row.length > 0), delimiter: null, headerRow: null };
}

async function workbookPlan(path: string, gzip: boolean, size: number, options: ReadOptions, limits: ReadLimits): Promise<ReadPlan> {
  const unpacked = gzip ? await unpackedCopy(path, limits) : { path, dispose: async () => {} };
  try {
    const workbook = await openWorkbook(unpacked.path, limits);
    const { name, entry } = sheetNamed(workbook, options.sheet);
    const numbers: number[] = [];
    const rows: (readonly (string | null)[])[] = [];
    for await (const piece of rowsOfSheet(workbook, entry, limits)) {
      for (const row of piece.rows) {
        numbers.push(row.number);
        rows.push(row.cells);
      }
      if (rows.length > SAMPLE_ROWS) break;
    }
    const index = options.headerRow === undefined ? undefined : numbers.indexOf(options.headerRow);
    const table = tablePlan(rows, index);
    const found = seen(table, rows.slice(table.headerIndex + 1));
    const inspection: FileInspection = {
      format: 'xlsx',
      gzip,
      encoding: null,
      encodingConfidence: 1,
      delimiter: null,
      bytes: size,
      sheet: name,
      sheets: sheetNames(workbook),
      headerRow: numbers[table.headerIndex] ?? 0,
      ...found,
      problems: [...found.problems, ...(await oldTemplate(workbook, limits))],
    };
    return { inspection, table, limits, ...unpacked };
  } catch (error) {
    await unpacked.dispose();
    throw error;
  }
}

async function oldTemplate(workbook: OpenWorkbook, limits: ReadLimits): Promise<readonly Problem[]> {
  const mark = await templateMark(workbook, limits);
  if (mark === null || mark.version >= TEMPLATE_VERSION) return [];
  return [{ code: 'template-old', params: { version: mark.version, current: TEMPLATE_VERSION } }];
}

/** A zip must be read from its end, which gzip does not allow: a workbook in gzip is unpacked beside the system's other temporary files. */
async function unpackedCopy(path: string, limits: ReadLimits): Promise<{ path: string; dispose: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'voxloop-xlsx-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const copy = join(folder, 'workbook.xlsx');
  try {
    await pipeline(fileBytes(path, true, limits), createWriteStream(copy, { mode: 0o600 }));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { path: copy, dispose };
}
