import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Viewer } from '../model/people.ts';
import type { VoiceDraft } from '../model/voice.ts';
import type { Context } from '../platform/context.ts';
import { failpoint } from '../platform/failpoint.client.ts';
import { Refusal } from '../platform/http/route.ts';
import { isUnavailable } from '../platform/postgres/lost-connection.ts';
import { type Tx, inTransaction, rowsOf } from '../platform/postgres/db.ts';
import { dayOf } from './day-of.ts';
import { addBatch, addRejected } from './import-batches.sql.ts';
import { type Gazetteer, readGazetteer } from './places.sql.ts';
import { refusedPushes } from './refused-pushes.ts';
import { type Source, sourceFor, writesOnlyIn } from './sources.sql.ts';
import { type Stored, jsonText, storeVoices } from './store-voices.sql.ts';
import { READ_QUEUE } from './read-queue.ts';

/** One request: voices that stand or fall together with their idempotency key. */
export interface Push {
  readonly viewer: Viewer;
  readonly source: string;
  readonly key: string;
  readonly drafts: readonly VoiceDraft[];
}
export interface PushAnswer {
  readonly status: number;
  readonly answer: {
    readonly accepted: number;
    readonly duplicates: number;
    readonly conflicts: number;
    readonly rejected: number;
    readonly ids: readonly number[];
  };
  readonly replayed: boolean;
}

interface Waiting extends Push {
  resolve(answer: PushAnswer): void;
  reject(error: unknown): void;
}

const MOST_REQUESTS = 128;
const MOST_VOICES = 2000;
const MOST_SOURCES = 1000;
const GAZETTEER_MS = 60_000;
/** While one group waits for the disk, the next is put together. */
const AT_ONCE = 2;
const TRIES = 4;

/**
 * Takes pushes and commits those that wait together in one transaction (group commit): each is answered after the commit.
 * One transaction a request reached 1,200/s on two cores, one a group some 5,000/s.
 */
export class Intake {
  readonly #ctx: Context;
  readonly #waiting: Waiting[] = [];
  #committing = 0;
  /** Sources that stand, with this day's batch: known once a commit went through. */
  readonly #sources = new Map<string, Source>();
  #gazetteer: { at: number; value: Gazetteer } | null = null;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  push(push: Push): Promise<PushAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...push, resolve, reject });
      if (this.#committing < AT_ONCE) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#committing += 1;
    // Requests that arrive in the same turn of the loop share the first commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit(this.#take());
    this.#committing -= 1;
  }

