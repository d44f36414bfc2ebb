import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { connect } from '../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.client.ts';
import { ask, type ServerProcess, startServer } from '../test/kit/server-process.ts';
import { type Asked, type Latencies, send, startPeople } from './kit/people.ts';
import { type TreeUse, watchTree } from './kit/process-tree.ts';
import { percentile, printMachine, printTable, whole } from './kit/report.ts';
import { ROOT, lastLine, voxloop } from './kit/voxloop.ts';
import { writeWorld } from './kit/world.ts';

/**
 * A CSV into a running server that already holds other voices, until all of it is durable, read and in the warehouse, while people ask
 * the server as they do all day: `npm run bench ingest [rows] [voices held before] [ms between requests]`. Beside it PostgreSQL's own COPY of the same file
 * into one table with the same key, and the people's answers of the same server while it is idle: half of them before the import and half
 * after it, because what they ask for takes longer over more voices, too. What follows an import (the last look of the rules, the
 * warehouse's own tidying) is neither: it has a column of its own.
 */
const ROWS = Number(process.argv[2] ?? 1_000_000);
const HELD = Number(process.argv[3] ?? 100_000);
const GATE_PER_SECOND = 5_000;
const GATE_MB = 2_048;
const GATE_P95 = 2;
/** Before the import, right after it, and again. */
const IDLE_S = 30;
const EVERY_MS = Number(process.argv[4] ?? 50);
const COUNT: Asked = { name: 'count', method: 'POST', path: '/api/ask', body: { measures: ['voices'], by: [], where: [] } };

