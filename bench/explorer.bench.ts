import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewerOf } from '../test/kit/warehouse-rows.ts';
import { VOICE_ROWS, WAREHOUSE_TABLES } from '../src/analyse/index.ts';
import { askNumbers } from '../src/analyse/ask.client.ts';
import { searchVoices } from '../src/analyse/search-voices.client.ts';
import type { Filter, Question } from '../src/model/question.ts';
import { systemClock } from '../src/platform/clock.ts';
import { connect } from '../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.client.ts';
import { openDuckDb } from '../src/platform/warehouse/duckdb.client.ts';
import type { Cell } from '../src/platform/warehouse/warehouse.ts';
import { printMachine, printTable } from './kit/report.ts';

/**
 * Rows appended per second and the explorer's answers over N voices, each beside the same question written by hand in raw DuckDB
 * (same file, no compiler, no scope) and in plain PostgreSQL (same columns, indexes on time, city and community): `npm run bench explorer [rows]`.
 */
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
async function median(work: () => Promise<unknown>): Promise<number> {
  const runs: number[] = [];
  for (let i = 0; i < 5; i++) runs.push((await seconds(work)).wall * 1000);
  return runs.toSorted((a, b) => a - b)[2] ?? 0;
}

/** The same rows in PostgreSQL, made there. */
async function plainPostgres(): Promise<{ query(text: string): Promise<unknown>; stop(): Promise<void> }> {
  const server = await startEmbedded({ dir: join(folder, 'postgres'), log: { info: () => undefined, warn: () => undefined } });
  const { pool, close } = await connect(server.url, { max: 1 });
  const texts = `(array[${TEXTS.map((text) => `'${text}'`).join(', ')}])[i % ${TEXTS.length} + 1]`;
  await pool.query(`
    create table voice_rows as select i as id, timestamp '2026-01-01 08:00:00' + i * interval '50 seconds' as said_local, 'city-' || i % 17 as city,
      'c-' || i % 900 as community, 'plan-' || i % 30 as plan, 'c' || i % 20000 as customer, 'g' || i % 10 as category_1, ${texts} || ' ' || i as text_masked,
      jsonb_build_object('level', case when i % 2 = 1 then '高' else '低' end, 'handled', '已转') as attributes
    from generate_series(0, ${ROWS - 1}) i`);
  for (const columns of ['said_local, id', 'city', 'community']) await pool.query(`create index on voice_rows (${columns})`);
  await pool.query('analyze voice_rows');
  return {
    query: (text) => pool.query(text),
    stop: async () => {
      await close();
      await server.stop();
    },
  };
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
const month = (from: string, before: string): string => `said_local >= timestamp '${from}' and said_local < timestamp '${before}'`;
interface Case {
  readonly name: string;
  readonly ours: () => Promise<unknown>;
  readonly duckdb: string;
  readonly postgres?: string;
}
const cases: readonly Case[] = [
  {
    name: 'voices per day',
    ours: ask({ by: ['day'] }),
    duckdb: `select date_trunc('day', said_local) as day, count(*) from voice_rows group by 1 order by 1`,
  },
  {
    name: 'voices, customers, share per city × category',
    ours: ask({ measures: ['voices', 'customers', 'share'], by: ['city', 'category_1'] }),
    duckdb:
      'select city, category_1, count(*), count(distinct customer), count(*) * 1.0 / sum(count(*)) over () from voice_rows group by 1, 2 order by 3 desc',
  },
  {
    name: 'one month against the previous, per community',
    ours: ask({ by: ['community'], where: [{ field: 'said_at', from: '2026-03-01', before: '2026-04-01' }], compare: 'previous' }),
    duckdb: `select community, count(*) filter (where ${month('2026-03-01', '2026-04-01')}), count(*) filter (where ${month('2026-01-29', '2026-03-01')})
      from voice_rows where ${month('2026-01-29', '2026-04-01')} group by 1 order by 2 desc`,
  },
  {
    name: 'a keyword per week',
    ours: ask({ by: ['week'], where: words }),
    duckdb: `select date_trunc('week', said_local) as week, count(*) from voice_rows where contains(text_masked, '实名制') group by 1 order by 1`,
    postgres: `select date_trunc('week', said_local) as week, count(*) from voice_rows where text_masked like '%实名制%' group by 1 order by 1`,
  },
  {
    name: 'an attribute × plan',
    ours: ask({ by: ['attr:level', 'plan'] }),
    duckdb: `select attributes['level'] as level, plan, count(*) from voice_rows group by 1, 2 order by 3 desc`,
    postgres: `select attributes ->> 'level' as level, plan, count(*) from voice_rows group by 1, 2 order by 3 desc`,
  },
  {
    name: 'first page of 50 voices with a keyword',
    ours: () => searchVoices(ctx, viewerOf(), words, { limit: 50 }),
    duckdb: `select * from voice_rows where contains(text_masked, '实名制') order by said_local desc, id desc limit 50`,
    postgres: `select * from voice_rows where text_masked like '%实名制%' order by said_local desc, id desc limit 50`,
  },
];
printMachine(`explorer: ${ROWS} voices, median of 5`);
const plain = await plainPostgres();
const rows: string[][] = [];
for (const { name, ours, duckdb, postgres } of cases) {
  const [mine, raw, peer] = [
    await median(ours),
    await median(() => warehouse.select(duckdb, [])),
    await median(() => plain.query(postgres ?? duckdb)),
  ];
  rows.push([name, mine.toFixed(0), raw.toFixed(0), peer.toFixed(0), (mine / raw).toFixed(1), (mine / peer).toFixed(2)]);
}
printTable(['question', 'explorer ms', 'raw DuckDB ms', 'plain PostgreSQL ms', '÷ DuckDB', '÷ PostgreSQL'], rows);
console.log('The page of voices: ours counts them all too, and reads the names that go with them.\n');
await plain.stop();
line('resident memory', `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
await warehouse.close();
rmSync(folder, { recursive: true });
