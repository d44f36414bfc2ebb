import type { Pack } from '../model/pack.ts';
import type { Reading } from '../model/reading.ts';
import type { ReaderPort } from '../platform/context.ts';
import type { PackedRows } from '../platform/postgres/packed-rows.ts';
import { startThread, type Thread } from '../platform/threads/thread.client.ts';
import { newReadings } from './pack-reading.client.ts';

export interface ReaderThread extends ReaderPort {
  close(): Promise<void>;
}

type Answer = { readonly id: number; readonly readings: readonly Reading[] } | { readonly id: number; readonly rows: PackedRows };

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** Starts a thread that holds the reader. A thread that dies fails what it was asked; the next question starts another. */
export function startReaderThread(pack: Pack, model: Uint8Array | null, version: string): ReaderThread {
  const waiting = new Map<number, Waiting>();
  let thread: Thread | null = null;
  let asked = 0;

  const failAll = (error: Error): void => {
    thread = null;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  const heard = (answer: Answer): void => {
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
    if (waiting.size === 0) thread?.holdProcess(false);
  };
  const running = (): Thread => {
    const file = new URL('./reader.worker.ts', import.meta.url);
    thread ??= startThread(file, { given: { pack, model, version }, heard, ended: failAll });
    return thread;
  };
  const ask = (texts: readonly string[], packed: boolean): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const reader = running();
      asked += 1;
      waiting.set(asked, { resolve, reject });
      reader.holdProcess(true);
      reader.say({ id: asked, texts, packed });
    });
  return {
    version,
    read: async (texts) => {
      const answer = await ask(texts, false);
      return 'readings' in answer ? answer.readings : [];
    },
    readNew: async (texts) => {
      const answer = await ask(texts, true);
      if (!('rows' in answer)) throw new Error('The reader gave no packed readings.');
      return newReadings(answer.rows);
    },
    close: async () => {
      await thread?.end();
    },
  };
}