  #take(): readonly Waiting[] {
    let voices = 0;
    let count = 0;
    for (const one of this.#waiting) {
      if (count > 0 && (count >= MOST_REQUESTS || voices + one.drafts.length > MOST_VOICES)) break;
      voices += one.drafts.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(group: readonly Waiting[], tried = 1): Promise<void> {
    try {
      const gazetteer = await this.#places();
      const sources = new Map<string, Source | Refusal>(this.#sources);
      const answers = await inTransaction(this.#ctx.db, (tx) => commitPushes(tx, this.#ctx, gazetteer, sources, group));
      failpoint('intake.committed');
      if (this.#sources.size > MOST_SOURCES) this.#sources.clear();
      for (const [key, source] of sources) if (!(source instanceof Refusal)) this.#sources.set(key, source);
      this.#ctx.jobs.nudge(READ_QUEUE);
      group.forEach((one, i) => {
        const answer = answers[i];
        if (answer instanceof Refusal || answer === undefined) one.reject(answer ?? new Refusal('unavailable'));
        else one.resolve(answer);
      });
    } catch (error) {
      // Two groups that met at the same keys: one of them goes again, and finds what the other stored.
      if (metAnother(error) && tried < TRIES) return this.#commit(group, tried + 1);
      // One request that breaks must not take the others with it: they are tried one by one. A database that is away breaks none of them.
      if (group.length === 1 || isUnavailable(error)) for (const one of group) one.reject(error);
      else for (const one of group) await this.#commit([one]);
    }
  }

  async #places(): Promise<Gazetteer> {
    const now = this.#ctx.clock.nowMs();
    if (this.#gazetteer === null || Math.abs(now - this.#gazetteer.at) > GAZETTEER_MS) {
      this.#gazetteer = { at: now, value: await readGazetteer(this.#ctx.db) };
    }
    return this.#gazetteer.value;
  }
}

const metAnother = (error: unknown): boolean => ['23505', '40001', '40P01'].includes(String((error as { code?: unknown }).code));

async function commitPushes(
  tx: Tx,
  ctx: Context,
  gazetteer: Gazetteer,
  sources: Map<string, Source | Refusal>,
  group: readonly Push[],
): Promise<readonly (PushAnswer | Refusal)[]> {
  const known = await answersOf(tx, group);
  const day = dayOf(ctx);
  const fresh: FreshPush[] = [];
  const plans: (FreshPush | PushAnswer | Refusal)[] = [];
  const bySlot = new Map<string, FreshPush>();
  for (const push of group) {
    const hash = createHash('sha256')
      .update(jsonText([push.source, push.drafts.map(withoutArrival)]))
      .digest();
    const slot = `${push.viewer.member}\n${push.key}`;
    const before = known.get(slot);
    const twin = bySlot.get(slot);
    if (before !== undefined) plans.push(before.hash.equals(hash) ? before.answer : new Refusal('key-reused'));
    else if (twin !== undefined) plans.push(twin.hash.equals(hash) ? twin : new Refusal('key-reused'));
    else {
      const source = await sourceOnce(tx, ctx, push, sources, day);
      if (source instanceof Refusal) {
        plans.push(source);
        continue;
      }
      const one: FreshPush = { push, hash, source, batch: batchIdOf(day, source.id, push.viewer.member) };
      bySlot.set(slot, one);
      fresh.push(one);
      plans.push(one);
    }
  }
  const { answers, counts } = await storeFresh(tx, ctx, gazetteer, fresh);
  await remember(
    tx,
    ctx,
    fresh.map((one) => ({ ...one, answer: answers.get(one) ?? NOTHING })),
  );
  for (const count of counts) await count();
  failpoint('intake.commit');
  const seen = new Set<FreshPush>();
  return plans.map((plan) => {
    if (!('push' in plan)) return plan;
    const answer = answers.get(plan) ?? NOTHING;
    const replayed = seen.has(plan);
    seen.add(plan);
    return { ...answer, replayed };
  });
}

interface FreshPush {
  readonly push: Push;
  readonly hash: Buffer;
  readonly source: Source;
  readonly batch: string;
}

const NOTHING: PushAnswer = { status: 200, answer: { accepted: 0, duplicates: 0, conflicts: 0, rejected: 0, ids: [] }, replayed: false };

/** All pushes of one member into one source are stored by one statement; the outcome of each row then goes back to its push. */
async function storeFresh(tx: Tx, ctx: Context, gazetteer: Gazetteer, fresh: readonly FreshPush[]): Promise<StoredPushes> {
  const answers = new Map<FreshPush, PushAnswer>();
  const counts: (() => Promise<void>)[] = [];
  const ids: number[] = [];
  for (const [batch, pushes] of Map.groupBy(fresh, (one) => one.batch)) {
    const first = pushes[0];
    if (first === undefined) continue;
    const rows = pushes.flatMap((one) => one.push.drafts.map((draft) => ({ one, draft })));
    const destination = { source: first.source.id, batch, onlyCity: writesOnlyIn(first.push.viewer) };
    const stored = await storeVoices(
      tx,
      ctx,
      destination,
      gazetteer,
      rows.map(({ draft }, row) => ({ row, draft })),
    );
    const pushed = rows.map(({ one, draft }) => ({ key: one.push.key, draft }));
    await addRejected(tx, batch, refusedPushes(ctx.ids, batch, pushed, stored));
    counts.push(() => countInto(tx, ctx, batch, rows.length, stored));
    ids.push(...stored.accepted.map(({ id }) => id));
    const outcomes = outcomesOf(stored);
    let row = 0;
    for (const one of pushes) {
      answers.set(one, answerOf(one.push.drafts.map(() => outcomes.get(row++))));
    }
  }
  if (ids.length > 0) await ctx.jobs.enqueue(tx, READ_QUEUE, { from: Math.min(...ids), to: Math.max(...ids) });
  return { answers, counts };
}

interface StoredPushes {
  readonly answers: ReadonlyMap<FreshPush, PushAnswer>;
  /** To be run last: every group of a day counts into the same row, and whoever does so holds the others up until its commit. */
  readonly counts: readonly (() => Promise<void>)[];
}

type Outcome = { readonly kind: 'accepted' | 'duplicate' | 'conflict' | 'out-of-scope'; readonly id: number };

function outcomesOf(stored: Stored): ReadonlyMap<number, Outcome> {
  return new Map<number, Outcome>([
    ...stored.accepted.map(({ row, id }) => [row, { kind: 'accepted', id }] as const),
    ...stored.duplicates.map(({ row, id }) => [row, { kind: 'duplicate', id }] as const),
    ...stored.conflicts.map(({ row, id }) => [row, { kind: 'conflict', id }] as const),
    ...stored.outOfScope.map((row) => [row, { kind: 'out-of-scope', id: 0 }] as const),
  ]);
}

function answerOf(outcomes: readonly (Outcome | undefined)[]): PushAnswer {
  const count = (kind: Outcome['kind']): number => outcomes.filter((outcome) => outcome?.kind === kind).length;
  const conflicts = count('conflict');
  const outside = count('out-of-scope');
  const accepted = count('accepted');
  const single = outcomes.length === 1;
  const status = single && conflicts === 1 ? 409 : single && outside === 1 ? 403 : accepted > 0 ? 201 : 200;
  const ids = outcomes.flatMap((outcome) => (outcome?.kind === 'accepted' || outcome?.kind === 'duplicate' ? [outcome.id] : []));
  return { status, answer: { accepted, duplicates: count('duplicate'), conflicts, rejected: conflicts + outside, ids }, replayed: false };
}

async function countInto(tx: Tx, ctx: Context, batch: string, rows: number, stored: Stored): Promise<void> {
  await sql`
    update import_batches set rows_done = rows_done + ${rows}, total_rows = rows_done + ${rows},
      accepted = accepted + ${stored.accepted.length}, duplicates = duplicates + ${stored.duplicates.length},
      rejected = rejected + ${stored.conflicts.length + stored.outOfScope.length}, finished_at = ${ctx.clock.now()}
    where id = ${batch}`.execute(tx);
}

/** A voice pushed without a time gets the time of arrival; a retry must still count as the same request. */
const withoutArrival = (draft: VoiceDraft): unknown => (draft.saidAtKnown ? draft : { ...draft, saidAt: null });

async function sourceOnce(tx: Tx, ctx: Context, push: Push, cache: Map<string, Source | Refusal>, day: string): Promise<Source | Refusal> {
  const { member, scope, city, unit } = push.viewer;
  const key = [day, member, scope, city, unit, push.source].join('\n');
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const found = await sourceFor(tx, ctx, push.viewer, push.source, 'voices').catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
  if (!(found instanceof Refusal)) {
    await addBatch(tx, {
      id: batchIdOf(day, found.id, push.viewer.member),
      sourceId: found.id,
      memberId: push.viewer.member,
      carries: 'voices',
      fileName: 'push',
      fileHash: '',
      fileBytes: 0,
      filePath: '',
      options: {},
      state: 'done',
      now: ctx.clock.now(),
    });
  }
  cache.set(key, found);
  return found;
}

/** Pushes of one member into one source on one day of the province make up a batch. */
const batchIdOf = (day: string, source: string, member: string): string => `ba_push_${day}_${source}_${member}`;

async function answersOf(tx: Tx, group: readonly Push[]): Promise<Map<string, { hash: Buffer; answer: PushAnswer }>> {
  const rows = await rowsOf(
    tx,
    sql<{ member_id: string; key: string; request_hash: Buffer; status: number; answer: PushAnswer['answer'] }>`
      select k.member_id, k.key, k.request_hash, k.status, k.answer from idempotency_keys k
      join unnest(${group.map((p) => p.viewer.member)}::text[], ${group.map((p) => p.key)}::text[]) as asked(member_id, key)
        on asked.member_id = k.member_id and asked.key = k.key`,
  );
  return new Map(
    rows.map((row) => [
      `${row.member_id}\n${row.key}`,
      { hash: row.request_hash, answer: { status: row.status, answer: inOrder(row.answer), replayed: true } },
    ]),
  );
}

/** Keys, answers and one audit row a request, all in the transaction of the voices. */
async function remember(tx: Tx, ctx: Context, fresh: readonly (FreshPush & { answer: PushAnswer })[]): Promise<void> {
  if (fresh.length === 0) return;
  const records = fresh.map(({ push, hash, answer }) => ({
    member: push.viewer.member,
    key: push.key,
    hash: hash.toString('hex'),
    status: answer.status,
    answer: answer.answer,
    audit: ctx.ids.number('audit', `push:${push.viewer.member}:${push.key}`),
    source: push.source,
    voices: push.drafts.length,
  }));
  await sql`
    with given as (
      select * from json_to_recordset(${jsonText(records)}::json)
        as r(member text, key text, hash text, status integer, answer jsonb, audit bigint, source text, voices integer)
    ), kept as (
      insert into idempotency_keys (member_id, key, request_hash, status, answer, created_at)
      select member, key, decode(hash, 'hex'), status, answer, ${ctx.clock.now()}::timestamptz from given
    )
    insert into audit (id, at, member_id, via, action, subject_kind, subject_id, detail)
    select audit, ${ctx.clock.now()}::timestamptz, member, 'push', 'voices.push', 'source', source, jsonb_build_object('voices', voices, 'key', key)
    from given`.execute(tx);
}

/** jsonb keeps its own order of keys; a repeated answer is the same to the byte. */
const inOrder = ({ accepted, duplicates, conflicts, rejected, ids }: PushAnswer['answer']): PushAnswer['answer'] => ({
  accepted,
  duplicates,
  conflicts,
  rejected,
  ids,
});
