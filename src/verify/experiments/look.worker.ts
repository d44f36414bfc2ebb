import { parentPort, workerData } from 'node:worker_threads';
import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { compareTable } from '../compare/compare-table.ts';
import { upliftOf } from '../compare/uplift-of.ts';
import type { FromLook, LookStart, ToLook } from './look-messages.ts';
import { reportAsk } from './report-ask.ts';
import { reportTitles, tableBuilder } from './report-table.ts';

yieldToOthers();
const { registered, peeked } = workerData as LookStart;
const builder = tableBuilder(reportTitles(registered.metrics));

function compared(): FromLook {
  const table = builder.table();
  const ask = reportAsk(registered, table.titles, peeked);
  const done = ask === null ? null : compareTable(table, ask, upliftOf);
  return done === null || 'problems' in done ? null : done.compared;
}

parentPort?.on('message', (message: ToLook) => {
  if (message.kind === 'rows') for (const cells of message.rows) builder.add(cells);
  else parentPort?.postMessage(compared());
});
