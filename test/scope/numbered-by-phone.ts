import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { type Db, rowOf } from '../../src/platform/postgres/db.ts';
import { EXPERIMENT } from './makers.ts';
import { ONE_PAIR } from './reads.ts';
import type { World } from './worlds.ts';

/** A customer whose number at the source is a phone number; as everybody may see it. */
export const PHONE_NUMBER = '15826403719';
export const SHOWN_NUMBER = '158****3719';
const OUTAGE = 'fixed/broadband/outage';

/** Puts that customer, with a grievance and a complaint of today, behind a pair, into an arm, and among recordings to be asked after. */
export async function numberedByPhone(world: Pick<World, 'do' | 'product'>): Promise<void> {
  const { db } = world.product.ctx;
  const post = (url: string, payload: object, headers = {}): InjectOptions => ({ method: 'POST', url, payload, headers });
  const ids = (kind: string) => sql`array(select id from voices where customer = ${PHONE_NUMBER} and kind = ${kind})`;
  await sql`
    insert into pairs (run_id, segment, grievance, complaint, figures, complaint_voices, grievance_voices)
    select id, '', ${OUTAGE}, ${OUTAGE}, '{}', ${ids('complaint')}, ${ids('grievance')} from pair_runs
    on conflict (run_id, segment, grievance, complaint) do update set complaint_voices = excluded.complaint_voices, grievance_voices = excluded.grievance_voices`.execute(
    db,
  );
  type Made = { readonly experiment: { readonly id: string; readonly version: number } };
  let { experiment } = await world.do<Made>('me_as_analyst', post('/api/experiments', { ...EXPERIMENT, name: '先回电' }));
  const { id } = experiment;
  ({ experiment } = await world.do<Made>(
    'me_as_analyst',
    post(`/api/experiments/${id}/cohort`, { version: experiment.version, where: [] }),
  ));
  await world.do('me_as_analyst', post(`/api/experiments/${id}/start`, { version: experiment.version }));
  await sql`update experiments set started_at = started_at - interval '1 day' where id = ${id}`.execute(db);
  const recording = { customer: PHONE_NUMBER, category: OUTAGE, text: '又断网了' };
  await world.do('me_as_agent', post('/api/recordings', recording, { 'idempotency-key': 'by-phone' }));
  await sql`update recordings set recorded_at = recorded_at - interval '3 days'`.execute(db);
  await sql`update recording_effects set at = at - interval '3 days'`.execute(db);
}

export type Asked = readonly [member: string, request: InjectOptions];

/** Asks everything that names this customer, one answer of each route. */
export async function wherePhoneIsNamed<T>(db: Db, ask: (asked: Asked) => Promise<T>): Promise<readonly T[]> {
  const one = await rowOf(
    db,
    sql<{ voice: number; experiment: string }>`
      select (select id from voices where customer = ${PHONE_NUMBER} and kind = 'grievance' order by id limit 1) as voice,
        (select id from experiments where state = 'running') as experiment`,
  );
  const { voice, experiment } = one ?? { voice: 0, experiment: '' };
  const get = (url: string): InjectOptions => ({ method: 'GET', url });
  const post = (url: string, payload: object): InjectOptions => ({ method: 'POST', url, payload });
  const all: readonly Asked[] = [
    ['me_as_analyst', post('/api/voices/search', { where: [{ field: 'customer', in: [PHONE_NUMBER] }] })],
    ['me_as_analyst', get(`/api/voices/${voice}`)],
    ['me_as_agent', post('/api/record/customer', { key: PHONE_NUMBER })],
    ['me_as_agent', get('/api/recordings/effects')],
    ['me_as_analyst', get(`/api/pairs/runs/1/customers?${ONE_PAIR}`)],
    ['me_as_analyst', get('/api/segments/members?scheme=rules&segment=young-high')],
    ['me_as_analyst', get('/api/segments/movers?run=sr_scope_2&from=business-high&to=young-high')],
    ...[0, 1].map((arm): Asked => ['me_as_analyst', get(`/api/experiments/${experiment}/voices?arm=${arm}&kind=complaint`)]),
    ['me_as_quality', get('/api/peaks/calls')],
    ['me_as_quality', get(`/api/peaks/calls/pc_${voice}`)],
    ['me_as_analyst', get(`/api/handling/chain/${voice}`)],
  ];
  return [
    ...(await Promise.all(all.map(ask))),
    await scoredByModel(db, voice, () => ask(['me_as_analyst', get('/api/models/top?days=30')])),
  ];
}

/** As if a model had scored a grievance, for as long as somebody looks. */
async function scoredByModel<T>(db: Db, voice: number, look: () => Promise<T>): Promise<T> {
  await sql`insert into model_versions (id, trained_at, state, state_at, why, models, card)
    values ('mv_canary', now(), 'champion', now(), 'first', '{}', '{}')`.execute(db);
  await sql`
    insert into grievance_scores (voice_id, version, scored_at, said_at, p7, p7_low, p7_high, p30, p30_low, p30_high, factors)
    select id, 'mv_canary', now(), said_at, 0.2, 0.1, 0.3, 0.4, 0.3, 0.5, '[]' from voices where id = ${voice}`.execute(db);
  try {
    return await look();
  } finally {
    await sql`delete from grievance_scores where version = 'mv_canary'`.execute(db);
    await sql`delete from model_versions where id = 'mv_canary'`.execute(db);
  }
}
