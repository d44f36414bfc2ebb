import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kMeans } from '../src/maths/k-means.ts';
import type { Points } from '../src/maths/points.ts';
import { seededRandom } from '../src/maths/seeded-random.ts';
import { printMachine, printTable, whole } from './kit/report.ts';

/**
 * K-means of our own against scikit-learn on the same rows: inertia (gate: within .2 %) and processor seconds.
 *   npm run bench segments [ROWS…]     default 20000 200000; 1000000 takes minutes
 */
const sizes = process.argv.slice(2).map(Number);
const WIDTH = 10;
const STARTS = 10;

/** Twelve clouds of unequal weight and spread that overlap, so that local optima differ. */
function cloudy(rows: number, seed: number): Points {
  const random = seededRandom(seed, 'clouds');
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const clouds = Array.from({ length: 12 }, (_, i) => ({
    spread: 0.6 + (i % 4) * 0.3,
    centre: Array.from({ length: WIDTH }, () => 2 * normal()),
  }));
  const values = new Float64Array(rows * WIDTH);
  for (let row = 0; row < rows; row++) {
    const cloud = clouds[Math.floor(12 * random.next() ** 1.5)] ?? clouds[0];
    for (let i = 0; i < WIDTH; i++) values[row * WIDTH + i] = (cloud?.centre[i] ?? 0) + (cloud?.spread ?? 1) * normal();
  }
  return { rows, width: WIDTH, values };
}

interface Peer {
  readonly inertia: number;
  readonly seconds: number;
  readonly cpu: number;
}

function peerOn(file: string, rows: number, clusters: number): Peer | string {
  // One thread, as ours; left to themselves numpy's libraries take all.
  const { OPENBLAS_NUM_THREADS: _, OPENBLAS_MAIN_FREE: __, ...env } = process.env;
  const run = spawnSync(
    '/usr/bin/python3',
    [join(import.meta.dirname, 'kit/k-means-peer.py'), file, ...[rows, WIDTH, clusters, STARTS].map(String)],
    { encoding: 'utf8', env: { ...env, OMP_NUM_THREADS: '1' } },
  );
  return run.status === 0 ? (JSON.parse(run.stdout) as Peer) : (run.stderr.trim().split('\n').at(-1) ?? 'no python3');
}

printMachine('segments: k-means');
const folder = mkdtempSync(join(tmpdir(), 'voxloop-k-means-'));
const lines: string[][] = [];
for (const rows of sizes.length === 0 ? [20_000, 200_000] : sizes)
  for (const clusters of [6, 12]) {
    const points = cloudy(rows, 1);
    const file = join(folder, 'points.bin');
    writeFileSync(file, new Uint8Array(points.values.buffer));
    const began = process.cpuUsage();
    const ours = kMeans(points, { clusters, starts: STARTS, seed: 1 });
    const { user, system } = process.cpuUsage(began);
    const cpu = (user + system) / 1e6;
    const peer = peerOn(file, rows, clusters);
    lines.push(
      typeof peer === 'string'
        ? [whole(rows), String(clusters), ours.inertia.toFixed(1), peer, '', cpu.toFixed(2), '', '']
        : [
            whole(rows),
            String(clusters),
            ours.inertia.toFixed(1),
            peer.inertia.toFixed(1),
            `${(100 * (ours.inertia / peer.inertia - 1)).toFixed(3)} %`,
            cpu.toFixed(2),
            peer.cpu.toFixed(2),
            (cpu / peer.cpu).toFixed(2),
          ],
    );
  }
printTable(['rows × 10', 'clusters', 'inertia', 'scikit-learn', 'difference', 'CPU s', 'scikit-learn', 'ratio'], lines);
rmSync(folder, { recursive: true, force: true });
