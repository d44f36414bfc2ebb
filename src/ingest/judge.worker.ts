import { yieldToOthers } from '../platform/thread-priority.client.ts';
import { asker, given } from '../platform/threads/inside.client.ts';
import { openRecords } from './files/open-records.client.ts';
import { type RecordBatch, UnreadableFile } from './files/records.ts';
import type { FromJudge, JudgeTask, ToJudge } from './judge-messages.ts';
import { rawOf, VoiceJudge } from './judge-voices.client.ts';
import type { KnownCustomer } from './voice-to-store.ts';

/** Reads a file, judges its records and packs the voices among them; at most `ahead` chunks are on their way. */
const task = given as JudgeTask;
const judge = new VoiceJudge(task);
/** Chunks that are not done: a conflict that storing finds asks for its record. */
const open: RecordBatch[] = [];
let wake: (() => void) | null = null;
let introduce: ((found: readonly KnownCustomer[]) => void) | null = null;

function say(message: FromJudge, transfer: readonly ArrayBuffer[] = []): void {
  asker.postMessage(message, [...transfer]);
}

asker.on('message', (message: ToJudge) => {
  switch (message.kind) {
    case 'done':
      open.shift();
      return wake?.();
    case 'customers':
      return introduce?.(message.found);
    case 'raw':
      return say({ kind: 'raw', raws: message.rows.map((row) => rawOf(holding(row), row)) });
  }
});

const NOTHING: RecordBatch = { firstRow: 0, columns: [], records: [], bytesRead: 0, bytesTotal: 0 };
const holding = (row: number): RecordBatch => open.find((one) => row >= one.firstRow && row < one.firstRow + one.records.length) ?? NOTHING;

const who = (customers: readonly string[]): Promise<readonly KnownCustomer[]> =>
  new Promise((resolve) => {
    introduce = resolve;
    say({ kind: 'who', customers });
  });

/** A customer whose record changes during an import is known anew after so long. */
const CUSTOMERS_MS = 60_000;

async function read(): Promise<void> {
  let met = performance.now();
  for await (const records of openRecords(task.path, task.options)) {
    while (open.length >= task.ahead) await new Promise<void>((resolve) => (wake = resolve));
    if (performance.now() - met > CUSTOMERS_MS) {
      judge.forgetCustomers();
      met = performance.now();
    }
    open.push(records);
    const chunk = await judge.judge(records, who);
    say({ kind: 'chunk', chunk }, [chunk.packed.data.buffer as ArrayBuffer]);
  }
  say({ kind: 'end' });
}

yieldToOthers();
try {
  await read();
} catch (error) {
  if (error instanceof UnreadableFile) say({ kind: 'unreadable', problem: error.problem, message: error.message });
  else say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
// Conflicts of the last chunks may still ask for their records: whoever started this thread ends it.
