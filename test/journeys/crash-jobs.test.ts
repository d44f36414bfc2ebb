import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { addBatch, moveBatch } from '../../src/ingest/import-batches.sql.ts';
import { sourceFor } from '../../src/ingest/sources.sql.ts';
import { viewerOf } from '../../src/people/members.sql.ts';
import type { Context } from '../../src/platform/context.ts';
import type { DeadJob } from '../../src/platform/jobs/jobs.ts';
import { openJobs } from '../../src/platform/jobs/pg-boss.client.ts';
import { type Db, inTransaction } from '../../src/platform/postgres/db.ts';
import { freshDb } from '../kit/db.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';

const QUEUE = 'test.held';
const log = pino({ level: 'silent' });

/** Starts a worker process and waits until it has taken the job of the queue. */
async function workerHolding(url: string): Promise<{ kill(): Promise<void> }> {
  const holder = spawn(process.execPath, [join(import.meta.dirname, '../kit/job-holder.ts'), url, QUEUE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  return {
    async kill() {
      const gone = once(holder, 'exit');
      holder.kill('SIGKILL');
      await gone;
    },
  };
}

test.each([
  ['by another process that keeps working, once no heartbeat comes', { alone: false }],
  ['by the next process of the same home, at once', { alone: true }],
])('a job whose worker was killed is run again within 30 s %s', { timeout: 90_000 }, async (_how, options) => {
  await using fresh = await freshDb();
  const ran: unknown[] = [];
  const definition = {
    queue: QUEUE,
    run: async (_ctx: Context, payload: { n: number }) => {
      ran.push(payload);
    },
  };
  const jobs = await openJobs(fresh.url, fresh.db, [definition as never], log, options);
  try {
    await inTransaction(fresh.db, (tx) => jobs.enqueue(tx, QUEUE, { n: 7 }));
    const worker = await workerHolding(fresh.url);
    await worker.kill();
    const killed = performance.now();
    await jobs.work({} as Context);
    await expect.poll(() => ran, { timeout: 40_000, interval: 50 }).toEqual([{ n: 7 }]);
    const seconds = (performance.now() - killed) / 1000;
    console.log(`a killed worker's job ran again after ${seconds.toFixed(1)} s (${JSON.stringify(options)})`);
    expect(seconds).toBeLessThan(options.alone ? 5 : 30);
    expect(await jobs.idle(5_000)).toBe(true);
    expect(ran).toHaveLength(1);
  } finally {
    await jobs.stop();
  }
});

/** Retries wait longer each time; the test does not. */
async function hurryRetries(db: Db): Promise<void> {
  await sql`update pgboss.job set start_after = pgboss.job_now() where state = 'retry'`.execute(db);
}

async function deadLetters(product: TestProduct): Promise<readonly DeadJob[]> {
  await hurryRetries(product.ctx.db);
  const { status, body } = await product.as('me_a', { method: 'GET', url: '/api/jobs' });
  expect(status).toBe(200);
  return (body as { dead: DeadJob[] }).dead;
}

/** The batch that the job is about, with the file that it names. */
async function addMissingBatch(product: TestProduct, id: string): Promise<void> {
  const { ctx } = product;
  const path = join(product.home, 'late.csv');
  writeFileSync(path, '工单编号,受理时间,投诉内容\nlate-1,2026-03-01 10:00:00,宽带断了\nlate-2,2026-03-01 11:00:00,网速很慢\n');
  await inTransaction(ctx.db, async (tx) => {
    const viewer = await viewerOf(tx, 'me_p');
    if (viewer === undefined) throw new Error('The member is missing.');
    const source = await sourceFor(tx, ctx, viewer, 'late', 'voices');
    await addBatch(tx, {
      id,
      sourceId: source.id,
      memberId: 'me_p',
      carries: 'voices',
      fileName: 'late.csv',
      fileHash: '',
      fileBytes: statSync(path).size,
      filePath: path,
      options: {},
      state: 'draft',
      now: ctx.clock.now(),
    });
    await moveBatch(tx, id, 'queued', ctx.clock.now());
  });
}

test(
  'a job that keeps failing becomes a dead letter with its reason, and runs when it is replayed after the cause is gone',
  { timeout: 90_000 },
  async () => {
    await using product = await testProduct();
    await twoCities(product.ctx);
    await inTransaction(product.ctx.db, (tx) => product.ctx.jobs.enqueue(tx, 'ingest.import', { batch: 'ba_late', dry: false }));
    await expect
      .poll(() => deadLetters(product), { timeout: 60_000, interval: 200 })
      .toMatchObject([
        { queue: 'ingest.import', payload: { batch: 'ba_late', dry: false }, attempts: 6, error: 'There is no import batch ba_late.' },
      ]);
    const [dead] = await deadLetters(product);
    await addMissingBatch(product, 'ba_late');
    const replayed = await product.as('me_a', { method: 'POST', url: `/api/jobs/${dead?.id}/replay` });
    expect(replayed.status).toBeLessThan(300);
    await product.settle();
    expect(await deadLetters(product)).toEqual([]);
    const stored = await sql<{ n: number }>`select count(*) as n from voices`.execute(product.ctx.db);
    expect(stored.rows).toEqual([{ n: 2 }]);
  },
);
