import { inspectFile } from './inspect-file.client.ts';
import { openRecords } from './open-records.client.ts';
import { UnreadableFile } from './records.ts';
import type { FromReader, ReaderTask, ToReader } from './worker-messages.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';

/** Sends a batch, then waits until the other side asks for the next one: at most `AHEAD` batches are on their way. */
const task = given as ReaderTask;
let credit = task.ahead;
let wake: (() => void) | null = null;

asker.on('message', (message: ToReader) => {
  credit += message.more;
  wake?.();
});

function say(message: FromReader): void {
  asker.postMessage(message);
}

async function read(): Promise<void> {
  if (task.kind === 'inspect') {
    say({ kind: 'inspected', inspection: await inspectFile(task.path, task.options) });
    return;
  }
  for await (const batch of openRecords(task.path, task.options)) {
    while (credit <= 0) await new Promise<void>((resolve) => (wake = resolve));
    credit--;
    say({ kind: 'batch', batch });
  }
  say({ kind: 'end' });
}

try {
  await read();
} catch (error) {
  if (error instanceof UnreadableFile) say({ kind: 'unreadable', problem: error.problem, message: error.message });
  else say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
asker.close();
