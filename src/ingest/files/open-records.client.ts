import { unshielded } from '../../model/formula-cell.ts';
import type { Problem } from '../../model/problem.ts';
import { fileText } from './bytes.client.ts';
import { csvSplitter } from './csv-splitter.ts';
import { readPlan, type ReadPlan } from './inspect-file.client.ts';
import { cellsOfObject, growingColumns, parsedJson } from './json-cells.ts';
import { type JsonElement, jsonSplitter, ndjsonSplitter } from './json-splitter.ts';
import { isMended } from './mended-files.ts';
import type { RawRecord, ReadOptions, RecordBatch } from './records.ts';
import { fitted } from './table-plan.ts';
import { repeatsTitles } from './titles.ts';
import { openWorkbook, rowsOfSheet, sheetNamed } from './xlsx.client.ts';

type Unnumbered = Omit<RawRecord, 'row'>;

interface Piece {
  readonly records: readonly Unnumbered[];
  readonly columns: readonly string[];
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/**
 * The records of a file in batches, memory bounded by the largest batch. What is not said in `options` is guessed.
 * For the server use `readInWorker`: this one splits on the caller's thread.
 */
export async function* openRecords(path: string, options: ReadOptions = {}): AsyncGenerator<RecordBatch> {
  const plan = await readPlan(path, options);
  try {
    yield* batches(pieces(plan), plan, options.fromRow ?? 1);
  } finally {
    await plan.dispose();
  }
}

function pieces(plan: ReadPlan): AsyncGenerator<Piece> {
  switch (plan.inspection.format) {
    case 'csv':
      return csvPieces(plan);
    case 'xlsx':
      return sheetPieces(plan);
    case 'json':
    case 'ndjson':
      return jsonPieces(plan);
  }
}

async function* csvPieces({ path, inspection, table, limits }: ReadPlan): AsyncGenerator<Piece> {
  const splitter = csvSplitter(inspection.delimiter ?? ',', limits.rowChars);
  const progress = { packed: 0 };
  const columns = table.titles;
  const mended = isMended(columns);
  let above = inspection.headerRow ?? 0;
  const below = (split: readonly { cells: string[]; problem: Problem['code'] | null }[]): Piece => {
    const skipped = Math.min(above, split.length);
    above -= skipped;
    const records = split.slice(skipped).map(({ cells, problem }): Unnumbered => {
      if (problem !== null) return { cells, problem: problemOf(problem, limits.rowChars) };
      const fit = fitted(mended ? cells.map(unshielded) : cells, table);
      if (repeatsTitles(cells, columns)) return { ...fit, problem: { code: 'header-repeated' } };
      return fit.problem === undefined && cells.some((cell) => cell.includes('\0')) ? { ...fit, problem: { code: 'text-has-nul' } } : fit;
    });
    return { records, columns, bytesRead: progress.packed, bytesTotal: inspection.bytes };
  };
  const encoding = inspection.encoding ?? 'utf-8';
  for await (const text of fileText(path, inspection.gzip, encoding, limits, progress)) yield below(splitter.push(text));
  yield below(splitter.end());
}

function problemOf(code: Problem['code'], limit: number): Problem {
  return code === 'row-too-large' ? { code, params: { limit } } : { code };
}

async function* sheetPieces({ path, inspection, table, limits }: ReadPlan): AsyncGenerator<Piece> {
  const workbook = await openWorkbook(path, limits);
  const { entry } = sheetNamed(workbook, inspection.sheet ?? undefined);
  for await (const { rows, bytesRead, bytesTotal } of rowsOfSheet(workbook, entry, limits)) {
    const records = rows
      .filter((row) => row.number > (inspection.headerRow ?? 0))
      .map((row): Unnumbered => {
        if (row.tooLarge) return { cells: [], problem: problemOf('row-too-large', limits.rowChars) };
        const fit = fitted(row.cells, { titles: table.titles, minimumCells: 0 });
        if (repeatsTitles(row.cells, table.titles)) return { ...fit, problem: { code: 'header-repeated' } };
        return row.lossy.length === 0 ? fit : { ...fit, lossy: row.lossy };
      });
    yield { records, columns: table.titles, bytesRead, bytesTotal };
  }
}

async function* jsonPieces({ path, inspection, table, limits }: ReadPlan): AsyncGenerator<Piece> {
  const splitter = inspection.format === 'ndjson' ? ndjsonSplitter(limits.rowChars) : jsonSplitter(limits.rowChars);
  const columns = growingColumns(table.titles);
  const progress = { packed: 0 };
  const piece = (elements: readonly JsonElement[]): Piece => {
    const records = elements.map(({ text, tooLarge }): Unnumbered => {
      if (tooLarge) return { cells: [], problem: problemOf('row-too-large', limits.rowChars) };
      const cells = objectCells(text);
      if (cells === null) return { cells: [text.slice(0, 200)], problem: { code: 'row-not-object' } };
      return cells.some((cell) => cell?.includes('\0')) ? { cells, problem: { code: 'text-has-nul' } } : { cells };
    });
    return { records, columns: [...columns.titles], bytesRead: progress.packed, bytesTotal: inspection.bytes };
  };
  const objectCells = (text: string): readonly (string | null)[] | null => {
    try {
      return cellsOfObject(parsedJson(text), columns, limits.columns);
    } catch {
      return null;
    }
  };
  const encoding = inspection.encoding ?? 'utf-8';
  for await (const text of fileText(path, inspection.gzip, encoding, limits, progress)) yield piece(splitter.push(text));
  yield piece(splitter.end());
}

async function* batches(source: AsyncGenerator<Piece>, { limits, table }: ReadPlan, fromRow: number): AsyncGenerator<RecordBatch> {
  let records: RawRecord[] = [];
  let chars = 0;
  let row = 0;
  let last: Omit<Piece, 'records'> = { columns: table.titles, bytesRead: 0, bytesTotal: 0 };
  const flush = (): RecordBatch => {
    const batch = {
      firstRow: records[0]?.row ?? row + 1,
      columns: last.columns,
      records,
      bytesRead: last.bytesRead,
      bytesTotal: last.bytesTotal,
    };
    [records, chars] = [[], 0];
    return batch;
  };
  for await (const { records: found, ...place } of source) {
    last = place;
    for (const record of found) {
      row++;
      if (row < fromRow) continue;
      records.push({ row, ...record, ...(record.problem === undefined ? {} : { problem: { ...record.problem, row } }) });
      for (const cell of record.cells) chars += cell?.length ?? 0;
      if (records.length >= limits.batchRows || chars >= limits.batchChars) yield flush();
    }
  }
  if (records.length > 0) yield flush();
}
