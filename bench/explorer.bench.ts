import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewerOf } from '../test/kit/warehouse-rows.ts';
import { VOICE_ROWS, WAREHOUSE_TABLES } from '../src/analyse/index.ts';
import { askNumbers } from '../src/analyse/ask.client.ts';
import { searchVoices } from '../src/analyse/search-voices.client.ts';
import type { Filter, Question } from '../src/model/question.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDuckDb } from '../src/platform/warehouse/duckdb.client.ts';
import type { Cell } from '../src/platform/warehouse/warehouse.ts';

/** Rows appended per second and the explorer's answers over N voices: `node bench/explorer.bench.ts [rows]`. */
const ROWS = Number(process.argv[2] ?? 300_000);
const CHUNK = 10_000;
const TEXTS = [
  '客户反映家里宽带从昨天晚上开始就断了，多次重启光猫没有用',
  '本月账单多扣了流量费，要求退还',
  '营业厅办理实名制排队太久',
  '网速很慢，视频一直卡',
];
const HOUR_MS = 3_600_000;

function voiceCells(i: number): readonly Cell[] {
  const at = Date.UTC(2026, 0, 1) + i * 50_000;
  const row: Readonly<Record<string, Cell>> = {
    id: i,
    said_at: at,
    said_local: at + 8 * HOUR_MS,
    said_at_known: true,
    arrived_at: at,
    source: 's',
    channel: i % 3 ? 'hotline' : 'app',
    kind: i % 5 ? 'complaint' : 'grievance',
    product: 'broadband',
    plan: `plan-${i % 30}`,
    batch: 'b',
    city: `city-${i % 17}`,
    district: `d-${i % 136}`,
    community: `c-${i % 900}`,
    unit_id: `u-${i % 200}`,
    unit_path: `/p/u-${i % 200}/`,
    customer: `c${i % 20_000}`,
    brand: 'A',
    category_1: `g${i % 10}`,
    category_2: `g${i % 10}/h`,
    category: `g${i % 10}/h/${i % 60}`,
    department: 'net',
    stage: 'fault',
    feeling: 'negative',
    language: 'zh',
    confidence: 0.8,
    text_masked: `${TEXTS[i % TEXTS.length] ?? ''} ${i}`,
    attributes: { level: i % 2 ? '高' : '低', handled: '已转' },
  };
  return VOICE_ROWS.columns.map((c) => row[c.name] ?? null);
}

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
const warehouse = await openDuckDb({
  file: join(folder, 'w.duckdb'),
  tables: WAREHOUSE_TABLES,
  tempDir: join(folder, 'tmp'),
  log: { warn: () => undefined },
});
const ctx = { warehouse, clock: systemClock, config: { timeZone: 'Asia/Shanghai' } } as unknown as Parameters<typeof askNumbers>[0];
const line = (what: string, value: string): void => console.log(`${what.padEnd(56)} ${value}`);
async function seconds(work: () => Promise<unknown>): Promise<{ wall: number; cpu: number }> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const used = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, cpu: (used.user + used.system) / 1e6 };
}
async function median(work: () => Promise<unknown>): Promise<string> {
  const runs: number[] = [];
  for (let i = 0; i < 5; i++) runs.push((await seconds(work)).wall * 1000);
  return `${(runs.toSorted((a, b) => a - b)[2] ?? 0).toFixed(0)} ms`;
}

let [wall, cpu] = [0, 0];
for (let from = 0; from < ROWS; from += CHUNK) {
  const rows = Array.from({ length: Math.min(CHUNK, ROWS - from) }, (_, i) => voiceCells(from + i));
  const spent = await seconds(() => warehouse.write((writer) => writer.append(VOICE_ROWS, rows)));
  wall += spent.wall;
  cpu += spent.cpu;
}
line(`append ${ROWS} voices`, `${Math.round(ROWS / wall)} rows/s (${Math.round(ROWS / cpu)} per CPU second)`);
const question = (part: Partial<Question>): Question => ({ measures: ['voices'], by: [], where: [], ...part });
const ask = (part: Partial<Question>) => () => askNumbers(ctx, viewerOf(), question(part));
const words: readonly Filter[] = [{ text: '实名制' }];
line('voices per day', await median(ask({ by: ['day'] })));
line(
  'voices, customers, share per city × category',
  await median(ask({ measures: ['voices', 'customers', 'share'], by: ['city', 'category_1'] })),
);
line(
  'one month against the previous, per community',
  await median(ask({ by: ['community'], where: [{ field: 'said_at', from: '2026-03-01', before: '2026-04-01' }], compare: 'previous' })),
);
line('a keyword per week', await median(ask({ by: ['week'], where: words })));
line('an attribute × plan', await median(ask({ by: ['attr:level', 'plan'] })));
line('first page of 50 voices with a keyword, and their count', await median(() => searchVoices(ctx, viewerOf(), words, { limit: 50 })));
line('resident memory', `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
await warehouse.close();
rmSync(folder, { recursive: true });
