import { parentPort, workerData } from 'node:worker_threads';
import type { Pack } from '../model/pack.ts';
import { buildReader, parseModel } from './index.ts';

interface Start {
  readonly pack: Pack;
  readonly model: Uint8Array | null;
  readonly version: string;
}

const start = workerData as Start;
const reader = buildReader(start.pack, start.model === null ? null : parseModel(start.model), start.version);

parentPort?.on('message', (message: { id: number; texts: readonly string[] }) => {
  parentPort?.postMessage({ id: message.id, readings: message.texts.map((text) => reader.read(text)) });
});
