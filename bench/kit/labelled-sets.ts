import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInWorker } from '../../src/ingest/files/read-in-worker.client.ts';
import { groupsOf, stratifiedFolds } from '../../src/maths/folds.ts';
import { trainReader, type LabelledText, type TrainReport } from '../../src/understand/index.ts';

export interface LabelledSet {
  readonly name: string;
  /** A test file of its own, or the number of folds. */
  readonly split: { readonly test: readonly LabelledText[] } | { readonly folds: number };
  readonly rows: readonly LabelledText[];
  /** Written with spaces between words. */
  readonly spaced: boolean;
}

const SEED = 1;
const data = process.env['VOXLOOP_DATA'] ?? '';

async function rowsOf(file: string, text: string, label: string): Promise<readonly LabelledText[] | null> {
  const path = join(data, file);
  if (data === '' || !existsSync(path)) return null;
  const rows: LabelledText[] = [];
  for await (const { columns, records } of readInWorker(path)) {
    const [t, l] = [columns.indexOf(text), columns.indexOf(label)];
    for (const { cells } of records) rows.push({ text: cells[t] ?? '', label: (cells[l] ?? '').trim() });
  }
  return rows.filter((row) => row.text.trim() !== '' && row.label !== '');
}

/** Labelled texts of others; those that are not on this machine are left out. */
export async function labelledSets(): Promise<readonly LabelledSet[]> {
  const gov = await rowsOf('messages-gov/附件2.xlsx', '留言详情', '一级分类');
  const waimai = await rowsOf('text-zh/waimai_10k.csv', 'review', 'label');
  const banking = await rowsOf('intents-banking77/train.csv', 'text', 'category');
  const bankingTest = await rowsOf('intents-banking77/test.csv', 'text', 'category');
  return [
    ...(gov === null ? [] : [{ name: 'messages-gov', split: { folds: 5 }, rows: gov, spaced: false }]),
    ...(waimai === null ? [] : [{ name: 'waimai_10k', split: { folds: 5 }, rows: waimai, spaced: false }]),
    ...(banking === null || bankingTest === null ? [] : [{ name: 'banking77', split: { test: bankingTest }, rows: banking, spaced: true }]),
  ];
}

/** The product's own training, measured on rows that the measured model has not seen. */
export function ours({ rows, split }: LabelledSet): TrainReport {
  const how = 'test' in split ? { test: split.test } : { folds: split.folds };
  return trainReader(rows, { seed: SEED, nowMs: () => performance.now(), ...how }).report;
}

export interface Peer {
  readonly name: string;
  readonly accuracy: number;
  /** Texts per CPU second, from text to class. */
  readonly per_second: number;
}

/** Three scikit-learn pipelines on the very same folds, handed over in a file; or why there are none. */
export function peers({ rows, split, spaced }: LabelledSet, onlySpeed: boolean): readonly Peer[] | string {
  const dir = mkdtempSync(join(tmpdir(), 'voxloop-peers-'));
  try {
    const all = 'test' in split ? [...rows, ...split.test] : rows;
    const texts = all.map((row) => row.text);
    const labels = all.map((row) => row.label);
    const number = new Map([...new Set(labels)].map((label, i) => [label, i]));
    const folds =
      'test' in split
        ? all.map((_, i) => (i < rows.length ? -1 : 0))
        : [
            ...stratifiedFolds(
              labels.map((label) => number.get(label) ?? 0),
              groupsOf(texts),
              split.folds,
              SEED,
            ),
          ];
    const file = join(dir, 'task.json');
    writeFileSync(file, JSON.stringify({ texts, labels, folds, spaced }));
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const run = spawnSync('/usr/bin/python3', [join(import.meta.dirname, 'text-peers.py'), file, ...(onlySpeed ? ['speed'] : [])], {
      encoding: 'utf8',
      env,
    });
    if (run.status !== 0) return run.stderr?.trim().split('\n').at(-1) || run.error?.message || 'no python3';
    return run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Peer);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
