import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { inTransaction, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { leafNames } from '../../model/leaf-names.ts';
import { newestKnown } from '../newest-known.sql.ts';
import { activeVersion } from './active-version.sql.ts';
import { categoryOf } from './moment-builder.ts';
import { complaintsAfter } from './moments.sql.ts';
import { type Score, scoreMoments, type ScoringVersion } from './score-moments.ts';
import { type ScoreThread, startScoreThread } from './score-thread.client.ts';
import { recordedMoments } from './score-voices.sql.ts';
import { type Recorded, type Scored, withBins } from './scored.ts';
import { addDrift, dueScores, reopenOutcomes, saveOutcomes, saveScores } from './scores.sql.ts';

const CHUNK = 40;
/** The reasons of one score take some milliseconds: after so many of them everybody else has a turn. */
const TURN_MS = 8;
/** Grievances said within so many days before the newest voice are scored; what is older is decided already. */
const RECENT_DAYS = 35;
const FOLLOWER = 'scores';

type Scorer = (recorded: Recorded, version: ScoringVersion) => Promise<Scored>;

/** Scores these grievances and keeps the scores: the live one that just arrived, and the many after a new model, alike. */
export async function scoreVoices(
  ctx: Context,
  version: ScoringVersion,
  voices: readonly number[],
  score: Scorer = scoredInTurns,
): Promise<readonly Score[]> {
  const recorded = await recordedMoments(ctx.db, ctx.pack, ctx.config.timeZone, voices);
  const { scores, bins } = await score(recorded, version);
  await inTransaction(ctx.db, async (tx) => {
    await saveScores(tx, version.id, ctx.clock.now(), scores);
    await addDrift(tx, version.id, bins);
  });
  return scores;
}

/** One grievance after the other, the very code that scores them together, with turns for everybody else between. */
async function scoredInTurns(recorded: Recorded, version: ScoringVersion): Promise<Scored> {
  const scores: Score[] = [];
  let since = performance.now();
  for (const moment of recorded.moments) {
    scores.push(...scoreMoments(recorded.log, [moment], version));
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
  return withBins(recorded, scores, version);
}

/** Scores what became readable since the last look, as long as no file comes in; after a new champion everything recent. Outcomes that late complaints may change are asked again. Gives back how many were scored. */
export async function scoreRecent(home: Context, signal?: AbortSignal): Promise<number> {
  // Many scores are bulk work: they give way to what people wait for, the one live grievance of a page among it.
  const ctx = { ...home, db: home.bulk };
  const version = await activeVersion(home);
  if (version === null) return 0;
  let thread: ScoreThread | null = null;
  // A thread takes longer to start than a few scores take.
  const scorerOf = (many: number): Scorer => {
    if (many <= CHUNK && thread === null) return scoredInTurns;
    const { score } = (thread ??= startScoreThread(version));
    return score;
  };
  try {
    return await scoreSince(ctx, version, scorerOf, signal);
  } finally {
    await (thread as ScoreThread | null)?.end();
  }
}

async function scoreSince(
  ctx: Context,
  version: ScoringVersion,
  scorerOf: (many: number) => Scorer,
  signal: AbortSignal | undefined,
): Promise<number> {
  const below = await rowOf(
    ctx.db,
    sql<{ tx: string; from: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as tx,
      coalesce((select w.tx::text from watermarks w where w.follower = ${`${FOLLOWER}:${version.id}`}), '0') as from`,
  );
  let [after, scored] = [{ tx: below?.from ?? '0', voice: 0 }, 0];
  for (;;) {
    if (signal?.aborted === true || (await isFileComingIn(ctx))) {
      await follow(ctx, version, after.tx);
      return scored;
    }
    const page = await rowsOf(ctx.db, changedGrievances(after, below?.tx ?? '0', ctx.clock.now()));
    const last = page.at(-1);
    if (last === undefined) break;
    await reopenOutcomes(
      ctx.db,
      page.filter((row) => row.complains).map((row) => row.voice),
    );
    const wanted = [...new Set(page.filter((row) => row.wanted).map((row) => row.voice))];
    const score = scorerOf(wanted.length);
    for (let i = 0; i < wanted.length; i += CHUNK) scored += (await scoreVoices(ctx, version, wanted.slice(i, i + CHUNK), score)).length;
    after = { tx: last.tx, voice: last.voice };
  }
  await follow(ctx, version, below?.tx ?? '0');
  return scored;
}

/** Below this transaction all is scored. */
const follow = (ctx: Context, version: ScoringVersion, tx: string): Promise<unknown> =>
  sql`
    insert into watermarks (follower, tx, as_of) values (${`${FOLLOWER}:${version.id}`}, ${tx}::xid8, ${ctx.clock.now()})
    on conflict (follower) do update set tx = excluded.tx, as_of = excluded.as_of`.execute(ctx.db);

/** Scoring what a large file brings would take two fifths of the database's time from bringing it in; but no file keeps other grievances waiting for longer. */
const LONGEST_WAIT = sql`interval '15 minutes'`;

async function isFileComingIn(ctx: Context): Promise<boolean> {
  const row = await rowOf(
    ctx.db,
    sql<{ is: boolean }>`
      select exists (select 1 from import_batches where state = 'running' and carries = 'voices'
        and started_at > ${ctx.clock.now()}::timestamptz - ${LONGEST_WAIT}) as is`,
  );
  return row?.is === true;
}

const PAGE = 1000;

const changedGrievances = (after: { readonly tx: string; readonly voice: number }, below: string, now: string) => sql<{
  tx: string;
  voice: number;
  wanted: boolean;
  complains: boolean;
}>`
  select r.changed_tx::text as tx, r.voice_id as voice,
    (v.kind in ('grievance', 'fault') and v.customer is not null and v.said_at_known
      and v.said_at > ${newestKnown(now)} - make_interval(days => ${sql.lit(RECENT_DAYS)}) and v.said_at <= ${now}::timestamptz + interval '1 day') as wanted,
    (v.kind = 'complaint' and v.customer is not null and v.said_at_known) as complains
  from (select changed_tx, voice_id from readings
    where (changed_tx, voice_id) > (${after.tx}::xid8, ${after.voice}::bigint) and changed_tx >= ${after.tx}::xid8 and changed_tx < ${below}::xid8
    order by changed_tx, voice_id limit ${sql.lit(PAGE)}) r
  join voices v on v.id = r.voice_id order by r.changed_tx, r.voice_id`;

/** Notes what came of scores whose thirty days have passed. */
export async function noteOutcomes(home: Context, signal?: AbortSignal): Promise<number> {
  const ctx = { ...home, db: home.bulk };
  const leafOf = leafNames(ctx.pack);
  let noted = 0;
  for (;;) {
    const due = await dueScores(ctx.db, ctx.clock.now(), 500);
    if (due.length === 0 || signal?.aborted === true) return noted;
    const complaints = new Set(
      (
        await complaintsAfter(
          ctx.db,
          due.map(({ voice }) => voice),
        )
      ).map((row) => `${row.asked}:${categoryOf(row, leafOf)}`),
    );
    const outcomes = due.map(({ voice, version, category }) => ({
      voice,
      version,
      complained: category !== null && complaints.has(`${voice}:${category}`),
    }));
    await inTransaction(ctx.db, (tx) => saveOutcomes(tx, outcomes));
    noted += due.length;
  }
}

export const scoreJob: JobDefinition = {
  queue: 'predict.score',
  everySeconds: 10,
  mayTakeSeconds: 1800,
  run: async (ctx, _payload, signal) => {
    await scoreRecent(ctx, signal);
  },
};

export const outcomesJob: JobDefinition = {
  queue: 'predict.outcomes',
  everySeconds: 900,
  run: async (ctx, _payload, signal) => {
    await noteOutcomes(ctx, signal);
  },
};
