import { dirname, join } from 'node:path';
import { WAREHOUSE_TABLES } from '../../src/analyse/index.ts';
import type { askNumbers } from '../../src/analyse/ask.client.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openDuckDb } from '../../src/platform/warehouse/duckdb.client.ts';
import { wideRows } from './wide-world.ts';

export interface Explorer {
  readonly ctx: Parameters<typeof askNumbers>[0];
  /** To make the rows. */
  readonly seconds: number;
  close(): Promise<void>;
}

const PART = 250_000;

/** A warehouse with the product's own settings, filled by SQL. */
export async function openExplorer(file: string, rows: number): Promise<Explorer> {
  const began = performance.now();
  const warehouse = await openDuckDb({
    file,
    tables: WAREHOUSE_TABLES,
    tempDir: join(dirname(file), 'tmp'),
    log: { warn: () => undefined, error: () => undefined },
  });
  for (let from = 0; from < rows; from += PART) {
    const made = wideRows('duckdb', from, Math.min(rows, from + PART), rows);
    await warehouse.write((writer) => writer.run(`insert into voice_rows ${made}`));
  }
  const ctx = { warehouse, clock: systemClock, config: { timeZone: 'Asia/Shanghai' } } as unknown as Explorer['ctx'];
  return { ctx, seconds: (performance.now() - began) / 1000, close: () => warehouse.close() };
}
