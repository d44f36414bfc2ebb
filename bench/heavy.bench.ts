import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { PeakSettings } from '../src/model/peaks.ts';
import { SCHEME_IDS } from '../src/model/segment-views.ts';
import { ask, startServer } from '../test/kit/server-process.ts';
import type { LoopFigures } from './kit/loop-holds.ts';
import { send, startPeople } from './kit/people.ts';
import { percentile, printMachine, printTable, whole } from './kit/report.ts';
import { ROOT, voxloop } from './kit/voxloop.ts';

/**
 * What the server's event loop does while heavy work is on its way in it: pairs, models, segments, drivers, grading, lines of calls, an
 * experiment on all customers, a backup, each alone, asked for as people ask for it, on the default world. `npm run bench heavy [customers
 * [HOME]]`: with a home, one that was loaded earlier, so that loading need not be measured beside; the works leave their traces in it.
 */
const CUSTOMERS = Number(process.argv[2] ?? 15_000);
const LOADED = process.argv[3];
const GATE_MS = 50;
const IDLE_MS = 10_000;
const EVERY_MS = 500;

const EXPERIMENT = {
  name: 'bench',
  strategy: 'A call to everybody.',
  arms: [
    { name: 'as ever', share: 1 },
    { name: 'called', share: 1 },
  ],
  metrics: [{ name: 'complained', source: 'complaint', direction: 'down' }],
  strata: ['brand', 'value_tier'],
  windowDays: 30,
};

