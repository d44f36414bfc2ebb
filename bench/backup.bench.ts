import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { connect } from '../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.client.ts';
import { OLD_HOME } from '../test/kit/old-home.ts';
import { type TreeUse, watchTree } from './kit/process-tree.ts';
import { printMachine, printTable, whole } from './kit/report.ts';
import { lastLine, startVoxloop, voxloop } from './kit/voxloop.ts';

/**
 * A backup of so many voices with their readings, written straight into Postgres, and the restore of it into an empty home, from the
 * start of the command to its end: `npm run bench backup [voices]`. The restore includes rebuilding the warehouse and every check.
 */
const VOICES = Number(process.argv[2] ?? 1_000_000);
const GATES = { backup: 60, restore: 120 } as const;
const folder = mkdtempSync(join(tmpdir(), 'voxloop-bench-'));

try {
  printMachine(`backup: ${whole(VOICES)} voices`);
  const home = join(folder, 'home');
  await voxloop(home, 'restore', OLD_HOME, '--json');
  await fill(join(home, 'postgres'));
  const file = join(folder, 'copy.tar');
  const backup = await measured(home, ['backup', '--to', file, '--json']);
  const restore = await measured(join(folder, 'restored'), ['restore', file, '--json']);
  const row = (name: keyof typeof GATES, use: Measured): string[] => [
    name,
    use.seconds.toFixed(1),
    use.cpuSeconds.toFixed(1),
    whole(VOICES / use.cpuSeconds),
    `${use.peakMb}`,
    use.perName,
    `≤ ${GATES[name]} s: ${use.seconds <= GATES[name] ? 'met' : 'NOT met'}`,
  ];
  printTable(
    ['what', 'seconds', 'CPU s', 'voices per CPU s', 'peak MB, all processes', 'CPU s by process', 'gate'],
    [row('backup', backup), row('restore', restore)],
  );
  console.log(`\nThe file: ${(statSync(file).size / 1e6).toFixed(0)} MB; the copy was ${String(backup.answer['verified'])}.`);
  if (restore.answer['ok'] !== true) throw new Error('The restored home breaks a promise.');
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

interface Measured extends TreeUse {
  readonly seconds: number;
  readonly answer: Record<string, unknown>;
}

async function measured(home: string, argv: readonly string[]): Promise<Measured> {
  const began = performance.now();
  const { child, ended } = startVoxloop(home, argv);
  const watch = watchTree(child.pid ?? 0);
  const answer = lastLine(await ended, argv);
  return { seconds: (performance.now() - began) / 1000, answer, ...watch.stop() };
}

/** Copies of the voices that are there, each with a text and an id of its own, and read as they were. */
async function fill(dir: string): Promise<void> {
  const server = await startEmbedded({ dir, log: { info: () => undefined, warn: console.warn } });
  const { db, close } = await connect(server.url, { max: 1, statementTimeoutMs: 0 });
  const there = Number((await sql<{ n: number }>`select count(*) as n from voices`.execute(db)).rows[0]?.n);
  const columns = `source_id, body_hash, said_at, said_at_known, arrived_at, kind, channel, product, plan, city, district, community, cell,
    unit_id, unit_path, agent, customer, phone, score, status, recorded_category, turns, attributes, attributes_raw, batch_id`;
  await sql
    .raw(
      `insert into voices (id, outside_key, text, text_masked, ${columns})
       select 1000000 + g, 'copy-' || g, g || v.text, g || v.text_masked, ${columns}
       from generate_series(1, ${VOICES}) g
       join (select *, row_number() over (order by id) as n from voices) v on v.n = 1 + g % ${there}`,
    )
    .execute(db);
  // Without statistics of what was just written, nested loops over it end next year.
  await sql`set enable_nestloop = off`.execute(db);
  await sql`analyze voices`.execute(db);
  await sql`
    insert into readings (voice_id, reader_version, category, department, stage, business, support, bearer, feeling, language, confidence, because, read_at)
    select c.id, r.reader_version, r.category, r.department, r.stage, r.business, r.support, r.bearer, r.feeling, r.language, r.confidence, r.because, r.read_at
    from voices c
    join (select *, row_number() over (order by id) as n from voices where outside_key not like 'copy-%') v
      on c.outside_key like 'copy-%' and v.n = 1 + (c.id - 1000000) % ${there}
    join readings r on r.voice_id = v.id and r.reader_version = (select reader_version from readings order by read_at desc limit 1)`.execute(
    db,
  );
  await sql`update import_batches b set accepted = n, rows_done = n, duplicates = 0, rejected = 0, total_rows = n
    from (select batch_id, count(*) as n from voices group by 1) v where b.id = v.batch_id`.execute(db);
  // What the rules have seen stays seen, and they are off: this measures copying.
  await sql`update rules set enabled = false`.execute(db);
  await sql`update alarms set resolved_because = 'superseded' where resolved_because is null or resolved_because = 'passed'`.execute(db);
  await sql`update watermarks set tx = pg_current_xact_id() where follower = 'warn'`.execute(db);
  await close();
  await server.stop();
}
