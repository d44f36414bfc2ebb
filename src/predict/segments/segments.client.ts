import { startThread } from '../../platform/threads/thread.client.ts';
import type { SchemeTask } from './evaluate-scheme.ts';
import type { FromSegments, MemberChunk, RunResult, ToSegments } from './segments-messages.ts';

/** A million customers with thirty columns take about 600 MB while they are clustered. */
const MEMORY = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 64 };

export interface SegmentThread {
  add(columns: Readonly<Record<string, string>>): void;
  /** What these customers use: told before or after the customers themselves. */
  addUsage(columns: Readonly<Record<string, string>>): void;
  /** Puts all customers that were added into segments. Members come in chunks; the thread waits with the next until one is stored. */
  evaluate(
    task: SchemeTask,
    told: { readonly progress: (share: number) => void; readonly members: (chunk: MemberChunk) => Promise<void> },
  ): Promise<RunResult>;
  /** Ends the thread, whatever it is doing; when this is over, no chunk is being stored any more. */
  end(): Promise<void>;
}

interface Asked {
  readonly told: Parameters<SegmentThread['evaluate']>[1];
  resolve(result: RunResult): void;
  reject(error: unknown): void;
}

/** A thread that holds one table of customers: clusters of a million take minutes, and nobody else may wait for them. */
export function startSegmentThread(): SegmentThread {
  let asked: Asked | null = null;
  let ended: Error | null = null;
  let storing: Promise<unknown> = Promise.resolve();
  const failed = (error: Error): void => {
    ended = error;
    asked?.reject(error);
    asked = null;
  };
  const store = (one: Asked, chunk: MemberChunk): void => {
    storing = one.told.members(chunk).then(() => {
      if (asked === one) say({ kind: 'stored' });
    }, one.reject);
  };
  const heard = (message: FromSegments): void => {
    const one = asked;
    if (one === null) return;
    if (message.kind === 'progress') one.told.progress(message.share);
    else if (message.kind === 'members') store(one, message.chunk);
    else one.resolve(message.result);
  };
  const thread = startThread(new URL('./segments.worker.ts', import.meta.url), { memory: MEMORY, heard, ended: failed });
  const say = (message: ToSegments): void => thread.say(message);
  return {
    add: (columns) => say({ kind: 'customers', columns }),
    addUsage: (columns) => say({ kind: 'usage', columns }),
    end: async () => {
      failed(new Error('The thread of the segments was ended.'));
      await thread.end();
      await storing;
    },
    evaluate: (task, told) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        asked = { told, resolve, reject };
        say({ kind: 'evaluate', task });
      }),
  };
}
