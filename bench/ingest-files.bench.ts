/** Rows per second from a CSV file to voices (no database): `node bench/ingest-files.bench.ts [rows]`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mappingOf, rowPlan, suggestMapping, toVoice, voiceWords } from '../src/ingest/index.ts';
import { inspectFile } from '../src/ingest/files/inspect-file.client.ts';
import { openRecords } from '../src/ingest/files/open-records.client.ts';
import { readInWorker } from '../src/ingest/files/read-in-worker.client.ts';
import type { RecordBatch } from '../src/ingest/files/records.ts';

const ROWS = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
const path = join(folder, 'voices.csv');
const KINDS = ['投诉', '咨询', '报障'];
const lines = Array.from({ length: ROWS }, (_, i) => {
  const at = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  return `GD${i},${at},${KINDS[i % 3]},10010热线,37010200${i % 10},0531${String(i).padStart(7, '0')},"宽带最近老是断线, 晚上八点以后尤其卡 ${i}",${i % 10},普通`;
});
writeFileSync(path, `工单编号,受理时间,工单类型,受理渠道,区县,联系电话,投诉内容,满意度,备用\n${lines.join('\n')}\n`);

const words = voiceWords();
const { columns } = await inspectFile(path);
const mapping = mappingOf(suggestMapping(columns, 'voices', { words }));
const context = { now: '2027-01-01T00:00:00.000Z', saidAtDefault: null, words, timeZone: 'Asia/Shanghai' };

async function rate(name: string, source: AsyncIterable<RecordBatch>, voices: boolean): Promise<void> {
  const started = performance.now();
  let [accepted, slowest] = [0, 0];
  for await (const batch of source) {
    const began = performance.now();
    const plan = rowPlan(batch.columns, mapping);
    for (const record of batch.records) if (!voices || toVoice(record, plan, context).kind === 'accepted') accepted++;
    slowest = Math.max(slowest, performance.now() - began);
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(`${name.padEnd(34)} ${Math.round(accepted / seconds).toLocaleString('en')} rows/s, slowest batch ${slowest.toFixed(1)} ms`);
}

await rate('read, one thread', openRecords(path), false);
await rate('read and toVoice, one thread', openRecords(path), true);
await rate('read in a worker, toVoice here', readInWorker(path), true);
console.log(`memory ${Math.round(process.memoryUsage().rss / 1024 ** 2)} MB`);
rmSync(folder, { recursive: true });
