import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killHard, startServer } from '../test/kit/server-process.ts';
import { watchTree } from './kit/process-tree.ts';
import { printMachine, printTable } from './kit/report.ts';
import { lastLine, startVoxloop } from './kit/voxloop.ts';

/** The default world from nothing, then the starts after it: clean, after a kill of the program, after a kill of everything. */
const GATE_WORLD_S = 60;
const GATE_START_S = 5;
const LATER_STARTS = 3;

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
const home = join(folder, 'home');
const rows: string[][] = [];
let worst = 0;

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1000, result };
}

async function command(what: string, gate: string, argv: readonly string[]): Promise<{ seconds: number; answer: Record<string, unknown> }> {
  const { child, ended } = startVoxloop(home, argv);
  const watch = watchTree(child.pid ?? 0);
  const { seconds, result } = await timed(() => ended);
  const use = watch.stop();
  rows.push([what, seconds.toFixed(1), use.cpuSeconds.toFixed(1), `${use.peakMb}`, gate]);
  return { seconds, answer: lastLine(result, argv) };
}

async function start(what: string, end: 'stop' | 'program' | 'tree'): Promise<void> {
  const { seconds, result: server } = await timed(() => startServer(home));
  if (server === null) throw new Error('The server did not start.');
  worst = Math.max(worst, seconds);
  rows.push([what, seconds.toFixed(1), '', '', `≤ ${GATE_START_S} s`]);
  if (end === 'stop') server.child.kill('SIGTERM');
  else killHard(server.pid, end);
  await server.gone;
}

try {
  printMachine('start: the default world (15,000 customers, 6 months), and later starts');
  const first = await timed(() => startServer(join(folder, 'empty')));
  rows.push(['first start of an empty home (initdb, migrations, first model)', first.seconds.toFixed(1), '', '', '']);
  first.result?.child.kill('SIGTERM');
  await first.result?.gone;
  const world = join(folder, 'world');
  const written = await command('write the world', '', [
    'scenario',
    'province',
    '--customers',
    '15000',
    '--months',
    '6',
    '--seed',
    '1',
    '--out',
    world,
  ]);
  const loaded = await command('load it into an empty home: stored, read, in the warehouse, rules', `≤ ${GATE_WORLD_S} s with writing`, [
    'scenario',
    'load',
    world,
  ]);
  for (let i = 0; i < LATER_STARTS; i++) await start('later start, after a clean stop', i === LATER_STARTS - 1 ? 'program' : 'stop');
  await start('later start, after kill -9 of the program', 'tree');
  await start('later start, after kill -9 of everything', 'stop');
  printTable(['what', 'seconds', 'CPU s', 'peak MB, all processes', 'gate'], rows);
  const both = written.seconds + loaded.seconds;
  console.log(`\n${JSON.stringify(loaded.answer)}`);
  console.log(
    `write + load: ${both.toFixed(1)} s, ${both <= GATE_WORLD_S ? 'met' : 'NOT met'}; slowest later start ${worst.toFixed(1)} s, ${worst <= GATE_START_S ? 'met' : 'NOT met'}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
