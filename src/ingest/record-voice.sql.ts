import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Viewer } from '../model/people.ts';
import { type Recorded, type RecordingDraft, judgedKind } from '../model/recording.ts';
import { writeAudit } from '../people/audit.sql.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, type Tx, inTransaction, rowOf } from '../platform/postgres/db.ts';
import { dayOf } from './day-of.ts';
import { customerOfNumber } from './desk-customers.sql.ts';
import { addActions } from './handling-actions.sql.ts';
import { addBatch } from './import-batches.sql.ts';
import { type Gazetteer, readGazetteer } from './places.sql.ts';
import { READ_QUEUE } from './read-queue.ts';
import { recordedActions } from './recorded-actions.ts';
import { recordingProblems, voiceOf } from './recording-draft.ts';
import { sourceFor, writesOnlyIn } from './sources.sql.ts';
import { jsonText, storeVoices } from './store-voices.sql.ts';

/**
 * Stores what an agent recorded as an ordinary voice of his unit's own source, with the recorded facts beside it, in one transaction.
 * The same key gets the same voice; with other content it is refused.
 */
export async function recordVoice(
  ctx: Context,
  viewer: Viewer,
  key: string,
  draft: RecordingDraft,
): Promise<Recorded & { readonly replayed: boolean }> {
  const now = ctx.clock.now();
  const problems = recordingProblems(draft, ctx.pack, now);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  const hash = createHash('sha256').update(jsonText(draft)).digest();
  const gazetteer = await placesOf(ctx);
  const answer = await inTransaction(ctx.db, async (tx) => {
    // One after the other under one key: side by side neither would see that the other stores it.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`record ${viewer.member} ${key}`}, 0))`.execute(tx);
    const before = await rowOf(
      tx,
      sql<{ request_hash: Buffer; answer: { voice?: number } }>`
        select request_hash, answer from idempotency_keys where member_id = ${viewer.member} and key = ${key}`,
    );
    if (before !== undefined && !before.request_hash.equals(hash)) throw new Refusal('key-reused');
    const stands = before?.answer.voice;
    const voice = stands ?? (await store(tx, ctx, viewer, key, { draft, gazetteer }));
    if (before === undefined)
      await sql`
        insert into idempotency_keys (member_id, key, request_hash, status, answer, created_at)
        values (${viewer.member}, ${key}, ${hash}, 201, ${jsonText({ voice })}::jsonb, ${now})`.execute(tx);
    const mine = await recordedToday(tx, ctx, viewer);
    return { voice, kind: judgedKind(draft), duplicate: stands !== undefined, mine_today: mine, replayed: stands !== undefined };
  });
  ctx.jobs.nudge(READ_QUEUE);
  return answer;
}

const PLACES_MS = 60_000;
const places = new WeakMap<Context, { readonly at: number; readonly value: Gazetteer }>();

/** The region tree hardly ever changes and may be large: read at most once a minute. */
async function placesOf(ctx: Context): Promise<Gazetteer> {
  const now = ctx.clock.nowMs();
  const known = places.get(ctx);
  if (known !== undefined && Math.abs(now - known.at) <= PLACES_MS) return known.value;
  const value = await readGazetteer(ctx.db);
  places.set(ctx, { at: now, value });
  return value;
}

