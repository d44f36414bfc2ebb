import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { FIRST_PEAKS } from '../../src/act/peaks/settings.ts';
import { rowOf } from '../../src/platform/postgres/db.ts';
import type { Recipes } from './recipes.ts';
import type { World } from './worlds.ts';

const request = (method: 'POST' | 'PUT', url: string, payload: object): InjectOptions => ({ method, url, payload });
export const HOURS = {
  minutes: [60, 60, 60, 60, 60, 0, 0],
  minutes_per_call: 12,
  categories: [],
  segments: [],
  duties: '账单类',
  active: true,
};

/** Above the line of a city stands somebody; the city has one specialist. */
export async function peaksOf(world: Pick<World, 'product'>, city: string, member: string, voices: readonly number[]): Promise<void> {
  const { db, clock } = world.product.ctx;
  await sql`
    insert into specialists (id, member_id, city, minutes, minutes_per_call, created_at)
    values (${`sp_${member}_${city}`}, ${member}, ${city}, '{60,60,60,60,60,60,60}', 12, ${clock.now()}) on conflict do nothing`.execute(
    db,
  );
  await sql`
    insert into peak_lines (city, day, line, days, calls, basis, effect, solved_at)
    values (${city}, ${clock.now().slice(0, 10)}::date, 1.5, 20, 5, 'told', '{}', ${clock.now()}) on conflict do nothing`.execute(db);
  await sql`
    insert into peak_tests (city, day, line, above, calls, fits) values (${city}, '2026-03-09', 1.5, 3, 5, true) on conflict do nothing`.execute(
    db,
  );
  await sql`
    insert into peak_calls (id, city, day, voice_id, customer, category, level, tier, p, p_low, p_high, p_from, gain, state, queued_at, due_at)
    select 'pc_' || v.id, ${city}, ${clock.now().slice(0, 10)}::date, v.id, coalesce(v.customer, 'unknown'), null, 4, 'usual', 0.2, 0.1, 0.3, 'cause', 10, 'waiting',
      ${clock.now()}, ${clock.now()} from voices v where v.id = any(${voices}::bigint[]) on conflict do nothing`.execute(db);
}

/** One request that goes well for each changing route of peaks and ends. */
export function peaksRecipes(world: () => World, second: () => number): Recipes {
  const first = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await rowOf(world().product.ctx.db, query))!;

  async function grievance(customer: string): Promise<number> {
    const said_at = world().product.ctx.clock.now();
    const voice = { id: `peak${second()}`, said_at, kind: 'grievance', text: '账单多扣了钱', region: 'A1x', unit: 'ou_a1h', customer };
    const pushed = await world().do<{ ids: readonly number[] }>('me_ag', {
      ...request('POST', '/api/voices?source=peaks', voice),
      headers: { 'idempotency-key': `peak${second()}` },
    });
    return pushed.ids[0]!;
  }

  async function freshCall(taken: boolean): Promise<{ readonly url: string; readonly version: number }> {
    const voice = await grievance(`K${second()}`);
    await peaksOf(world(), 'A', 'me_a1', [voice]);
    const url = `/api/peaks/calls/pc_${voice}`;
    if (taken) await world().do('me_a1', request('POST', `${url}/take`, { version: 1 }));
    return { url, version: taken ? 2 : 1 };
  }

  const seen = async (): Promise<number> =>
    (await first(sql<{ version: number }>`select coalesce(max(version), 0)::int as version from peak_settings`)).version;

  return {
    'POST /api/peaks/calls/:id/take': async () => {
      const { url, version } = await freshCall(false);
      return { member: 'me_a1', action: 'call.take', request: request('POST', `${url}/take`, { version }) };
    },
    'POST /api/peaks/calls/:id/release': async () => {
      const { url, version } = await freshCall(true);
      return { member: 'me_a1', action: 'call.release', request: request('POST', `${url}/release`, { version }) };
    },
    'POST /api/peaks/calls/:id/outcome': async () => {
      const { url, version } = await freshCall(true);
      const outcome = { reached: true, attitude: 'calm', promise: '本周退费', solved: 'partly', note: '' };
      return { member: 'me_a1', action: 'call.outcome', request: request('POST', `${url}/outcome`, { version, outcome }) };
    },
    'POST /api/peaks/specialists': async () => ({
      member: 'me_a',
      action: 'specialist.add',
      request: request('POST', '/api/peaks/specialists', { ...HOURS, member: 'me_ah', city: 'A' }),
    }),
    'PUT /api/peaks/specialists/:id': async () => {
      await peaksOf(world(), 'A', 'me_a1', []);
      const { version } = await first(sql<{ version: number }>`select version from specialists where id = 'sp_me_a1_A'`);
      return {
        member: 'me_a',
        action: 'specialist.change',
        request: request('PUT', '/api/peaks/specialists/sp_me_a1_A', { ...HOURS, version }),
      };
    },
    'POST /api/peaks/comforts': async () => {
      const voice = await grievance(`E${second()}`);
      await sql`insert into grievance_levels (voice_id, level, score, reasons, settings_version, facts_at)
        values (${voice}, 2, 0.2, '[]', 0, ${world().product.ctx.clock.now()})`.execute(world().product.ctx.db);
      const given = { city: 'A', level: 2, tier: 'usual', customers: 1 };
      return { member: 'me_a', action: 'comfort.give', request: request('POST', '/api/peaks/comforts', given) };
    },
    'PUT /api/peaks/settings': async () => ({
      member: 'me_a',
      action: 'peaks.settings',
      request: request('PUT', '/api/peaks/settings', {
        settings: { ...FIRST_PEAKS, hold_out: 0.1 },
        seen: await seen(),
        reason: '多留对照',
      }),
    }),
    'POST /api/peaks/effects': async () => {
      const id = `ex_peaks_${second()}`;
      await measuredExperiment(world(), id);
      return {
        member: 'me_a',
        action: 'peaks.settings',
        request: request('POST', '/api/peaks/effects', { experiment: id, seen: await seen(), reason: '实验已结束' }),
      };
    },
  };
}

/** An experiment of city A that has ended: calls prevent three complaints of ten. */
export async function measuredExperiment(world: Pick<World, 'product'>, id: string): Promise<void> {
  const { db, clock } = world.product.ctx;
  const report = { srm: { ok: true }, direction: 'down', kind: 'share', ratio: 0.7, ratio_low: 0.5, ratio_high: 0.9 };
  await sql`
    insert into experiments (id, origin, name, strategy, state, unit_id, unit_path, city, arms, metrics, window_days, report, reported_at, created_at)
    values (${id}, 'assigned', '外呼实验', '外呼', 'stopped', 'ou_a', '/ou_p/ou_a/', 'A', '[{"name":"对照","share":1},{"name":"外呼","share":1}]',
      '[{"name":"投诉","source":"complaint","direction":"down"}]', 30, ${JSON.stringify(report)}::jsonb, ${clock.now()}, ${clock.now()})`.execute(
    db,
  );
}
