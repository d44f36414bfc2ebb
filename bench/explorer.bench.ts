import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchVoices } from '../src/analyse/search-voices.client.ts';
import { askNumbers } from '../src/analyse/ask.client.ts';
import { cursorText } from '../src/analyse/voice-cursor.ts';
import { voicesBehind } from '../src/analyse/index.ts';
import type { Filter } from '../src/model/question.ts';
import { viewerOf } from '../test/kit/warehouse-rows.ts';
import { startPeer } from './kit/explorer-peer.ts';
import { openExplorer, type Explorer } from './kit/explorer-store.ts';
import { byHand, type Case, QUESTIONS, questionOf, WITH_KEYWORD } from './kit/questions.ts';
import { percentile, printMachine, printTable, whole } from './kit/report.ts';
import { spent } from './kit/spent.ts';

/**
 * The explorer over N voices made straight in both stores: `npm run bench explorer [rows]`. Each question (two dimensions, three filters)
 * stands beside the same one written by hand in bare DuckDB (same file, same settings) and in PostgreSQL (same wide rows, indexes on time,
 * city and kind, parallel workers as they come); then the pages of voices behind the figures; then the same on a tenth of the rows.
 */
const ROWS = Number(process.argv[2] ?? 10_000_000);
const RUNS = 5;
const PEER_RUNS = 1;
const GATE_MS = 1_000;
const GATE_KEYWORD_MS = 2_500;
const GATE_PEER = 5;
const GATE_LAYER = 1.3;
const GATE_PAGE_MS = 300;
/** Some 1 kB a row in PostgreSQL with its indexes, 0.2 in DuckDB. */
const BYTES_A_ROW = 1_500;

