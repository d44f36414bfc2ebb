import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type FileInspection, type ReadOptions, type RecordBatch, UnreadableFile, unreadable } from './records.ts';
import type { FromReader, ReaderTask } from './worker-messages.ts';

const AHEAD = 2;
/** Shared strings (128 M characters) and two batches fit; a file that needs more ends its worker, not the server. */
const MEMORY = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };

/** `openRecords` on a thread of its own, so that no file can hold up the event loop; at most two batches wait for the caller. */
export async function* readInWorker(path: string, options: ReadOptions = {}, memory: ResourceLimits = MEMORY): AsyncGenerator<RecordBatch> {
  const reader = startReader({ kind: 'read', path, options, ahead: AHEAD }, memory);
  try {
    for (;;) {
      const message = await reader.next();
      if (message.kind === 'end') return;
      if (message.kind !== 'batch') throw failureOf(message);
      yield message.batch;
      reader.worker.postMessage({ more: 1 });
    }
  } finally {
    await reader.worker.terminate();
  }
}

/** `inspectFile` on a thread of its own. */
export async function inspectInWorker(path: string, options: ReadOptions = {}): Promise<FileInspection> {
  const reader = startReader({ kind: 'inspect', path, options, ahead: AHEAD }, MEMORY);
  try {
    const message = await reader.next();
    if (message.kind !== 'inspected') throw failureOf(message);
    return message.inspection;
  } finally {
    await reader.worker.terminate();
  }
}

function failureOf(message: FromReader): Error {
  switch (message.kind) {
    case 'unreadable':
      return new UnreadableFile(message.problem, message.message);
    case 'failed':
      return unreadable('reader stopped', message.message);
    default:
      return unreadable('reader stopped', `unexpected ${message.kind}`);
  }
}

interface Reader {
  readonly worker: Worker;
  /** The next message; a worker that died answers `failed`. */
  next(): Promise<FromReader>;
}

function startReader(task: ReaderTask, memory: ResourceLimits): Reader {
  const worker = new Worker(new URL('./read.worker.ts', import.meta.url), { workerData: task, resourceLimits: memory });
  const waiting: FromReader[] = [];
  let taker: ((message: FromReader) => void) | null = null;
  const put = (message: FromReader): void => {
    if (taker === null) waiting.push(message);
    else {
      taker(message);
      taker = null;
    }
  };
  worker.on('message', put);
  worker.on('error', (error: unknown) =>
    put({ kind: 'failed', message: `reader stopped: ${error instanceof Error ? error.message : String(error)}` }),
  );
  worker.on('exit', (code) => put({ kind: 'failed', message: `reader ended (${code})` }));
  return {
    worker,
    next: () =>
      new Promise((resolve) => {
        const message = waiting.shift();
        if (message === undefined) taker = resolve;
        else resolve(message);
      }),
  };
}
