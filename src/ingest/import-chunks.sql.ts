import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/postgres/db.ts';
import type { FactFolder } from '../platform/warehouse/fact-folder-here.client.ts';
import { readInWorker } from './files/read-in-worker.client.ts';
import type { ReadOptions } from './files/records.ts';
import { gazetteerOf } from './gazetteer.ts';
import type { ImportBatch } from './import-batch.ts';
import { judgeInWorker } from './judge-in-worker.client.ts';
import type { Loaded } from './load-chunk.ts';
import { foretellCustomerChunk, judgeCustomers, storeCustomerChunk } from './load-customers.sql.ts';
import { judgeUsage, storeUsage } from './load-usage.sql.ts';
import { foretellVoiceChunk, storeVoiceChunk } from './load-voices.sql.ts';
import type { Mapping } from './mapping/mapping.ts';
import { withMeantPlaces, withMeantWords } from './mapping/meant-values.ts';
import { voiceWords } from './mapping/words.ts';
import { readPlaces } from './places.sql.ts';
import { knownCustomers } from './store-voices.sql.ts';
import { lotOf, openUsage } from './usage-facts.client.ts';

/** Records of a file, judged and ready for their transaction. */
export interface Chunk {
  readonly records: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** Stores them, or in a check says what storing would come to. May be tried again in another transaction. */
  load(tx: Tx): Promise<Loaded>;
  /** Stored, or never to be: the next ones may come. */
  done(): void;
}

export interface ChunkOptions {
  readonly ctx: Context;
  readonly batch: ImportBatch;
  readonly dry: boolean;
  readonly mapping: Mapping;
  readonly options: ReadOptions;
  readonly onlyCity: string | null;
}

/** Rows a transaction: what a crash costs at most, and how long others wait for the batch's row. Usage becomes a file per transaction. */
export const rowsAtOnce = (carries: ImportBatch['carries']): number => (carries === 'usage' ? 20_000 : 1000);

export function chunksOf(options: ChunkOptions): AsyncGenerator<Chunk> {
  switch (options.batch.carries) {
    case 'voices':
      return voiceChunks(options);
    case 'customers':
      return customerChunks(options);
    case 'usage':
      return usageChunks(options);
  }
}

/** Judged, waiting to be read, waiting to be stored: one chunk each, and one more so that nobody waits. */
const AHEAD = 4;

/** Voices: judged on one thread, read on another, so that here only statements are sent. */
async function* voiceChunks({ ctx, batch, dry, mapping, options, onlyCity }: ChunkOptions): AsyncGenerator<Chunk> {
  const source = batch.sourceId;
  const seen = new Map<string, string>();
  const task = {
    path: batch.filePath,
    options,
    ahead: AHEAD,
    mapping,
    words: withMeantWords(voiceWords(ctx.pack), mapping),
    timeZone: ctx.config.timeZone,
    now: ctx.clock.now(),
    saidAtDefault: batch.options.said_at ?? null,
    places: await readPlaces(ctx.db),
    source,
    batch: batch.id,
    onlyCity,
  };
  for await (const chunk of judgeInWorker(task, (customers) => knownCustomers(ctx.bulk, customers))) {
    const { records, bytesRead, bytesTotal } = chunk;
    if (dry) yield { records, bytesRead, bytesTotal, load: (tx) => foretellVoiceChunk(tx, source, chunk, seen), done: chunk.done };
    else {
      // A reader that fails leaves the voices to the job that reads what is not read.
      const reading = ctx.reader.readNew(chunk.texts).catch(() => null);
      const load = async (tx: Tx): Promise<Loaded> => storeVoiceChunk(tx, ctx, source, chunk, await reading);
      yield { records, bytesRead, bytesTotal, load, done: chunk.done };
    }
  }
}

/** Customers are some thousands, not millions: they are judged here. */
async function* customerChunks({ ctx, batch, dry, mapping, options, onlyCity }: ChunkOptions): AsyncGenerator<Chunk> {
  const gazetteer = withMeantPlaces(gazetteerOf(await readPlaces(ctx.db)), mapping);
  const load = { ctx, batch: batch.id, source: batch.sourceId, mapping, gazetteer, onlyCity };
  const seen = new Map<string, string>();
  for await (const records of readInWorker(batch.filePath, options)) {
    const judged = await judgeCustomers(load, records);
    yield {
      records: records.records.length,
      bytesRead: records.bytesRead,
      bytesTotal: records.bytesTotal,
      load: (tx) => (dry ? foretellCustomerChunk(tx, load, judged, seen) : storeCustomerChunk(tx, load, judged)),
      done: () => undefined,
    };
  }
}

/** Monthly usage: lands as Parquet in the home, one part a chunk, one file when all of it is there. */
async function* usageChunks({ ctx, batch, dry, mapping, options, onlyCity }: ChunkOptions): AsyncGenerator<Chunk> {
  const load = { lot: lotOf(batch), mapping, onlyCity, seen: new Set<string>() };
  const inFolder = async <T>(work: (folder: FactFolder) => Promise<T>): Promise<T> => {
    const folder = await openUsage(ctx.config.home);
    try {
      return await work(folder);
    } finally {
      folder.close();
    }
  };
  let stored = Promise.resolve();
  let isWhole = true;
  for await (const records of readInWorker(batch.filePath, options)) {
    const judged = await judgeUsage(load, records);
    const { promise, resolve } = Promise.withResolvers<void>();
    stored = promise;
    yield {
      records: records.records.length,
      bytesRead: records.bytesRead,
      bytesTotal: records.bytesTotal,
      load: async (tx) => {
        try {
          return await inFolder((folder) => storeUsage(tx, folder, load, judged, dry));
        } catch (error) {
          isWhole = false;
          throw error;
        }
      },
      done: resolve,
    };
  }
  // The last one is still being stored when the reader finds nothing more.
  await stored;
  if (!dry && isWhole) await inFolder((folder) => folder.seal(load.lot));
}
