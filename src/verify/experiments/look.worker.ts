import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker, given } from '../../platform/threads/inside.client.ts';
import { compareTable } from '../compare/compare-table.ts';
import { upliftOf } from '../compare/uplift-of.ts';
import type { FromLook, LookStart, ToLook } from './look-messages.ts';
import { reportAsk } from './report-ask.ts';
import { reportTitles, tableBuilder } from './report-table.ts';

yieldToOthers();
const { registered, peeked } = given as LookStart;
const builder = tableBuilder(reportTitles(registered.metrics));

function compared(): FromLook {
  const table = builder.table();
  const ask = reportAsk(registered, table.titles, peeked);
  if (ask === null) return { report: null, problems: [] };
  const done = compareTable(table, ask, upliftOf);
  return 'problems' in done ? { report: null, problems: done.problems } : { report: done.compared, problems: [] };
}

asker.on('message', (message: ToLook) => {
  if (message.kind === 'rows') for (const cells of message.rows) builder.add(cells);
  else asker.postMessage(compared());
});
