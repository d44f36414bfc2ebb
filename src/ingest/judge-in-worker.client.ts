import { startThread } from '../platform/threads/thread.client.ts';
import { UnreadableFile, unreadable } from './files/records.ts';
import type { FromJudge, JudgedChunk, JudgeTask, ToJudge } from './judge-messages.ts';
import type { KnownCustomer } from './voice-to-store.ts';

/** Shared strings of a workbook (128 M characters), customers and a few chunks fit; a file that needs more ends its thread, not the server. */
const MEMORY = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };

export interface ChunkToStore extends JudgedChunk {
  /** The records of these rows as the file has them; until `done` was called. */
  raws(rows: readonly number[]): Promise<readonly unknown[]>;
  /** The chunk is stored, or will never be: the next ones may come. The thread lives until all are done. */
  done(): void;
}

/** Reads and judges a file on a thread of its own, so that neither size nor content of it can hold up the event loop. */
export async function* judgeInWorker(
  task: JudgeTask,
  who: (customers: readonly string[]) => Promise<readonly KnownCustomer[]>,
): AsyncGenerator<ChunkToStore> {
  const inbox = new Inbox();
  const asked: { resolve(raws: readonly unknown[]): void; reject(error: Error): void }[] = [];
  const failed = (message: string): void => {
    inbox.put({ kind: 'failed', message });
    for (const one of asked.splice(0)) one.reject(unreadable('reader stopped', message));
  };
  const heard = (message: FromJudge): void => {
    if (message.kind === 'who')
      who(message.customers).then(
        (found) => say({ kind: 'customers', found }),
        (error: unknown) => inbox.fail(error),
      );
    else if (message.kind === 'raw') asked.shift()?.resolve(message.raws);
    else inbox.put(message);
  };
  const thread = startThread(new URL('./judge.worker.ts', import.meta.url), {
    given: task,
    memory: MEMORY,
    heard,
    ended: (why) => failed(`reader stopped: ${why.message}`),
  });
  const say = (message: ToJudge): void => thread.say(message);
  const raws: ChunkToStore['raws'] = (rows) =>
    new Promise((resolve, reject) => {
      asked.push({ resolve, reject });
      say({ kind: 'raw', rows });
    });
  let open = 0;
  let allDone: (() => void) | null = null;
  const done = (): void => {
    say({ kind: 'done' });
    open -= 1;
    if (open === 0) allDone?.();
  };
  try {
    for (;;) {
      const message = await inbox.next();
      if (message.kind === 'end') break;
      if (message.kind !== 'chunk') throw failureOf(message);
      open += 1;
      yield { ...message.chunk, raws, done };
    }
    if (open > 0) await new Promise<void>((resolve) => (allDone = resolve));
  } finally {
    await thread.end();
  }
}

function failureOf(message: FromJudge): Error {
  if (message.kind === 'unreadable') return new UnreadableFile(message.problem, message.message);
  return unreadable('reader stopped', message.kind === 'failed' ? message.message : `unexpected ${message.kind}`);
}

/** Messages in their order, for one who takes them one by one. */
class Inbox {
  readonly #waiting: (FromJudge | { readonly error: unknown })[] = [];
  #taker: (() => void) | null = null;

  put(message: FromJudge): void {
    this.#add(message);
  }

  fail(error: unknown): void {
    this.#add({ error });
  }

  async next(): Promise<FromJudge> {
    while (this.#waiting.length === 0) await new Promise<void>((resolve) => (this.#taker = resolve));
    const message = this.#waiting.shift()!;
    if ('error' in message) throw message.error;
    return message;
  }

  #add(message: FromJudge | { readonly error: unknown }): void {
    this.#waiting.push(message);
    this.#taker?.();
    this.#taker = null;
  }
}
