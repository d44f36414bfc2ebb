import { yieldToOthers } from '../../platform/thread-priority.client.ts';
import { asker } from '../../platform/threads/inside.client.ts';
import { clusterNames } from './cluster-names.ts';
import { evaluateScheme, type Evaluated } from './evaluate-scheme.ts';
import { CustomerTable } from './feature-columns.ts';
import { addedUp, type SegmentFacts, segmentFacts } from './segment-facts.ts';
import { BETWEEN_TEXTS, type FromSegments, type RunResult, type ToSegments } from './segments-messages.ts';
import type { SchemeTask } from './evaluate-scheme.ts';
import { whatSetsApart } from './what-sets-apart.ts';

/** Gathers customers chunk by chunk, then puts them into the segments of one scheme after the other. */
const gathered = new CustomerTable();
const MEMBERS = 5_000;

const say = (message: FromSegments): void => asker.postMessage(message);

/** Goes on when the chunk of members that was told last is stored. */
let goOn: () => void = () => undefined;

async function evaluate(task: SchemeTask): Promise<void> {
  const table = gathered.table();
  let told = 0;
  const found = evaluateScheme(task, table, gathered.segments, (share) => {
    if (share - told >= 0.02) say({ kind: 'progress', share: (told = share) });
    return true;
  });
  if (found === undefined) throw new Error('the evaluation was stopped');
  const facts = segmentFacts(table, { segments: found.segments, cities: gathered.cities, districts: gathered.districts });
  await sayMembers(found);
  const { leftOut, report, model } = found;
  say({
    kind: 'done',
    result: {
      customers: table.rows,
      leftOut,
      report,
      model,
      facts: JSON.stringify(facts),
      names: task.scheme === 'clusters' ? namesOf(facts) : {},
    },
  });
}

async function sayMembers({ segments, why }: Evaluated): Promise<void> {
  const rows: number[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const stored = new Promise<void>((resolve) => (goOn = resolve));
    const join = (textOf: (row: number) => string): string => rows.map(textOf).join(BETWEEN_TEXTS);
    const reasons = why === null ? '' : join((row) => JSON.stringify(why(row)));
    say({
      kind: 'members',
      chunk: { customers: join((row) => gathered.customers[row] ?? ''), segments: join((row) => segments[row] ?? ''), why: reasons },
    });
    rows.length = 0;
    await stored;
  };
  for (const [row, segment] of segments.entries()) {
    if (segment === null) continue;
    rows.push(row);
    if (rows.length === MEMBERS) await flush();
  }
  await flush();
}

function namesOf(facts: readonly SegmentFacts[]): RunResult['names'] {
  const ids = [...new Set(facts.map((one) => one.segment))].toSorted();
  const lifts = ids.map((id) => {
    const [inside, outside] = [facts.filter((one) => one.segment === id), facts.filter((one) => one.segment !== id)];
    return [id, whatSetsApart(addedUp(inside), addedUp(outside))] as const;
  });
  return Object.fromEntries(clusterNames(new Map(lifts)));
}

yieldToOthers();
asker.on('message', (message: ToSegments) => {
  if (message.kind === 'evaluate') return void evaluate(message.task);
  if (message.kind === 'stored') return goOn();
  const columns = new Map(Object.entries(message.columns).map(([name, texts]) => [name, texts.split(BETWEEN_TEXTS)]));
  if (message.kind === 'usage') gathered.addUsage(columns);
  else gathered.add(columns);
});
