import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoostOptions } from '../../src/maths/gbdt/boost-options.ts';
import type { BoostingWorld } from './boosting-world.ts';

export interface Trained {
  readonly seconds: number;
  readonly cpu: number;
  readonly auc: number;
  readonly log_loss: number;
  readonly rows_per_cpu_second: number;
  readonly peak_mb: number;
  /** Ours only: one row alone, and its effects by TreeSHAP. */
  readonly one_row_ms?: number;
  readonly effects_ms?: number;
}

/** A folder that is gone afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'voxloop-boosting-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function writeWorld(folder: string, { values, labels }: Pick<BoostingWorld, 'values' | 'labels'>): void {
  writeFileSync(join(folder, 'values.f32'), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  writeFileSync(join(folder, 'labels.u8'), labels);
}

/** Both at the niceness of bulk work: our threads take it by themselves. */
export function ours(folder: string, threads: number, rows: number, options: BoostOptions): Trained {
  const run = nice([
    process.execPath,
    join(import.meta.dirname, 'boosting-own.ts'),
    folder,
    String(threads),
    String(rows),
    JSON.stringify(options),
  ]);
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Trained;
}

/** XGBoost's hist; or why it is not there. */
export function peer(folder: string, threads: number, rows: number, { trees, depth, rate, bins }: BoostOptions): Trained | string {
  return python<Trained>([folder, ...[threads, rows, trees, depth, rate, bins + 1].map(String)], threads);
}

export interface PeerFolds {
  readonly name: string;
  readonly auc: number;
  /** Probabilities by repetition and row. */
  readonly scores: readonly (readonly number[])[];
}

export function peerOverFolds(folder: string, folds: readonly Int32Array[]): PeerFolds | string {
  writeFileSync(join(folder, 'folds.i32'), Buffer.concat(folds.map((fold) => Buffer.from(fold.buffer, fold.byteOffset, fold.byteLength))));
  return python<PeerFolds>([folder, 'folds'], 1);
}

/** Without the settings that hold numpy back to the instructions of older processors. */
function python<T>(args: readonly string[], threads: number): T | string {
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...env } = process.env;
  const run = nice(['/usr/bin/python3', join(import.meta.dirname, 'boosting-peer.py'), ...args], {
    ...env,
    OMP_NUM_THREADS: String(threads),
  });
  if (run.status !== 0) return run.stderr.trim().split('\n').at(-1) || 'no python3';
  return JSON.parse(run.stdout) as T;
}

function nice(command: readonly string[], env: NodeJS.ProcessEnv = process.env): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('nice', ['-n', '10', ...command], { encoding: 'utf8', env, maxBuffer: 2 ** 28 });
}
