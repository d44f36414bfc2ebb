import { sql } from 'kysely';
import type { BackTestDay, EffectNow, PeakLine, PeakSettings, PeaksView } from '../../model/peaks.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { wallMsOf } from '../../model/zoned-time.ts';
import { type ScopeColumns, scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { handlingNow } from '../handling/lines.sql.ts';
import { backTest } from './back-test.ts';
import { type MapAsk, mapOf, worthSql } from './map.sql.ts';
import { effectNow } from './measured.sql.ts';
import { peakVersions } from './settings.sql.ts';
import { minutesOn } from './team.ts';
import { teams } from './team.sql.ts';

const BY_CITY: ScopeColumns = { city: 'l.city', district: null, unitPath: null, unitId: null, agent: null };

export const todayOf = (ctx: Pick<Context, 'clock' | 'config'>): string =>
  new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone)).toISOString().slice(0, 10);

type MapOf = Pick<MapAsk, 'days' | 'scheme' | 'segment'>;

/** @param known the effect, where it was measured for this answer already */
export async function mapAsk(ctx: Context, of: MapOf, known?: EffectNow): Promise<MapAsk> {
  const now = ctx.clock.now();
  const [[{ settings }], effect, handling] = await Promise.all([peakVersions(ctx.db), known ?? effectNow(ctx.db, now), handlingNow(ctx)]);
  return { ...of, now, effect: effect.value, values: settings.values, tiers: handling, pack: ctx.pack };
}

/** The page: lines of today, the map, the effect that counts and the back-test, all within scope. */
export async function peaksView(ctx: Context, viewer: Viewer, of: MapOf): Promise<PeaksView> {
  const today = todayOf(ctx);
  const [[{ settings }], effect] = await Promise.all([peakVersions(ctx.db), effectNow(ctx.db, ctx.clock.now())]);
  const ask = await mapAsk(ctx, of, effect);
  const [found, lines, tested] = await Promise.all([
    mapOf(ctx.db, viewer, ask),
    linesOf(ctx, viewer, today, effect, settings.values),
    rowsOf(
      ctx.db,
      sql<BackTestDay>`
      select l.city, to_char(l.day, 'YYYY-MM-DD') as day, l.line, l.above, l.calls, l.fits from peak_tests l
      where ${scopeSql(scopeOf(viewer), BY_CITY)} order by l.day, l.city`,
    ),
  ]);
  return { days: of.days, scheme: of.scheme, today, ...lines, effect, hold_out: settings.hold_out, ...found, back_test: backTest(tested) };
}

interface Summed extends Pick<PeakLine, 'city' | 'day' | 'line' | 'days' | 'calls' | 'above' | 'held_out' | 'waiting' | 'done'> {
  readonly nobodys: number;
  readonly p: number;
  readonly p_low: number;
  readonly p_high: number;
  readonly worth: number;
}

async function linesOf(
  ctx: Context,
  viewer: Viewer,
  today: string,
  effect: PeaksView['effect'],
  values: PeakSettings['values'],
): Promise<Pick<PeaksView, 'lines' | 'nobodys' | 'specialists'>> {
  const [summed, all] = await Promise.all([
    rowsOf(
      ctx.db,
      sql<Summed>`
      select l.city, to_char(l.day, 'YYYY-MM-DD') as day, l.line, l.days, l.calls, l.nobodys, x.*
      from peak_lines l cross join lateral (
        select count(*)::int as above, count(*) filter (where q.state = 'held_out')::int as held_out,
          count(*) filter (where q.state in ('waiting', 'taken'))::int as waiting, count(*) filter (where q.state = 'done')::int as done,
          coalesce(sum(q.p) filter (where q.state <> 'held_out'), 0)::float8 as p, coalesce(sum(q.p_low) filter (where q.state <> 'held_out'), 0)::float8 as p_low,
          coalesce(sum(q.p_high) filter (where q.state <> 'held_out'), 0)::float8 as p_high,
          coalesce(sum(q.p * ${worthSql(sql`q.tier`, values)}) filter (where q.state <> 'held_out'), 0)::float8 as worth
        from peak_calls q join voices v on v.id = q.voice_id
        where q.city = l.city and q.day = l.day and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}) x
      where l.day = ${today}::date and ${scopeSql(scopeOf(viewer), BY_CITY)} order by l.city`,
    ),
    teams(ctx.db),
  ]);
  const lines = summed.map(({ nobodys: _, p, p_low, p_high, worth, ...row }): PeakLine => {
    const team = all.find(({ city }) => city === row.city)?.members ?? [];
    return {
      ...row,
      specialists: team.filter((one) => minutesOn([one], today) > 0).length,
      minutes: minutesOn(team, today),
      prevented: p * effect.value,
      prevented_low: p_low * effect.low,
      prevented_high: p_high * effect.high,
      value: effect.value * worth,
    };
  });
  const calling = all.filter(({ city }) => lines.some((one) => one.city === city)).flatMap(({ members }) => members);
  const specialists = new Set(calling.filter((one) => minutesOn([one], today) > 0).map(({ member }) => member)).size;
  return { lines, nobodys: summed.reduce((sum, row) => sum + row.nobodys, 0), specialists };
}