interface Timed {
  readonly one: Case;
  readonly ours: readonly number[];
  readonly bare: readonly number[];
  readonly peer: readonly number[];
}

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);
const p = (values: readonly number[], share: number): number => percentile(sorted(values), share);

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
try {
  const free = statfsSync(folder);
  if (free.bavail * free.bsize < ROWS * BYTES_A_ROW) throw new Error(`${folder} has no room for ${whole(ROWS)} voices twice.`);
  printMachine(`explorer: ${whole(ROWS)} voices in both stores`);
  const store = await openExplorer(join(folder, 'w.duckdb'), ROWS);
  const peer = await startPeer(join(folder, 'postgres'), ROWS);
  console.log(`made ${whole(ROWS)} voices in DuckDB in ${store.seconds.toFixed(0)} s, in PostgreSQL in ${peer.seconds.toFixed(0)} s`);
  const plain = await timeAll(store, QUESTIONS, peer.query);
  const words = await timeAll(store, WITH_KEYWORD, peer.query);
  await peer.stop();
  report('two dimensions, three filters', plain, GATE_MS);
  report('with a keyword', words, GATE_KEYWORD_MS);
  await reportPages(store);
  await store.close();
  await reportGrowth(plain);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Rounds over all questions, so that none is asked twice in a row; the first round warms up and is not counted. */
async function timeAll(
  store: Explorer,
  cases: readonly Case[],
  peer: ((text: string) => Promise<readonly unknown[]>) | null,
): Promise<readonly Timed[]> {
  const times = cases.map((one) => ({ one, ours: [] as number[], bare: [] as number[], peer: [] as number[] }));
  for (let round = 0; round <= RUNS; round++) {
    for (const { one, ours, bare } of times) {
      const mine = await spent(() => askNumbers(store.ctx, viewerOf(), questionOf(one)));
      const raw = await spent(() => store.ctx.warehouse.select(byHand(one, 'duckdb'), []));
      if (round > 0) {
        ours.push(mine.ms);
        bare.push(raw.ms);
      }
    }
  }
  if (peer === null) return times;
  for (const { one, peer: took } of times) {
    for (let run = 0; run < PEER_RUNS; run++) {
      const { ms, result } = await spent(() => peer(byHand(one, 'postgres')));
      took.push(ms);
      await mustAgree(store, one, result);
    }
  }
  return times;
}

/** The same rows were made in both stores, so both must count the same. */
async function mustAgree(store: Explorer, one: Case, peer: readonly unknown[]): Promise<void> {
  const count = (rows: readonly unknown[], name: string): number =>
    (rows as Record<string, unknown>[]).reduce((sum, row) => sum + Number(row[name]), 0);
  const mine = await askNumbers(store.ctx, viewerOf(), { ...questionOf(one), order: [{ by: 'voices', descending: true }] });
  const [a, b] = [count(mine.rows, 'voices'), count(peer, 'voices')];
  if (a !== b) throw new Error(`"${one.name}": ours counts ${a} voices, PostgreSQL ${b}.`);
}

function report(name: string, times: readonly Timed[], gateMs: number): void {
  console.log(`\n### ${name}\n`);
  const median = (values: readonly number[]): number => p(values, 0.5);
  printTable(
    ['question', 'explorer ms', 'bare DuckDB ms', 'PostgreSQL ms', '÷ DuckDB', 'PostgreSQL ÷'],
    times.map(({ one, ours, bare, peer }) => [
      one.name,
      median(ours).toFixed(0),
      median(bare).toFixed(0),
      median(peer).toFixed(0),
      (median(ours) / median(bare)).toFixed(2),
      (median(peer) / median(ours)).toFixed(1),
    ]),
  );
  const all = times.flatMap(({ ours }) => ours);
  const sum = (of: (timed: Timed) => readonly number[]): number => times.reduce((total, timed) => total + median(of(timed)), 0);
  const [layer, times5] = [sum((t) => t.ours) / sum((t) => t.bare), sum((t) => t.peer) / sum((t) => t.ours)];
  const each = p(
    times.map((t) => median(t.peer) / median(t.ours)),
    0.5,
  );
  console.log(
    `\np50 ${p(all, 0.5).toFixed(0)}, p95 ${p(all, 0.95).toFixed(0)}, max ${Math.max(...all).toFixed(0)} ms over ${times.length} questions × ${RUNS}`,
  );
  console.log(`gate p95 ≤ ${gateMs} ms: ${p(all, 0.95) <= gateMs ? 'met' : 'NOT met'}`);
  console.log(
    `all questions together: ${layer.toFixed(2)} × bare DuckDB (gate ≤ ${GATE_LAYER}: ${layer <= GATE_LAYER ? 'met' : 'NOT met'})`,
  );
  console.log(
    `PostgreSQL takes ${times5.toFixed(1)} × as long for all together, ${each.toFixed(1)} × in the median question (gate ≥ ${GATE_PEER}: ${times5 >= GATE_PEER ? 'met' : 'NOT met'})`,
  );
}

/** The voices behind one figure of each question: first page, and from a place deep within. The count beside them must be the figure. */
async function reportPages(store: Explorer): Promise<void> {
  console.log('\n### pages of 50 voices behind figures\n');
  const [first, deep]: [number[], number[]] = [[], []];
  const cursor = cursorText({ sort: '-said_at', value: '2025-03-15T00:00:00.000Z', id: Math.floor(ROWS / 2) });
  for (const one of [...QUESTIONS, ...WITH_KEYWORD]) {
    const { rows } = await askNumbers(store.ctx, viewerOf(), questionOf(one));
    const figure = rows[0];
    if (figure === undefined) throw new Error(`"${one.name}" has no answer.`);
    const where: readonly Filter[] = voicesBehind(questionOf(one), figure);
    for (let run = 0; run < RUNS; run++) {
      const page = await spent(() => searchVoices(store.ctx, viewerOf(), where, { limit: 50 }));
      if (page.result.count !== figure['voices'])
        throw new Error(`"${one.name}": ${page.result.count} voices behind a figure of ${figure['voices']}.`);
      first.push(page.ms);
      deep.push((await spent(() => searchVoices(store.ctx, viewerOf(), where, { limit: 50, cursor }))).ms);
    }
  }
  const line = (name: string, took: readonly number[]): string[] => [
    name,
    ...[0.5, 0.95, 0.99].map((share) => p(took, share).toFixed(0)),
    Math.max(...took).toFixed(0),
  ];
  printTable(['page', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'], [line('first', first), line('deep', deep)]);
  const met = p(first, 0.95) <= GATE_PAGE_MS && p(deep, 0.95) <= GATE_PAGE_MS;
  console.log(`\neach with its exact count, which equalled the figure; gate p95 ≤ ${GATE_PAGE_MS} ms: ${met ? 'met' : 'NOT met'}`);
}

async function reportGrowth(large: readonly Timed[]): Promise<void> {
  const rows = Math.ceil(ROWS / 10);
  const store = await openExplorer(join(folder, 'small.duckdb'), rows);
  const small = await timeAll(store, QUESTIONS, null);
  await store.close();
  const total = (times: readonly Timed[]): number => times.reduce((sum, { ours }) => sum + p(ours, 0.5), 0);
  const grown = total(large) / total(small);
  console.log(
    `\n### growth\n\n${whole(rows)} → ${whole(ROWS)} voices: ${total(small).toFixed(0)} → ${total(large).toFixed(0)} ms for all questions without keyword, × ${grown.toFixed(1)}`,
  );
  console.log(`gate ≤ × 10: ${grown <= 10 ? 'met' : 'NOT met'}`);
}
