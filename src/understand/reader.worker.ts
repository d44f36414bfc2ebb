import type { Pack } from '../model/pack.ts';
import { RowPacker } from '../platform/postgres/row-packer.client.ts';
import { yieldToOthers } from '../platform/thread-priority.client.ts';
import { asker, given } from '../platform/threads/inside.client.ts';
import { buildReader, parseModel } from './index.ts';
import { packReading, READING_COLUMNS } from './pack-reading.client.ts';

interface Start {
  readonly pack: Pack;
  readonly model: Uint8Array | null;
  readonly version: string;
}

yieldToOthers();
const start = given as Start;
const reader = buildReader(start.pack, start.model === null ? null : parseModel(start.model), start.version);

const packer = new RowPacker(READING_COLUMNS.length);

asker.on('message', ({ id, texts, packed }: { id: number; texts: readonly string[]; packed: boolean }) => {
  if (!packed) return asker.postMessage({ id, readings: texts.map((text) => reader.read(text)) });
  for (const text of texts) packReading(packer, reader.read(text));
  const rows = packer.take();
  return asker.postMessage({ id, rows }, [rows.data.buffer as ArrayBuffer]);
});
