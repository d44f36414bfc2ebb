import { type ReadLimits, UnreadableFile, unreadable } from './records.ts';
import { sharedStrings, stylesOf, type Workbook, workbookOf } from './sheet-parts.ts';
import { MARK, MARK_SHEET } from './mended-files.ts';
import { type SheetRow, sheetRows } from './sheet-rows.ts';
import { entryBytes, type ZipEntry, zipEntries } from './zip.client.ts';

export interface OpenWorkbook extends Workbook {
  readonly path: string;
  readonly entries: ReadonlyMap<string, ZipEntry>;
}

const PART_BYTES = 32 * 1024 ** 2;

/**
 * A streaming reader of our own instead of excelts' (which stays our writer): it sees the digits as the file has them, counts only
 * rows with a value, guards every entry against zip bombs, and holds nothing but the shared strings.
 */
export async function openWorkbook(path: string, limits: ReadLimits): Promise<OpenWorkbook> {
  const entries = await zipEntries(path);
  const workbook = workbookOf(
    await partText(path, entries, 'xl/workbook.xml', limits),
    await partText(path, entries, 'xl/_rels/workbook.xml.rels', limits),
  );
  if (workbook.sheets.length === 0) throw unreadable('no worksheet');
  return { ...workbook, path, entries };
}

async function partText(path: string, entries: ReadonlyMap<string, ZipEntry>, name: string, limits: ReadLimits): Promise<string> {
  const entry = entries.get(name);
  if (entry === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of entryBytes(path, entry, { ...limits, unpackedBytes: PART_BYTES }))
    text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

async function sharedOf(workbook: OpenWorkbook, limits: ReadLimits): Promise<readonly string[]> {
  const entry = workbook.entries.get('xl/sharedStrings.xml');
  if (entry === undefined) return [];
  const { push, strings } = sharedStrings(limits.sharedStringChars);
  await decodeInto(workbook.path, entry, limits, { packed: 0 }, push);
  return strings;
}

async function decodeInto(
  path: string,
  entry: ZipEntry,
  limits: ReadLimits,
  progress: { packed: number },
  push: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of entryBytes(path, entry, limits, progress)) push(decoder.decode(chunk, { stream: true }));
  push(decoder.decode());
}

export interface SheetPiece {
  readonly rows: readonly SheetRow[];
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

export function sheetNamed(workbook: OpenWorkbook, name: string | undefined): { readonly name: string; readonly entry: ZipEntry } {
  const sheet =
    name === undefined
      ? (workbook.sheets.find(({ kept }) => !kept) ?? workbook.sheets[0])
      : workbook.sheets.find((candidate) => candidate.name === name);
  if (sheet === undefined) {
    const sheets = sheetNames(workbook).join(', ');
    throw new UnreadableFile({ code: 'sheet-missing', params: { sheet: name ?? '', sheets } });
  }
  const entry = workbook.entries.get(sheet.target);
  if (entry === undefined) throw unreadable('worksheet missing');
  return { name: sheet.name, entry };
}

/** Rows of one sheet in pieces, from the first to the last that has a value. */
export async function* rowsOfSheet(workbook: OpenWorkbook, entry: ZipEntry, limits: ReadLimits): AsyncGenerator<SheetPiece> {
  const shared = await sharedOf(workbook, limits);
  const styles = stylesOf(await partText(workbook.path, workbook.entries, 'xl/styles.xml', limits));
  const { system1904 } = workbook;
  const read = sheetRows({ shared, styles, system1904, rowChars: limits.rowChars, columns: limits.columns });
  const progress = { packed: 0 };
  const decoder = new TextDecoder();
  for await (const chunk of entryBytes(workbook.path, entry, limits, progress)) {
    const rows = read(decoder.decode(chunk, { stream: true }));
    if (rows.length > 0) yield { rows, bytesRead: progress.packed, bytesTotal: entry.packedBytes };
  }
}

/** Those that a person may choose from. */
export const sheetNames = (workbook: OpenWorkbook): readonly string[] =>
  workbook.sheets.filter(({ kept }) => !kept).map(({ name }) => name);

/** The mark that our own templates carry; null: it is none. */
export async function templateMark(workbook: OpenWorkbook, limits: ReadLimits): Promise<{ readonly version: number } | null> {
  const sheet = workbook.sheets.find(({ name, kept }) => kept && name === MARK_SHEET);
  const entry = sheet === undefined ? undefined : workbook.entries.get(sheet.target);
  if (entry === undefined || entry.unpackedBytes > 65_536) return null;
  for await (const { rows } of rowsOfSheet(workbook, entry, limits)) {
    const [mark, version] = rows[0]?.cells ?? [];
    return mark === MARK ? { version: Number(version) || 0 } : null;
  }
  return null;
}
