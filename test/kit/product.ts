import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { type Logger, pino } from 'pino';
import { WAREHOUSE_TABLES } from '../../src/analyse/index.ts';
import { followWarehouse } from '../../src/analyse/follow-warehouse.job.ts';
import { jobDefinitions } from '../../src/app/jobs.ts';
import { buildApp } from '../../src/app/server.ts';
import { ensureOperator } from '../../src/people/operator.sql.ts';
import { newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { openSession } from '../../src/people/sessions.sql.ts';
import type { fixedClock } from '../../src/platform/clock.ts';
import { rowOf } from '../../src/platform/postgres/db.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Context } from '../../src/platform/context.ts';
import { openJobs } from '../../src/platform/jobs/pg-boss.client.ts';
import type { Ids } from '../../src/platform/new-id.ts';
import { openDuckDb } from '../../src/platform/warehouse/duckdb.client.ts';
import { loadPack } from '../../src/understand/load-pack.client.ts';
import { startReaderThread } from '../../src/understand/reader-thread.client.ts';
import { evaluateRules } from '../../src/warn/evaluate-rules.job.ts';
import { seedRules } from '../../src/warn/rules.sql.ts';
import { testClock } from './clock.ts';
import { freshDb } from './db.ts';
import { keyedIds } from './ids.ts';
import { learntModel } from './made-once.ts';

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface TestProduct extends AsyncDisposable {
  readonly ctx: Context;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly app: FastifyInstance;
  readonly home: string;
  /** Until everything committed is read, in the warehouse and looked at by the rules. */
  settle(): Promise<void>;
  /** A request as a member, with what a browser would send. */
  as(member: string, request: InjectOptions): Promise<Answered>;
  /** The member signs in anew: its session was ended, or went idle. */
  renew(member: string): void;
}

/** The whole product on a database and a warehouse of its own, with a clock that stands and ids that follow from what they name. */
export async function testProduct(
  options: { ids?: Ids; work?: boolean; env?: Record<string, string>; log?: Logger } = {},
): Promise<TestProduct> {
  const home = mkdtempSync(join(tmpdir(), 'voxloop-product-'));
  const fresh = await freshDb({ max: 10 });
  const config = readConfig({ VOXLOOP_HOME: home, ...options.env });
  const log = options.log ?? pino({ level: 'silent' });
  const pack = await loadPack();
  const model = learntModel(pack);
  const reader = startReaderThread(pack, model.weights, model.version);
  const warehouse = await openDuckDb({
    file: join(home, 'warehouse.duckdb'),
    tempDir: join(home, 'tmp'),
    tables: WAREHOUSE_TABLES,
    log: { warn: console.error, error: console.error },
  });
  const jobs = await openJobs(
    fresh.url,
    fresh.db,
    jobDefinitions.map(({ everySeconds: _, ...definition }) => definition),
    log,
  );
  const clock = testClock();
  const ctx: Context = {
    config,
    db: fresh.db,
    bulk: fresh.db,
    patient: fresh.db,
    pool: fresh.pool,
    warehouse,
    clock,
    random: () => 0.5,
    ids: options.ids ?? keyedIds(),
    jobs,
    log,
    pack,
    reader,
  };
  await ensureOperator(ctx.db);
  await ctx.db.transaction().execute((tx) => seedRules(tx, ctx));
  if (options.work !== false) await jobs.work(ctx);
  const app = await buildApp(ctx);
  const tokens = new Map<string, string>();
  return {
    ctx,
    clock,
    app,
    home,
    async settle() {
      for (let round = 0; round < 2; round++) {
        jobs.nudge('understand.read');
        if (!(await jobs.idle(60_000)))
          throw new Error(`Jobs do not end: ${JSON.stringify(await jobs.depth())} ${JSON.stringify(await jobs.dead())}`);
        await untilSettled(ctx);
        await followWarehouse(ctx);
        await evaluateRules(ctx);
      }
    },
    async as(member, request) {
      const token = tokens.get(member) ?? newToken();
      if (!tokens.has(member)) await openSession(ctx.db, tokenHash(token), member, ctx.clock.now());
      tokens.set(member, token);
      const answer = await app.inject({
        ...request,
        headers: { 'x-voxloop': '1', cookie: `voxloop_session=${token}`, ...request.headers },
      });
      const isJson = String(answer.headers['content-type'] ?? '').includes('json');
      return {
        status: answer.statusCode,
        body: isJson ? (JSON.parse(answer.body) as unknown) : null,
        text: answer.body,
        bytes: answer.rawPayload,
        headers: answer.headers,
      };
    },
    renew(member) {
      tokens.delete(member);
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await jobs.stop();
      await reader.close();
      await warehouse.close();
      await fresh.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/**
 * Until every transaction that has begun by now has ended, in whatever database of the server: followers leave alone what a running one
 * may still come before. Not for ever, because a test may hold one open.
 */
async function untilSettled({ db }: Context): Promise<void> {
  const began = await rowOf(db, sql<{ tx: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as tx`);
  for (let tries = 0; tries < 200; tries++) {
    const now = await rowOf(db, sql<{ over: boolean }>`select pg_snapshot_xmin(pg_current_snapshot()) >= ${began?.tx}::xid8 as over`);
    if (now?.over === true) return;
    await sleep(50);
  }
}

/** A small province of two cities, with a member of each kind. */
export async function twoCities(ctx: Context, cities: readonly ('a' | 'b')[] = ['a', 'b']): Promise<void> {
  const { db } = ctx;
  await sql`insert into regions (code, parent, level, name, name_en) values ('P', null, 'province', '东省', 'East') on conflict do nothing`.execute(
    db,
  );
  await sql`
    insert into org_units (id, parent_id, level, name, name_en, path) values ('ou_p', null, 'province', '省公司', 'Province', '/ou_p/') on conflict do nothing`.execute(
    db,
  );
  await sql`
    insert into members (id, login, name, unit_id, roles, scope) values ('me_p', 'province', '省分析员', 'ou_p', '{analyst}', 'province') on conflict do nothing`.execute(
    db,
  );
  for (const c of cities) {
    const up = c.toUpperCase();
    await sql`
      insert into regions (code, parent, level, name, name_en, city, district) values
        (${up}, 'P', 'city', ${`${up}市`}, ${`City ${up}`}, null, null),
        (${`${up}1`}, ${up}, 'district', ${`${up}一区`}, ${`District ${up}1`}, ${up}, null),
        (${`${up}1x`}, ${`${up}1`}, 'community', ${`${up}小区`}, ${`Estate ${up}`}, ${up}, ${`${up}1`})`.execute(db);
    await sql`
      insert into org_units (id, parent_id, level, name, name_en, department, city, district, path) values
        (${`ou_${c}`}, 'ou_p', 'city', ${`${up}市分公司`}, ${`City ${up}`}, null, ${up}, null, ${`/ou_p/ou_${c}/`}),
        (${`ou_${c}n`}, ${`ou_${c}`}, 'department', ${`${up}网运部`}, ${`Network ${up}`}, 'network', ${up}, null, ${`/ou_p/ou_${c}/ou_${c}n/`}),
        (${`ou_${c}1`}, ${`ou_${c}`}, 'district', ${`${up}一区分局`}, ${`Branch ${up}1`}, null, ${up}, ${`${up}1`}, ${`/ou_p/ou_${c}/ou_${c}1/`}),
        (${`ou_${c}1h`}, ${`ou_${c}1`}, 'unit', ${`${up}营业厅`}, ${`Hall ${up}`}, null, ${up}, ${`${up}1`}, ${`/ou_p/ou_${c}/ou_${c}1/ou_${c}1h/`})`.execute(
      db,
    );
    await sql`
      insert into members (id, login, name, email, staff_no, unit_id, roles, scope) values
        (${`me_${c}`}, ${`city-${c}`}, ${`${up}市分析员`}, null, null, ${`ou_${c}`}, '{analyst,system-admin,security-admin}', 'city'),
        (${`me_${c}n`}, ${`net-${c}`}, ${`${up}网运经理`}, ${`net-${c}@example.test`}, null, ${`ou_${c}n`}, '{manager}', 'city'),
        (${`me_${c}1`}, ${`super-${c}`}, ${`${up}班长`}, null, null, ${`ou_${c}1`}, '{supervisor,quality}', 'unit-below'),
        (${`me_${c}h`}, ${`hall-${c}`}, ${`${up}厅长`}, null, null, ${`ou_${c}1h`}, '{supervisor}', 'unit'),
        (${`me_${c}g`}, ${`agent-${c}`}, ${`${up}坐席`}, null, ${`${up}-007`}, ${`ou_${c}1h`}, '{agent}', 'own')`.execute(db);
  }
}