interface Measured extends TreeUse {
  readonly seconds: number;
}
interface Served extends Measured {
  readonly idle: Latencies;
  readonly busy: Latencies;
  /** Right after it. */
  readonly after: Latencies;
  readonly loop: string;
}

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
try {
  printMachine(`ingest: ${whole(ROWS)} voices from CSV into a server that holds ${whole(HELD)}`);
  const home = join(folder, 'home');
  const before = await writeWorld(join(folder, 'before'), HELD);
  const world = await writeWorld(join(folder, 'world'), ROWS);
  await voxloop(home, 'scenario', 'load', before.customers);
  await voxloop(home, 'import', before.csv, '--source', 'archive', '--mapping', before.mapping, '--json');
  const peer = await copyAll(world.csv);
  const ours = await serve(home, world);
  printIngest(ours, peer);
  printPeople(ours);
} finally {
  if (process.env['BENCH_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  else console.log(folder);
}

function printIngest(ours: Served, peer: Measured): void {
  const row = (name: string, m: Measured): string[] => [
    name,
    m.seconds.toFixed(1),
    whole(ROWS / m.seconds),
    m.cpuSeconds.toFixed(1),
    whole(ROWS / m.cpuSeconds),
    `${m.peakMb}`,
    m.perName,
  ];
  printTable(
    ['way', 'seconds', 'voices/s', 'CPU s', 'voices per CPU s', 'peak MB, all processes', 'CPU s by process'],
    [
      row('voxloop: durable, read, in the warehouse', ours),
      row('peer: COPY into one table with the same key', peer),
      ['ratio', (ours.seconds / peer.seconds).toFixed(1), '', (ours.cpuSeconds / peer.cpuSeconds).toFixed(1), '', '', ''],
    ],
  );
  console.log(`\nevent loop of the server while importing, ms: ${ours.loop}`);
  const met = ROWS / ours.seconds >= GATE_PER_SECOND && ours.peakMb <= GATE_MB;
  console.log(`gate ≥ ${whole(GATE_PER_SECOND)} voices/s, ≤ ${whole(GATE_MB)} MB: ${met ? 'met' : 'NOT met'}\n`);
}

function printPeople({ idle, busy, after }: Served): void {
  const ms = (sorted: readonly number[], share: number): string => percentile(sorted, share).toFixed(1);
  const row = (name: string, quiet: readonly number[], meanwhile: readonly number[], then: readonly number[]): string[] => [
    name,
    `${quiet.length} / ${meanwhile.length}`,
    ...[0.5, 0.95, 0.99].flatMap((share) => [ms(quiet, share), ms(meanwhile, share)]),
    (percentile(meanwhile, 0.95) / percentile(quiet, 0.95)).toFixed(2),
    ms(then, 0.95),
    ms(then, 1),
  ];
  printTable(
    [
      'request',
      'count',
      'p50 idle',
      'p50 importing',
      'p95 idle',
      'p95 importing',
      'p99 idle',
      'p99 importing',
      'p95 ratio',
      'p95 right after',
      'max',
    ],
    [
      row('all of them', idle.sorted, busy.sorted, after.sorted),
      ...[...idle.byName].map(([name, took]) => row(name, took, busy.byName.get(name) ?? [], after.byName.get(name) ?? [])),
    ],
  );
  const met = percentile(busy.sorted, 0.95) <= GATE_P95 * percentile(idle.sorted, 0.95) && idle.failed + busy.failed + after.failed === 0;
  console.log(`\none request every ${EVERY_MS} ms, ms; failed: ${idle.failed} idle, ${busy.failed} importing, ${after.failed} after`);
  console.log(`gate p95 ≤ ${GATE_P95} × idle: ${met ? 'met' : 'NOT met'}`);
}

/** The clock runs from the command to the moment at which a question to the server counts every voice. */
async function serve(home: string, world: { csv: string; mapping: string }): Promise<Served> {
  const loop = join(folder, 'loop.json');
  const preload = pathToFileURL(join(ROOT, 'bench/kit/loop-delay.ts')).href;
  const server = await startServer(home, undefined, { NODE_OPTIONS: `--import=${preload}`, BENCH_LOOP_FILE: loop });
  if (server === null) throw new Error('The server did not start.');
  try {
    const figures = await measured(server, home, world);
    return { ...figures, loop: existsSync(loop) ? readFileSync(loop, 'utf8') : 'unknown' };
  } catch (error) {
    console.error(error, server.said());
    throw error;
  } finally {
    server.child.kill('SIGKILL');
  }
}

async function measured(server: ServerProcess, home: string, world: { csv: string; mapping: string }): Promise<Omit<Served, 'loop'>> {
  const token = (await ask(home, ['token', 'operator'])).out.trim();
  const asked = await whatPeopleAsk(server.base, token);
  await warmedUp(server.base, token, asked);
  const before = await quietPeople(server.base, token, asked);
  process.kill(server.pid, 'SIGUSR2');
  const watch = watchTree(server.pid);
  const people = startPeople(server.base, token, asked, EVERY_MS);
  const began = performance.now();
  const argv = ['import', world.csv, '--source', 'hotline', '--mapping', world.mapping, '--json'];
  const imported = ask(home, argv);
  const seconds = await untilCounted(server.base, token, HELD + ROWS, began);
  const busy = await people.stop();
  const use = watch.stop();
  process.kill(server.pid, 'SIGUSR2');
  const after = await quietPeople(server.base, token, asked);
  const idle = together(before, await quietPeople(server.base, token, asked));
  const result = lastLine(await imported, argv);
  if (result['accepted'] !== ROWS) throw new Error(`Not all rows were accepted: ${JSON.stringify(result)}`);
  server.child.kill('SIGTERM');
  await server.gone;
  return { ...use, seconds, idle, busy, after };
}

async function quietPeople(base: string, token: string, asked: readonly Asked[]): Promise<Latencies> {
  const people = startPeople(base, token, asked, EVERY_MS);
  await sleep(IDLE_S * 1_000);
  return people.stop();
}

function together(a: Latencies, b: Latencies): Latencies {
  const rising = (x: readonly number[], y: readonly number[]): readonly number[] => [...x, ...y].toSorted((m, n) => m - n);
  const byName = new Map([...a.byName].map(([name, took]) => [name, rising(took, b.byName.get(name) ?? [])]));
  return { sorted: rising(a.sorted, b.sorted), byName, failed: a.failed + b.failed };
}

async function untilCounted(base: string, token: string, wanted: number, began: number): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  for (;;) {
    await sleep(500);
    const answer = JSON.parse(await send(agent, base, token, COUNT)) as { rows: { voices: number }[] };
    if (answer.rows[0]?.voices !== wanted) continue;
    agent.destroy();
    return (performance.now() - began) / 1000;
  }
}

async function whatPeopleAsk(base: string, token: string): Promise<readonly Asked[]> {
  const agent = new Agent();
  const page: Asked = {
    name: 'a page of voices',
    method: 'POST',
    path: '/api/voices/search',
    body: { where: [{ text: '宽带' }], limit: 50 },
  };
  const { rows } = JSON.parse(await send(agent, base, token, page)) as { rows: { id: number; said_at: string }[] };
  const first = rows[0];
  if (first === undefined) throw new Error('The server holds no voice.');
  const from = new Date(Date.parse(first.said_at) - 30 * 86_400_000).toISOString().slice(0, 10);
  const question = { measures: ['voices', 'customers'], by: ['city', 'category_1'], where: [{ field: 'said_at', from }] };
  return [
    page,
    { name: 'a question', method: 'POST', path: '/api/ask', body: question },
    { name: 'the overview', method: 'GET', path: '/api/overview' },
    { name: 'one voice', method: 'GET', path: `/api/voices/${first.id}` },
    { name: 'the orders', method: 'GET', path: '/api/orders' },
  ];
}

/** Until what is compiled, cached and planned once is so, or idle would look slower than it is. */
async function warmedUp(base: string, token: string, asked: readonly Asked[]): Promise<void> {
  const people = startPeople(base, token, asked, EVERY_MS);
  await sleep(10_000);
  await people.stop();
}

async function copyAll(csv: string): Promise<Measured> {
  const server = await startEmbedded({ dir: join(folder, 'peer'), log: { info: () => undefined, warn: () => undefined } });
  const { pool, close } = await connect(server.url);
  const [header = ''] = readFileSync(csv, 'utf8').split('\n', 1);
  const columns = header.split(',').map((_, i) => (i === 0 ? 'id text' : `c${i} text`));
  await pool.query(`create table plain (${columns.join(', ')}, primary key (id))`);
  // The server reads the file itself, as its own user.
  chmodSync(folder, 0o755);
  const watch = watchTree(process.pid);
  const began = performance.now();
  await pool.query(`copy plain from '${csv}' with (format csv, header)`);
  const seconds = (performance.now() - began) / 1000;
  const use = watch.stop();
  await close();
  await server.stop();
  return { ...use, seconds };
}
