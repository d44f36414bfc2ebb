import { sql } from 'kysely';
import { recordedLeaf } from '../../ingest/read.sql.ts';
import type { CodingQueue, CodingSample, CodingTask } from '../../model/agreement.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { VOICE_SCOPE, scopeSql } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf, touched } from '../../platform/postgres/db.ts';
import { leavesOf } from '../knowledge-map.ts';
import type { DoubleCoded } from './results.ts';
import { allotted } from './stratified.ts';

const SHOWN = 10;
/** What is shorter says too little to be judged by somebody who was not there. */
const SHORTEST = 6;
const within = (viewer: Viewer) => scopeSql(scopeOf(viewer), VOICE_SCOPE);

export interface Draw {
  readonly from: string;
  readonly before: string;
  readonly size: number;
  readonly seed: number;
}

/** Draws voices of the viewer's scope that carry a recorded leaf and were in no sample yet, in strata of centre × first level. */
export function drawSample(ctx: Context, viewer: Viewer, draw: Draw): Promise<{ readonly id: string; readonly size: number }> {
  return inTransaction(ctx.db, async (tx) => {
    const rows = await rowsOf(
      tx,
      sql<{ id: number; category: string; stratum: string; size: number }>`
        select id, category, stratum, size from (
          select v.id, leaf.code as category, s.stratum, count(*) over (partition by s.stratum) as size,
            row_number() over (partition by s.stratum order by md5(${String(draw.seed)} || ':' || v.id::text), v.id) as place
          from voices v cross join lateral (select ${recordedLeaf(ctx.pack, 'v')} as code offset 0) leaf
            cross join lateral (select coalesce(v.unit_id, '') || '|' || split_part(leaf.code, '/', 1) as stratum) s
          where v.said_at >= ${draw.from}::timestamptz and v.said_at < ${draw.before}::timestamptz and ${within(viewer)}
            and leaf.code is not null and length(v.text_masked) >= ${SHORTEST}
            and not exists (select 1 from coding_tasks t where t.voice_id = v.id)
        ) ranked where place <= ${draw.size} order by stratum, place`,
    );
    const strata = [...Map.groupBy(rows, (row) => row.stratum)];
    const share = allotted(
      strata.map(([name, own]) => ({ name, size: own[0]?.size ?? 0 })),
      draw.size,
    );
    const taken = strata.flatMap(([name, own]) => own.slice(0, share.get(name) ?? 0));
    if (taken.length === 0)
      throw new Refusal('request-invalid', {}, [{ code: 'value-unknown', column: 'from', params: { value: draw.from } }]);
    const id = ctx.ids.text('note', `coding:${ctx.clock.now()}:${taken[0]?.id}`);
    await sql`
      insert into coding_samples (id, created_at, member_id, said_from, said_before, seed)
      values (${id}, ${ctx.clock.now()}, ${viewer.member}, ${draw.from}, ${draw.before}, ${draw.seed})`.execute(tx);
    await sql`
      insert into coding_tasks (sample_id, voice_id, first_category)
      select ${id}, * from unnest(${taken.map((row) => row.id)}::bigint[], ${taken.map((row) => row.category)}::text[])`.execute(tx);
    const detail = { voices: taken.length, seed: draw.seed };
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'coding.sample', subjectKind: 'coding', subjectId: id, detail });
    return { id, size: taken.length };
  });
}

/** Nobody codes what he recorded himself. */
const foreign = (viewer: Viewer) => sql<boolean>`(v.agent is null or v.agent is distinct from ${viewer.staffNo ?? ''})
  and not exists (select 1 from recordings r where r.voice_id = v.id and r.member_id = ${viewer.member})`;

/** What waits for the viewer's coding, in an order of its own for each, so that two coders seldom meet. */
export async function codingQueue(db: Db, viewer: Viewer): Promise<CodingQueue> {
  const FROM = sql`coding_tasks t join voices v on v.id = t.voice_id where ${within(viewer)} and ${foreign(viewer)}`;
  const [sums, tasks] = await Promise.all([
    rowOf(
      db,
      sql<{ waiting: number; done: number }>`
        select count(*) filter (where t.second_category is null) as waiting,
          count(*) filter (where t.second_member_id = ${viewer.member}) as done from ${FROM}`,
    ),
    rowsOf(
      db,
      sql<CodingTask>`
        select t.sample_id as sample, t.voice_id as voice, v.said_at, v.channel, v.product, v.text_masked as text from ${FROM}
          and t.second_category is null order by md5(${viewer.member} || t.voice_id::text) limit ${SHOWN}`,
    ),
  ]);
  return { waiting: sums?.waiting ?? 0, done: sums?.done ?? 0, tasks };
}

/** Writes the second category, once. */
export function codeVoice(
  ctx: Context,
  viewer: Viewer,
  code: { readonly sample: string; readonly voice: number; readonly category: string },
): Promise<void> {
  if (!leavesOf(ctx.pack).some((leaf) => leaf.code === code.category))
    throw new Refusal('request-invalid', {}, [{ code: 'pack-reference-unknown', column: 'category', params: { value: code.category } }]);
  return inTransaction(ctx.db, async (tx) => {
    const done = await touched(
      tx,
      sql`
        update coding_tasks t set second_category = ${code.category}, second_member_id = ${viewer.member}, coded_at = ${ctx.clock.now()}
        from voices v
        where v.id = t.voice_id and t.sample_id = ${code.sample} and t.voice_id = ${code.voice} and t.second_category is null
          and ${within(viewer)} and ${foreign(viewer)}`,
    );
    if (done === 0) throw new Refusal('not-found');
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'coding.code',
      subjectKind: 'voice',
      subjectId: String(code.voice),
      detail: { category: code.category },
    });
  });
}

/** Samples of which the viewer sees at least one voice, with what he sees of them. */
export const samplesSeenBy = (db: Db, viewer: Viewer): Promise<readonly CodingSample[]> =>
  rowsOf(
    db,
    sql<CodingSample>`
      select s.id, s.created_at, m.name as by, s.said_from as "from", s.said_before as before, count(*) as size,
        count(t.second_category) as coded
      from coding_samples s join members m on m.id = s.member_id join coding_tasks t on t.sample_id = s.id join voices v on v.id = t.voice_id
      where ${within(viewer)} group by s.id, m.name order by s.created_at desc, s.id limit 50`,
  );

export const doubleCoded = (db: Db, viewer: Viewer, sample: string | null): Promise<readonly DoubleCoded[]> =>
  rowsOf(
    db,
    sql<DoubleCoded>`
      select t.voice_id as voice, t.first_category as first, t.second_category as second, v.agent, v.unit_id as unit, u.name as "unitName"
      from coding_tasks t join voices v on v.id = t.voice_id left join org_units u on u.id = v.unit_id
      where t.second_category is not null and (${sample}::text is null or t.sample_id = ${sample}) and ${within(viewer)}
      order by t.coded_at desc, t.voice_id limit 5000`,
  );
