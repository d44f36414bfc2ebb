import { setImmediate } from 'node:timers/promises';
import { startThread } from '../../platform/threads/thread.client.ts';
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
  let asked: { readonly resolve: (solved: LineSolved) => void; readonly reject: (error: unknown) => void } | null = null;
  let ended: Error | null = null;
  const thread = startThread(new URL('./line.worker.ts', import.meta.url), {
    heard: (solved: LineSolved) => asked?.resolve(solved),
    ended: (why) => {
      ended = why;
      asked?.reject(why);
    },
  });
  const say = (message: ToLine): void => thread.say(message);
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
    end: () => thread.end(),
  };
}
