import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  type ResourceLimits,
  type Transferable,
  Worker,
} from 'node:worker_threads';
import type { FromForeman, ToForeman } from './thread-orders.ts';

export interface Thread {
  say(message: unknown, transfer?: readonly Transferable[]): void;
  /** Ends it, whatever it is doing; over when it is gone. */
  end(): Promise<void>;
  /** Whether the process stays for it; it does until it is told otherwise. */
  holdProcess(does: boolean): void;
}

export interface ThreadPlan<Heard> {
  /** What it is started with. */
  readonly given?: unknown;
  readonly memory?: ResourceLimits;
  readonly heard: (message: Heard) => void;
  /** Told once, when it is gone, however: by what it died of, or that it ended. */
  readonly ended: (why: Error) => void;
}

/**
 * Runs a file on a thread of its own; inside, `inside.client.ts` gives what it was started with and who asked.
 *
 * The thread is not this one's child but the foreman's: whoever owns a thread waits for its very end (`pthread_join`), and one that gives
 * way to others (`yieldToOthers`) takes its time to end where both processors are busy. That held the event loop up for 40–85 ms; the foreman
 * may wait.
 */
export function startThread<Heard>(file: URL, { given, memory, heard, ended }: ThreadPlan<Heard>): Thread {
  const { port1: port, port2 } = new MessageChannel();
  const id = ++started;
  const gone = Promise.withResolvers<void>();
  port.on('message', heard);
  port.unref();
  port.postMessage(given);
  const over = (why: Error | null, code: number): void => {
    // What it said last was said before it ended.
    for (const last of leftIn<Heard>(port)) heard(last);
    port.close();
    ended(why ?? new Error(`${file.pathname.split('/').at(-1)} ended (${code}).`));
    gone.resolve();
  };
  live.set(id, { over, holds: true });
  tell({ kind: 'start', id, file: file.href, ...(memory === undefined ? {} : { memory }), port: port2 }, [port2]);
  return {
    say: (message, transfer = []) => port.postMessage(message, transfer),
    end() {
      if (live.has(id)) tell({ kind: 'end', id });
      return gone.promise;
    },
    holdProcess(does) {
      const mine = live.get(id);
      if (mine === undefined) return;
      mine.holds = does;
      holdWhereAsked();
    },
  };
}

function* leftIn<Heard>(port: MessagePort): Generator<Heard> {
  for (;;) {
    const left = receiveMessageOnPort(port) as { readonly message: Heard } | undefined;
    if (left === undefined) return;
    yield left.message;
  }
}

interface Live {
  over(why: Error | null, code: number): void;
  holds: boolean;
}

// One foreman for the process, as it has one pool for its files: he knows nothing of what his threads are for.
let foreman: Worker | null = null;
let started = 0;
const live = new Map<number, Live>();

function tell(order: ToForeman, transfer: readonly Transferable[] = []): void {
  foreman ??= hired();
  foreman.postMessage(order, transfer);
  holdWhereAsked();
}

function hired(): Worker {
  const fresh = new Worker(new URL('./foreman.worker.ts', import.meta.url));
  fresh.on('message', ({ id, code, error }: FromForeman) => over(id, error, code));
  let why: Error | null = null;
  fresh.on('error', (error: unknown) => (why = error instanceof Error ? error : new Error(String(error))));
  fresh.on('exit', (code) => {
    foreman = null;
    // Whoever is told may start another, which is none of these.
    const lost = [...live.keys()];
    for (const id of lost) over(id, why, code);
  });
  return fresh;
}

function over(id: number, why: Error | null, code: number): void {
  const one = live.get(id);
  live.delete(id);
  holdWhereAsked();
  one?.over(why, code);
}

function holdWhereAsked(): void {
  if ([...live.values()].some(({ holds }) => holds)) foreman?.ref();
  else foreman?.unref();
}
