import { parentPort, workerData } from 'node:worker_threads';
import type { CompareAsk } from './compare-ask.ts';
import { compareTable } from './compare-table.ts';
import type { TrialTable } from './trial-table.ts';
import { upliftOf } from './uplift-of.ts';

/** One comparison on a thread of its own: learning whom to treat takes seconds. */
const { table, ask } = workerData as { readonly table: TrialTable; readonly ask: CompareAsk };
parentPort?.postMessage(compareTable(table, ask, upliftOf));
