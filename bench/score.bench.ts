import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { plantedEvents } from '../scenarios/province/planted/world.ts';
import { GRIEVANCE_TYPES, COMPLAINT_TYPES } from '../scenarios/province/planted/plan.ts';
import { connect } from '../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.client.ts';
import { migrate } from '../src/platform/postgres/migrate.client.ts';
import { boostedLearner } from '../src/predict/models/boosted-learner.ts';
import { logisticLearner } from '../src/predict/models/logistic-learner.ts';
import { MomentBuilder } from '../src/predict/models/moment-builder.ts';
import { readyModel, scoreMoments, type ScoringVersion } from '../src/predict/models/score-moments.ts';
import { recordedMoments } from '../src/predict/models/score-voices.sql.ts';
import { trainMoments } from '../src/predict/models/train-moments.ts';
import { loadPack } from '../src/understand/load-pack.client.ts';
import { percentile, printMachine, printTable, whole } from './kit/report.ts';

/** One live grievance: its record read, features made, both models asked, reasons told. `npm run bench score [customers]`. */
const CUSTOMERS = Number(process.argv[2] ?? 1_000_000);
const EACH = 4;
const ASKED = 400;
const GATE_P99_MS = 50;

const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));
try {
  printMachine(`score: one live grievance among ${whole(CUSTOMERS)} customers`);
  const times = await measured(join(folder, 'peer'));
  printTable(['p50 ms', 'p95 ms', 'p99 ms', 'most ms'], [[0.5, 0.95, 0.99, 1].map((share) => percentile(times, share).toFixed(1))]);
  if (percentile(times, 0.99) > GATE_P99_MS) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measured(dir: string): Promise<readonly number[]> {
  const server = await startEmbedded({ dir, log: { info: () => undefined, warn: () => undefined } });
  const connection = await connect(server.url, { max: 3, statementTimeoutMs: 0 });
  const { db } = connection;
  try {
    await migrate(db, join(import.meta.dirname, '../migrations'));
    await fill(db);
    const pack = await loadPack();
    const version = trainedVersion();
    const { rows } = await sql<{ id: number }>`
      select id from voices where kind = 'grievance' and said_at > timestamptz '2026-06-25' order by md5(id::text) limit ${ASKED}`.execute(
      db,
    );
    const times: number[] = [];
    for (const { id } of rows) {
      const began = performance.now();
      const { log, moments } = await recordedMoments(db, pack, 'Asia/Shanghai', [id]);
      scoreMoments(log, moments, version);
      times.push(performance.now() - began);
    }
    return times.slice(20).toSorted((a, b) => a - b);
  } finally {
    await connection.close();
    await server.stop();
  }
}

/** Customers in 130 districts with a few voices each over half a year, spread at random. */
async function fill(db: Parameters<typeof migrate>[0]): Promise<void> {
  const categories = GRIEVANCE_TYPES.map(({ category }) => category);
  await sql`insert into org_units (id, parent_id, level, name, name_en, path) values ('ou_p', null, 'province', '省', 'P', '/ou_p/')`.execute(
    db,
  );
  await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_p', 'p', 'p', 'ou_p', '{analyst}', 'province')`.execute(
    db,
  );
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so', 'b', 'ou_p', 'voices', now())`.execute(db);
  await sql`
    insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba', 'so', 'me_p', 'voices', 'f', 'h', 1, 'f', 'done', now())`.execute(db);
  await sql`
    insert into customers (customer, source_id, city, district, brand, value_tier, tenure_months, batch_id)
    select 'C' || i, 'so', 'c' || i % 13, 'd' || i % 130, '商务', '金卡', i % 120, 'ba' from generate_series(0, ${CUSTOMERS - 1}::integer) i`.execute(
    db,
  );
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, customer, city, district, recorded_category, text, text_masked, batch_id)
    select i, 'so', 'k' || i, '', t, true, t, case when i % 5 = 0 then 'complaint' else 'grievance' end, 'hotline', 'C' || c, 'c' || c % 13, 'd' || c % 130,
      (${categories}::text[])[1 + i % ${categories.length}::integer], '断网', '断网', 'ba'
    from (select i, (hashint4(i)::bigint & 2147483647) % ${CUSTOMERS}::integer as c,
        timestamptz '2026-01-01' + make_interval(mins => ((hashint4(i + 7)::bigint & 2147483647) % 259200)::integer) as t
      from generate_series(1, ${CUSTOMERS * EACH}::integer) i) x`.execute(db);
  await sql`
    insert into readings (voice_id, reader_version, feeling, language, confidence, because, read_at)
    select id, 'r', 'negative', 'zh', 0.9, '[]', arrived_at from voices`.execute(db);
  await sql`analyze`.execute(db);
}

/** A model as large as those that real provinces give. */
function trainedVersion(): ScoringVersion {
  const world = plantedEvents({ seed: 1, customers: 6000, days: 180 });
  const { events } = world;
  const builder = new MomentBuilder((code) => code, { segments: [], told: { yes: [], no: [] } });
  events.customers.forEach((customer, i) => {
    const types = events.kinds[i] === 1 ? COMPLAINT_TYPES : GRIEVANCE_TYPES;
    builder.add({
      customer: String(customer),
      voice: i,
      minutes: (events.atMinutes[i] ?? 0) + 480,
      kind: events.kinds[i] === 1 ? 'complaint' : 'grievance',
      recorded: types[events.types[i] ?? 0]?.category ?? null,
      read: null,
      channel: 'hotline',
      feeling: null,
      lasted: null,
      solved: null,
      region: String(world.places.regionOf[customer]),
      brand: null,
      value_tier: null,
      tenure_months: null,
      age_band: null,
    });
  });
  const begin = world.begin / 60_000 + 480;
  const log = builder.finish(begin, begin + 180 * 1440);
  const model = (days: number) => {
    const trained = trainMoments(log, { days, of: 'same' }, [logisticLearner, boostedLearner(1)], 1);
    if (trained === null) throw new Error('The planted world taught nothing.');
    return readyModel(trained);
  };
  return { id: 'bench', week: model(7), month: model(30) };
}