async function store(
  tx: Tx,
  ctx: Context,
  viewer: Viewer,
  key: string,
  { draft, gazetteer }: { readonly draft: RecordingDraft; readonly gazetteer: Gazetteer },
): Promise<number> {
  const now = ctx.clock.now();
  const found = draft.customer === null ? undefined : await customerOfNumber(tx, viewer, draft.customer.trim());
  const category = ctx.pack.categories.find((one) => one.code === draft.category);
  const voice = voiceOf(draft, {
    viewer,
    found: found ?? null,
    categoryName: category?.names[ctx.pack.talk?.language ?? 'zh'] ?? draft.category,
    key: `${viewer.member}:${key}`,
    now,
  });
  const { source, batch } = await destination(tx, ctx, viewer);
  // A unit of no city, the province's hotline for instance, hears everybody: wherever the customer lives, the voice is the unit's.
  const onlyCity = viewer.city === null ? null : writesOnlyIn(viewer);
  const stored = await storeVoices(tx, ctx, { source, batch, onlyCity }, gazetteer, [{ row: 1, draft: voice }]);
  if (stored.conflicts.length > 0) throw new Refusal('key-reused');
  const id = stored.accepted[0]?.id ?? stored.duplicates[0]?.id;
  if (id === undefined) throw new Refusal('not-allowed');
  await keepFacts(tx, { viewer, draft, id, now, customer: voice.customer });
  // Done in the contact itself, so as soon as it began; a mere question asks for no action.
  if (voice.kind !== 'consultation')
    await addActions(
      tx,
      recordedActions(draft, ctx.pack).map((kind) => ({ voice: id, kind, at: voice.saidAt })),
      { member: viewer.member, now },
    );
  await sql`
    update import_batches set rows_done = rows_done + 1, total_rows = rows_done + 1, accepted = accepted + 1, finished_at = ${now}
    where id = ${batch}`.execute(tx);
  await ctx.jobs.enqueue(tx, READ_QUEUE, { from: id, to: id });
  await writeAudit(tx, {
    ctx,
    viewer,
    via: 'web',
    action: 'voice.record',
    subjectKind: 'voice',
    subjectId: String(id),
    detail: { category: draft.category, kind: voice.kind },
  });
  return id;
}

/** Every unit has a source of its own, and a member's recordings of a day are a batch. */
async function destination(tx: Tx, ctx: Context, viewer: Viewer): Promise<{ readonly source: string; readonly batch: string }> {
  const unit = await rowOf(tx, sql<{ name: string; name_en: string }>`select name, name_en from org_units where id = ${viewer.unit}`);
  const name = ctx.pack.talk?.language === 'en' ? `Recorded at ${unit?.name_en ?? viewer.unit}` : `${unit?.name ?? viewer.unit} 每诉必录`;
  const source = await sourceFor(tx, ctx, viewer, name, 'voices');
  const batch = `ba_record_${dayOf(ctx)}_${source.id}_${viewer.member}`;
  await addBatch(tx, {
    id: batch,
    sourceId: source.id,
    memberId: viewer.member,
    carries: 'voices',
    fileName: 'record',
    fileHash: '',
    fileBytes: 0,
    filePath: '',
    options: {},
    state: 'done',
    now: ctx.clock.now(),
  });
  return { source: source.id, batch };
}

interface Kept {
  readonly viewer: Viewer;
  readonly draft: RecordingDraft;
  readonly id: number;
  readonly now: string;
  readonly customer: string | null;
}

/** How often the customer came in the 90 days before, and when last, are kept as they were known at the time. */
async function keepFacts(tx: Tx, { viewer, draft, id, now, customer }: Kept): Promise<void> {
  await sql`
    insert into recordings (voice_id, member_id, recorded_at, problem, upset, insists, responsible, times, explained, script, demand, solution, online,
      started_at, first_reply_at, frequency_90d, last_before_at)
    select ${id}, ${viewer.member}, ${now}::timestamptz, ${draft.problem}, ${draft.upset}, ${draft.insists}, ${draft.responsible}, ${draft.times},
      ${draft.explained}, ${draft.explained ? draft.script : null}::smallint, ${draft.demand}, ${draft.solution}, ${draft.online}, ${draft.startedAt ?? now}::timestamptz,
      ${draft.replied ? now : null}::timestamptz, count(*), max(v.said_at)
    from voices v
    where v.customer = ${customer} and v.id <> ${id}
      and v.kind in ('grievance', 'fault', 'complaint')
      and v.said_at >= ${now}::timestamptz - interval '90 days' and v.said_at < ${draft.startedAt ?? now}::timestamptz`.execute(tx);
  await sql`insert into recording_effects (voice_id, at, effect, member_id) values (${id}, ${now}, ${draft.effect}, ${viewer.member})`.execute(
    tx,
  );
}

/** What a member recorded on this day of the province. */
export async function recordedToday(db: Db, ctx: Pick<Context, 'clock' | 'config'>, viewer: Viewer): Promise<number> {
  const row = await rowOf(
    db,
    sql<{ n: number }>`
      select count(*) as n from recordings where member_id = ${viewer.member}
        and recorded_at >= date_trunc('day', ${ctx.clock.now()}::timestamptz, ${ctx.config.timeZone})`,
  );
  return row?.n ?? 0;
}
