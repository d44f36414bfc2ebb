import type { Reading } from '../model/reading.ts';
import type { NewReadings } from '../platform/context.ts';
import { copyInto } from '../platform/postgres/copy.client.ts';
import type { PackedRows } from '../platform/postgres/packed-rows.ts';
import { type RowPacker, withHeads } from '../platform/postgres/row-packer.client.ts';

/** The columns of a reading in the order in which `packReading` writes them. */
export const READING_COLUMNS: readonly string[] =
  `voice_id read_at reader_version category department stage business support bearer feeling language confidence because`.split(' ');

export function packReading(rows: RowPacker, reading: Reading): void {
  const { category, cell, stage, feeling, language } = reading;
  const where = cell === null ? [null, stage, null, null, null] : [cell.department, stage, cell.business, cell.support, cell.bearer];
  rows.begin();
  for (const text of [reading.readerVersion, category, ...where, feeling, language]) rows.text(text);
  rows.real(reading.confidence);
  rows.json(JSON.stringify(reading.because));
}

export const newReadings = (rows: PackedRows): NewReadings => ({
  store: (tx, ids, readAtMs) => copyInto(tx, 'readings', READING_COLUMNS, withHeads(rows, ids, readAtMs)),
});
