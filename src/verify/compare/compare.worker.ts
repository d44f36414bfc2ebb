import type { CompareAsk } from './compare-ask.ts';
import { compareTable } from './compare-table.ts';
import type { TrialTable } from './trial-table.ts';
import { upliftOf } from './uplift-of.ts';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';

/** One comparison on a thread of its own: learning whom to treat takes seconds. */
yieldToOthers();
const { table, ask } = given as { readonly table: TrialTable; readonly ask: CompareAsk };
asker.postMessage(compareTable(table, ask, upliftOf));
