import type { ResourceLimits } from 'node:worker_threads';
import { startThread, type Thread } from '../../platform/threads/thread.client.ts';
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
      reader.thread.say({ more: 1 });
    }
  } finally {
    await reader.thread.end();
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
    await reader.thread.end();
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
  readonly thread: Thread;
  /** The next message; a worker that died answers `failed`. */
  next(): Promise<FromReader>;
}

function startReader(task: ReaderTask, memory: ResourceLimits): Reader {
  const waiting: FromReader[] = [];
  let taker: ((message: FromReader) => void) | null = null;
  const put = (message: FromReader): void => {
    if (taker === null) waiting.push(message);
    else {
      taker(message);
      taker = null;
    }
  };
  const ended = (why: Error): void => put({ kind: 'failed', message: `reader stopped: ${why.message}` });
  return {
    thread: startThread(new URL('./read.worker.ts', import.meta.url), { given: task, memory, heard: put, ended }),
    next: () =>
      new Promise((resolve) => {
        const message = waiting.shift();
        if (message === undefined) taker = resolve;
        else resolve(message);
      }),
  };
}