const isOpen = (view: Record<string, unknown>): boolean =>
  (view['runs'] as readonly { state: string }[]).some(({ state }) => state === 'queued' || state === 'running');

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
const home = LOADED ?? join(folder, 'home');
const file = join(folder, 'loop.json');
const agent = new Agent({ keepAlive: true });
try {
  printMachine(`heavy work: the event loop meanwhile, ${whole(CUSTOMERS)} customers, 6 months`);
  if (LOADED === undefined) {
    const world = join(folder, 'world');
    await voxloop(home, 'scenario', 'province', '--customers', `${CUSTOMERS}`, '--months', '6', '--seed', '1', '--out', world);
    await voxloop(home, 'scenario', 'load', world);
  }
  const preload = pathToFileURL(join(ROOT, 'bench/kit/loop-delay.ts')).href;
  // Options that are there already stay, so that a profiler can be preloaded beside.
  const options = `${process.env['NODE_OPTIONS'] ?? ''} --import=${preload}`;
  const server = await startServer(home, undefined, { NODE_OPTIONS: options, BENCH_LOOP_FILE: file });
  if (server === null) throw new Error('The server did not start.');
  try {
    const token = (await ask(home, ['token', 'analyst'])).out.trim();
    const get = async (path: string): Promise<Record<string, unknown>> =>
      JSON.parse(await send(agent, server.base, token, { name: path, method: 'GET', path })) as Record<string, unknown>;
    const write = async (method: 'POST' | 'PUT', path: string, body: unknown = {}): Promise<Record<string, unknown>> =>
      JSON.parse(await send(agent, server.base, token, { name: path, method, path, body })) as Record<string, unknown>;
    const post = async (path: string, body: unknown = {}): Promise<void> => void (await write('POST', path, body));
    const until = async (isOver: () => Promise<boolean>): Promise<void> => {
      do await sleep(300);
      while (!(await isOver()));
    };
    await until(async () => ((await get('/api/models'))['training'] ?? null) === null);
    const experiments = (await get('/api/experiments'))['rows'] as readonly { id: string }[];
    const linesNow = async (): Promise<readonly (number | null)[]> =>
      ((await get('/api/peaks'))['lines'] as readonly { line: number | null }[]).map(({ line }) => line);
    /** Other worths make every line another one, so that each city is solved and tested anew. */
    const allLinesAnew = async (): Promise<void> => {
      const before = await linesNow();
      const [{ version, settings }] = (await get('/api/peaks/settings'))['versions'] as [{ version: number; settings: PeakSettings }];
      const { high, usual, low } = settings.values;
      const values = { high: high * 1.1, usual: usual * 1.1, low: low * 1.1 };
      await write('PUT', '/api/peaks/settings', { settings: { ...settings, values }, seen: version, reason: 'bench' });
      await until(async () => (await linesNow()).every((line, i) => line === null || line === 0 || line !== before[i]));
    };
    /** An experiment on everybody, drafted and with its cohort, so that its start alone is measured. */
    const drafted = async (): Promise<{ readonly id: string; readonly version: number }> => {
      const made = (await write('POST', '/api/experiments', EXPERIMENT))['experiment'] as { id: string; version: number };
      const { choices } = (await get('/api/experiments/customers')) as unknown as { choices: readonly { field: string; value: string }[] };
      const city = choices.filter(({ field }) => field === 'city').map(({ value }) => value);
      const told = await write('POST', `/api/experiments/${made.id}/cohort`, { version: made.version, pick: { city } });
      return told['experiment'] as { id: string; version: number };
    };
    const draft = await drafted();
    const works: readonly (readonly [string, () => Promise<void>])[] = [
      ['nothing', () => sleep(IDLE_MS)],
      [
        'pairs, 7 days',
        async () => {
          await post('/api/pairs/runs', { window: 7 });
          await until(async () => (await get('/api/pairs?window=7'))['open'] === null);
        },
      ],
      [
        'a model of both horizons',
        async () => {
          await post('/api/models/train');
          await until(async () => (await get('/api/models'))['training'] === null);
        },
      ],
      [
        'segments of all schemes',
        async () => {
          await post('/api/segments/runs');
          for (const scheme of SCHEME_IDS) await until(async () => !isOpen(await get(`/api/segments?scheme=${scheme}`)));
        },
      ],
      ['satisfaction: index and map', async () => void (await get('/api/satisfaction'))],
      ['satisfaction: drivers', async () => void (await get('/api/satisfaction/drivers'))],
      ['levels with their validation', async () => void (await get('/api/levels'))],
      ['peaks and ends', async () => void (await get('/api/peaks'))],
      [
        'reports of all experiments',
        async () => {
          for (const { id } of experiments) await get(`/api/experiments/${id}`);
        },
      ],
      ['warning lines of all cities, and the queue', allLinesAnew],
      ['start of an experiment on all', () => post(`/api/experiments/${draft.id}/start`, { version: draft.version })],
      ['a look at it', () => post(`/api/experiments/${draft.id}/look`)],
      ['a backup', async () => void (await ask(home, ['backup']))],
    ];
    const rows: string[][] = [];
    const worst = { wall: 0, blocked: 0 };
    for (const [name, work] of works) {
      const people = startPeople(server.base, token, [{ name: 'the overview', method: 'GET', path: '/api/overview' }], EVERY_MS);
      process.kill(server.pid, 'SIGUSR2');
      const began = performance.now();
      await work();
      const seconds = (performance.now() - began) / 1000;
      process.kill(server.pid, 'SIGUSR2');
      const { sorted, failed } = await people.stop();
      await sleep(500);
      const loop = JSON.parse(readFileSync(file, 'utf8')) as LoopFigures;
      if (name !== 'nothing') for (const key of ['wall', 'blocked'] as const) worst[key] = Math.max(worst[key], loop[key]);
      const ms = [loop.p50, loop.p99, loop.p999, loop.wall, loop.blocked, loop.cpu, loop.pause].map((value) => value.toFixed(1));
      rows.push([name, seconds.toFixed(1), ...ms, percentile(sorted, 0.95).toFixed(0), `${failed}`]);
      console.error(rows.at(-1)?.join(' · '));
    }
    const holds = ['loop p50 ms', 'p99', 'p99.9', 'longest hold', 'most blocked', 'most CPU in one', 'longest GC'];
    printTable(['work', 'seconds', ...holds, 'overview p95 ms', 'failed'], rows);
    const said = (ms: number): string => `${ms <= GATE_MS ? 'met' : 'NOT met'} (${ms.toFixed(1)} ms)`;
    console.log(
      `\ngate ≤ ${GATE_MS} ms, what the loop does itself: ${said(worst.blocked)}; with waiting for a processor: ${said(worst.wall)}`,
    );
  } catch (error) {
    console.error(server.said());
    throw error;
  } finally {
    server.child.kill('SIGTERM');
    await server.gone;
  }
} finally {
  agent.destroy();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
