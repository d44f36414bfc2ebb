import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { SCHEME_IDS } from '../src/model/segment-views.ts';
import { ask, startServer } from '../test/kit/server-process.ts';
import { send, startPeople } from './kit/people.ts';
import { percentile, printMachine, printTable, whole } from './kit/report.ts';
import { ROOT, voxloop } from './kit/voxloop.ts';

/**
 * What the server's event loop does while heavy work is on its way in it: pairs, models, segments, drivers, grading, an experiment's report, a
 * backup, each alone, asked for as people ask for it, on the default world. `npm run bench heavy [customers]`
 */
const CUSTOMERS = Number(process.argv[2] ?? 15_000);
const GATE_MS = 50;
const IDLE_MS = 10_000;
const EVERY_MS = 100;

interface Loop {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
const home = join(folder, 'home');
const file = join(folder, 'loop.json');
const agent = new Agent({ keepAlive: true });
try {
  printMachine(`heavy work: the event loop meanwhile, ${whole(CUSTOMERS)} customers, 6 months`);
  const world = join(folder, 'world');
  await voxloop(home, 'scenario', 'province', '--customers', `${CUSTOMERS}`, '--months', '6', '--seed', '1', '--out', world);
  await voxloop(home, 'scenario', 'load', world);
  const preload = pathToFileURL(join(ROOT, 'bench/kit/loop-delay.ts')).href;
  const server = await startServer(home, undefined, { NODE_OPTIONS: `--import=${preload}`, BENCH_LOOP_FILE: file });
  if (server === null) throw new Error('The server did not start.');
  try {
    const token = (await ask(home, ['token', 'operator'])).out.trim();
    const get = async (path: string): Promise<Record<string, unknown>> =>
      JSON.parse(await send(agent, server.base, token, { name: path, method: 'GET', path })) as Record<string, unknown>;
    const post = async (path: string, body: unknown = {}): Promise<void> =>
      void (await send(agent, server.base, token, { name: path, method: 'POST', path, body }));
    const until = async (isOver: () => Promise<boolean>): Promise<void> => {
      do await sleep(300);
      while (!(await isOver()));
    };
    await until(async () => ((await get('/api/models'))['training'] ?? null) === null);
    const experiments = (await get('/api/experiments'))['rows'] as readonly { id: string }[];
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
      ['a backup', async () => void (await ask(home, ['backup']))],
    ];
    const rows: string[][] = [];
    let worst = 0;
    for (const [name, work] of works) {
      const people = startPeople(server.base, token, [{ name: 'the overview', method: 'GET', path: '/api/overview' }], EVERY_MS);
      process.kill(server.pid, 'SIGUSR2');
      const began = performance.now();
      await work();
      const seconds = (performance.now() - began) / 1000;
      process.kill(server.pid, 'SIGUSR2');
      const { sorted, failed } = await people.stop();
      await sleep(500);
      const loop = JSON.parse(readFileSync(file, 'utf8')) as Loop;
      if (name !== 'nothing') worst = Math.max(worst, loop.max);
      const ms = [loop.p50, loop.p99, loop.p999, loop.max].map((value) => value.toFixed(1));
      rows.push([name, seconds.toFixed(1), ...ms, percentile(sorted, 0.95).toFixed(0), `${failed}`]);
    }
    printTable(['work', 'seconds', 'loop p50 ms', 'p99', 'p99.9', 'max', 'overview p95 ms', 'failed'], rows);
    console.log(`\ngate ≤ ${GATE_MS} ms: ${worst <= GATE_MS ? 'met' : 'NOT met'} (${worst} ms)`);
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

const isOpen = (view: Record<string, unknown>): boolean =>
  (view['runs'] as readonly { state: string }[]).some(({ state }) => state === 'queued' || state === 'running');
