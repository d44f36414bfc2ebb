import { sql } from 'kysely';
import type { SeenExample, SeenPlace, Sees } from '../model/account.ts';
import type { Viewer } from '../model/people.ts';
import type { Names } from '../model/question.ts';
import { scopeOf } from '../model/scope.ts';
import { instantOfWall, wallMsOf } from '../model/zoned-time.ts';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { isWider } from './member-rules.ts';
import { VOICE_SCOPE, scopeSql } from './scope.sql.ts';
import { type Placed, type Why, whySeen, whyWords } from './why-seen.ts';

/** Days of the product's calendar, today among them: as many as the list of voices shows first. */
const DAYS = 30;
const DAY_MS = 86_400_000;
const CANDIDATES = 300;
const EXAMPLES = 3;

interface DistrictRow {
  readonly code: string | null;
  readonly zh: string | null;
  readonly en: string | null;
  readonly seen: number;
  readonly hidden: number;
}

/**
 * What a member sees of the last thirty days' voices, of those that the viewer may know about: counted and picked by the same
 * condition that filters every read. Examples tell place and handling unit, never what was said.
 */
export async function seesOf(ctx: Context, viewer: Viewer, member: Viewer): Promise<Sees> {
  const zone = ctx.config.timeZone;
  const wall = wallMsOf(ctx.clock.nowMs(), zone);
  const from = new Date(instantOfWall(wall - (wall % DAY_MS) - (DAYS - 1) * DAY_MS, zone)).toISOString();
  const within = sql`v.said_at >= ${from} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`;
  const sees = sql<boolean>`(${scopeSql(scopeOf(member), VOICE_SCOPE)}) is true`;
  const districts = await rowsOf(
    ctx.db,
    sql<DistrictRow>`
      select coalesce(v.district, v.city) as code, r.name as zh, r.name_en as en,
        count(*) filter (where ${sees}) as seen, count(*) filter (where not ${sees}) as hidden
      from voices v left join regions r on r.code = coalesce(v.district, v.city)
      where ${within} group by 1, 2, 3 order by 4 desc, 5 desc, 1`,
  );
  const part = (which: 'seen' | 'hidden') => {
    const rows = districts.filter((row) => row[which] > 0).toSorted((a, b) => b[which] - a[which]);
    return { voices: rows.reduce((sum, row) => sum + row[which], 0), places: rows.map((row) => placeOf(row, row[which])) };
  };
  const examples = [
    ...(await examplesOf(ctx, member, sql`${within} and ${sees}`)),
    ...(await examplesOf(ctx, member, sql`${within} and not ${sees}`)),
  ];
  return { days: DAYS, seen: part('seen'), hidden: part('hidden'), examples, beyond: isWider(member.scope, viewer.scope) };
}

const placeOf = ({ code, zh, en }: DistrictRow, voices: number): SeenPlace => ({
  code,
  names: zh === null || en === null ? null : { zh, en },
  voices,
});

interface Candidate extends Placed {
  readonly id: number;
  readonly said_at: string;
  readonly channel: string;
  readonly place: Names | null;
  readonly unit: Names | null;
}

/** Of the newest, one for each reason first, so that the examples differ. */
async function examplesOf(ctx: Context, member: Viewer, where: ReturnType<typeof sql>): Promise<readonly SeenExample[]> {
  const rows = await rowsOf(
    ctx.db,
    sql<Candidate>`
      select v.id, v.said_at, v.channel, v.city, v.district, v.unit_id, v.unit_path, v.agent,
        case when r.code is null then null else jsonb_build_object('zh', r.name, 'en', r.name_en) end as place,
        case when u.id is null then null else jsonb_build_object('zh', u.name, 'en', u.name_en) end as unit
      from voices v left join regions r on r.code = coalesce(v.district, v.city) left join org_units u on u.id = v.unit_id
      where ${where} order by v.said_at desc, v.id desc limit ${CANDIDATES}`,
  );
  const told = rows.map((row) => ({ row, ...whySeen(scopeOf(member), row) }));
  const firsts = new Map<Why, (typeof told)[number]>();
  for (const one of told) if (!firsts.has(one.why)) firsts.set(one.why, one);
  const picked = [...firsts.values()];
  for (const one of told) if (picked.length < EXAMPLES && !picked.includes(one)) picked.push(one);
  return picked.slice(0, EXAMPLES).map(({ row, seen, why }) => ({
    id: row.id,
    said_at: row.said_at,
    channel: row.channel,
    place: row.place,
    unit: row.unit,
    seen,
    why: whyWords(why, row.place, row.unit),
  }));
}
