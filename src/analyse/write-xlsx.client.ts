import type { WorkbookWriter } from '@cj-tech-master/excelts';
import { setImmediate } from 'node:timers/promises';
import type { Sheet, SheetCell } from './export-cells.ts';

/** Rows between two pauses, so that a large export does not hold up other requests. */
const ROWS_AT_ONCE = 100;

export async function writeXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  // Loaded with the first workbook: it is two hundred modules, which no start should wait for.
  const { WorkbookWriter } = await import('@cj-tech-master/excelts');
  const parts: Uint8Array[] = [];
  const writer = new WorkbookWriter({
    stream: new WritableStream<Uint8Array>({
      write: (part) => {
        parts.push(part.slice());
      },
    }),
    useStyles: true,
    useSharedStrings: false,
  });
  for (const sheet of sheets) await writeSheet(writer, sheet);
  await writer.commit();
  return Buffer.concat(parts);
}

async function writeSheet(writer: WorkbookWriter, sheet: Sheet): Promise<void> {
  const out = writer.addWorksheet(sheet.title, { views: [{ state: 'frozen', ySplit: 1 }] });
  out.columns = sheet.header.map((title, i) => {
    const format = sheet.formats[i] ?? null;
    return { header: title, width: widthOf(title, sheet.rows, i), style: { numFmt: format ?? '@' } };
  });
  out.getRow(1).font = { bold: true };
  for (const [i, row] of sheet.rows.entries()) {
    out.addRow(row.map(valueOf)).commit();
    if (i % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
  }
  out.commit();
}

function valueOf(cell: SheetCell): string | number | Date | null {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'number':
      return cell.value;
    case 'date':
      return new Date(cell.ms);
    case 'empty':
      return null;
  }
}

/** Wide enough for the first rows; a Chinese character takes two places. */
function widthOf(title: string, rows: Sheet['rows'], column: number): number {
  const places = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2000' ? 2 : 1), 0);
  const longest = rows.slice(0, 50).reduce((most, row) => {
    const cell = row[column];
    return Math.max(most, cell?.kind === 'text' ? places(cell.text.slice(0, 60)) : 10);
  }, places(title));
  return Math.min(60, longest + 2);
}
