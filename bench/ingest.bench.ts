import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connect } from '../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.client.ts';
import { type TreeUse, watchTree } from './kit/process-tree.ts';
import { printMachine, printTable, whole } from './kit/report.ts';
import { ROOT, lastLine, startVoxloop, voxloop } from './kit/voxloop.ts';
import { writeWorld } from './kit/world.ts';

/**
 * A CSV through the command line until its voices are durable, read and in the warehouse, beside PostgreSQL's own COPY of the same
 * file into one table with the same key: `npm run bench ingest [rows]`.
 */
const ROWS = Number(process.argv[2] ?? 300_000);
const GATE_PER_SECOND = 3_000;
const GATE_MB = 2_048;

interface Measured extends TreeUse {
  readonly seconds: number;
}

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
try {
  printMachine(`ingest: ${whole(ROWS)} voices from CSV`);
  const world = await writeWorld(folder, ROWS);
  const home = join(folder, 'home');
  await voxloop(home, 'scenario', 'load', world.customers);
  const ours = await importAll(home, world.csv, world.mapping);
  const peer = await copyAll(world.csv);
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
      row('voxloop import: durable, read, in the warehouse', ours),
      row('peer: COPY into one table with the same key', peer),
      [
        'ratio',
        (ours.seconds / peer.seconds).toFixed(1),
        (peer.seconds / ours.seconds).toFixed(3),
        (ours.cpuSeconds / peer.cpuSeconds).toFixed(1),
        '',
        '',
        '',
      ],
    ],
  );
  const loop = join(folder, 'loop.json');
  if (existsSync(loop)) console.log(`\nevent loop of the importing process, ms: ${readFileSync(loop, 'utf8')}`);
  const passed = ROWS / ours.seconds >= GATE_PER_SECOND && ours.peakMb <= GATE_MB;
  console.log(`gate ≥ ${whole(GATE_PER_SECOND)} voices/s, ≤ ${whole(GATE_MB)} MB: ${passed ? 'met' : 'NOT met'}`);
} finally {
  if (process.env['BENCH_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
  else console.log(folder);
}

/** The clock runs from the start of the process to its end: opening the home and closing it are counted. */
async function importAll(home: string, csv: string, mapping: string): Promise<Measured> {
  const argv = ['import', csv, '--source', 'hotline', '--mapping', mapping, '--json'];
  const preload = pathToFileURL(join(ROOT, 'bench/kit/loop-delay.ts')).href;
  const began = performance.now();
  const { child, ended } = startVoxloop(home, argv, { NODE_OPTIONS: `--import=${preload}`, BENCH_LOOP_FILE: join(folder, 'loop.json') });
  const watch = watchTree(child.pid ?? 0);
  const result = lastLine(await ended, argv);
  const seconds = (performance.now() - began) / 1000;
  const use = watch.stop();
  if (result['accepted'] !== ROWS) throw new Error(`Not all rows were accepted: ${JSON.stringify(result)}`);
  const answer = await voxloop(home, 'ask', '{"measures":["voices"],"by":[],"where":[]}', '--json');
  const counted = (answer['rows'] as { voices: number }[])[0]?.voices;
  if (counted !== ROWS) throw new Error(`The warehouse counts ${counted} voices.`);
  return { ...use, seconds };
}

async function copyAll(csv: string): Promise<Measured> {
  const server = await startEmbedded({ dir: join(folder, 'peer'), log: { info: () => undefined, warn: () => undefined } });
  const { pool, close } = await connect(server.url);
  const columns = [
    'id text',
    'at text',
    'kind text',
    'channel text',
    'product text',
    'plan text',
    'region text',
    'unit text',
    'agent text',
    'customer text',
    'phone text',
    'status text',
    'recorded text',
    'body text',
  ];
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
