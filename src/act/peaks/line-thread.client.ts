import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LineAsk, LineSolved, ToLine } from './line-messages.ts';
import type { Told } from './rate.ts';

/** Rows handed over at once: copying so many takes a few milliseconds. */
const SLICE = 1000;

/** A thread that solves one city's line after the other: each past day places its customers on specialists, which takes seconds for large cities. */
export interface LineThread {
  /** One city at a time. Rejects when the thread was ended meanwhile. */
  solve(told: readonly Told[], ask: LineAsk): Promise<LineSolved>;
  end(): Promise<void>;
}

export function startLineThread(): LineThread {
  const worker = new Worker(new URL('./line.worker.ts', import.meta.url));
  const say = (message: ToLine): void => worker.postMessage(message);
  let asked: { readonly resolve: (solved: LineSolved) => void; readonly reject: (error: unknown) => void } | null = null;
  let ended: Error | null = null;
  worker.on('message', (solved: LineSolved) => asked?.resolve(solved));
  worker.on('error', (error) => {
    ended = error instanceof Error ? error : new Error(String(error));
    asked?.reject(ended);
  });
  worker.on('exit', (code) => {
    ended ??= new Error(`The thread of the warning lines ended (${code}).`);
    asked?.reject(ended);
  });
  return {
    async solve(told, ask) {
      for (let i = 0; i < told.length; i += SLICE) {
        say({ kind: 'told', rows: told.slice(i, i + SLICE) });
        await setImmediate();
      }
      return new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        asked = { resolve, reject };
        say({ kind: 'solve', ask });
      });
    },
    end: async () => void (await worker.terminate()),
  };
}
