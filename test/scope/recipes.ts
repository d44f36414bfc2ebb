import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { hashPassword, newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { addSignInLink } from '../../src/people/sessions.sql.ts';
import { rowOf } from '../../src/platform/postgres/db.ts';
import { experimentRecipes } from './experiment-recipes.ts';
import { peaksRecipes } from './peaks-recipes.ts';
import { recordRecipes } from './record-recipes.ts';
import { RULE } from './makers.ts';
import type { World } from './worlds.ts';

export interface Recipe {
  readonly member: string;
  readonly action: string;
  readonly request: InjectOptions;
}
export type Recipes = Readonly<Record<string, () => Promise<Recipe>>>;

const PASSWORD = 'a long enough password';
export const post = (url: string, payload: object = {}): InjectOptions => ({ method: 'POST', url, payload });

/**
 * One request that goes well for each changing route, and for each look at what is not masked. `second` makes each thing a new one.
 */
export function recipesOf(
  world: () => World,
  second: () => number,
): {
  readonly changes: Recipes;
  readonly looks: Recipes;
  freshBatch(): Promise<{ id: string; version: number }>;
} {
  const first = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await rowOf(world().product.ctx.db, query))!;

  async function freshAlarm(): Promise<{ id: string; version: number }> {
    return first(
      sql<{ id: string; version: number }>`
        select id, version from alarms where state = 'firing' and fired_at is not null and city = 'A' order by id limit 1`,
    );
  }

  async function freshUnit(): Promise<string> {
    const draft = { parent: 'ou_a1', level: 'unit', name: `班${second()}`, name_en: `Team ${second()}` };
    return (await world().do<{ id: string }>('me_a', post('/api/units', draft))).id;
  }

  async function freshBatch(): Promise<{ id: string; version: number }> {
    const text = `编号,小区,内容\n${second()},A1x,宽带断网${second()}\n`;
    const request = {
      method: 'POST',
      url: `/api/imports?name=f${second()}.csv&source=audit`,
      payload: Buffer.from(text),
      headers: { 'content-type': 'application/octet-stream' },
    } as const;
    return (await world().do<{ batch: { id: string; version: number } }>('me_a', request)).batch;
  }

  async function freshOrder(): Promise<{ id: string; version: number }> {
    const finding = {
      title: `单${second()}`,
      where: [],
      category: null,
      severity: 'notice',
      department: 'network',
      entity: { dimension: 'city', value: 'A' },
    };
    return (await world().do<{ order: { id: string; version: number } }>('me_a', post('/api/orders', finding))).order;
  }

  async function freshView(): Promise<{ id: string; version: number }> {
    const draft = { page: 'voices', name: `存${second()}`, query: '', audience: 'public' };
    return (await world().do<{ view: { id: string; version: number } }>('me_a', post('/api/views', draft))).view;
  }

  /** One request for each changing route that goes well, and what is written down about it. */
  const changes: Recipes = {
    // Before anybody signs out or loses rights.
    ...recordRecipes(world, second),
    ...peaksRecipes(world, second),
    'POST /api/session': async () => {
      await sql`update members set password_hash = ${await hashPassword(PASSWORD)} where id = 'me_an'`.execute(world().product.ctx.db);
      return { member: 'me_a', action: 'sign-in', request: post('/api/session', { login: 'net-a', password: PASSWORD }) };
    },
    'POST /api/session/link': async () => {
      const token = newToken();
      await addSignInLink(world().product.ctx.db, tokenHash(token), 'me_an', world().product.ctx.clock.now(), 10);
      return { member: 'me_a', action: 'sign-in', request: post('/api/session/link', { token }) };
    },
    'DELETE /api/session': async () => ({ member: 'me_a1', action: 'sign-out', request: { method: 'DELETE', url: '/api/session' } }),
    'PATCH /api/me': async () => ({
      member: 'me_ag',
      action: 'member.locale',
      request: { method: 'PATCH', url: '/api/me', payload: { locale: 'en' } },
    }),
    'POST /api/me/password': async () => ({
      member: 'me_ah',
      action: 'member.password',
      request: post('/api/me/password', { password: PASSWORD }),
    }),
    'PUT /api/me/preferences': async () => ({
      member: 'me_ag',
      action: 'member.preferences',
      request: { method: 'PUT', url: '/api/me/preferences', payload: { density: 'compact' } },
    }),
    'POST /api/exports/table': async () => ({
      member: 'me_a',
      action: 'export.table',
      request: post('/api/exports/table', { name: 'orders', title: '工单', columns: [{ title: '标题' }], rows: [['断网']], total_rows: 1 }),
    }),
    'POST /api/views': async () => ({
      member: 'me_a',
      action: 'view.create',
      request: post('/api/views', { page: 'voices', name: `视图${second()}`, query: '', audience: 'team' }),
    }),
    'PUT /api/views/:id': async () => {
      const { id, version } = await freshView();
      const payload = { name: '改名', query: 'f=city:A', audience: 'private', version };
      return { member: 'me_a', action: 'view.change', request: { method: 'PUT', url: `/api/views/${id}`, payload } };
    },
    'DELETE /api/views/:id': async () => {
      const { id } = await freshView();
      return { member: 'me_a', action: 'view.remove', request: { method: 'DELETE', url: `/api/views/${id}` } };
    },
    'POST /api/members': async () => ({
      member: 'me_a',
      action: 'member.add',
      request: post('/api/members', { login: `new-${second()}`, name: '新人', unit: 'ou_a1h', roles: ['agent'], scope: 'own' }),
    }),
    'POST /api/members/:id/reset': async () => {
      const { version } = await first(sql<{ version: number }>`select version from members where id = 'me_ah'`);
      return { member: 'me_a', action: 'member.reset', request: post('/api/members/me_ah/reset', { version }) };
    },
    'POST /api/members/:id/end-sessions': async () => ({
      member: 'me_a',
      action: 'member.sessions.end',
      request: post('/api/members/me_ah/end-sessions'),
    }),
    'POST /api/me/tokens': async () => ({
      member: 'me_ag',
      action: 'token.add',
      request: post('/api/me/tokens', { name: '抽数程序', days: 30, verbs: ['voices.push'] }),
    }),
    'DELETE /api/me/sessions/:id': async () => {
      await world().do('me_ag', post('/api/me/tokens', { name: `程序${second()}`, days: 1 }));
      const { rows } = await world().do<{ rows: readonly { id: string; kind: string }[] }>('me_ag', {
        method: 'GET',
        url: '/api/me/sessions',
      });
      const id = rows.find((row) => row.kind === 'token')?.id ?? '';
      return { member: 'me_ag', action: 'token.revoke', request: { method: 'DELETE', url: `/api/me/sessions/${id}` } };
    },
    'POST /api/units': async () => ({
      member: 'me_a',
      action: 'unit.add',
      request: post('/api/units', { parent: 'ou_a1', level: 'unit', name: '新班', name_en: 'New team' }),
    }),
    'PATCH /api/units/:id': async () => {
      const id = await freshUnit();
      return {
        member: 'me_a',
        action: 'unit.change',
        request: { method: 'PATCH', url: `/api/units/${id}`, payload: { version: 1, name: '改名班' } },
      };
    },
    'POST /api/units/:id/move': async () => {
      const { version } = await first(sql<{ version: number }>`select version from org_units where id = 'ou_a1h'`);
      return { member: 'me_a', action: 'unit.move', request: post('/api/units/ou_a1h/move', { version, to: 'ou_a' }) };
    },
    'POST /api/units/:id/retire': async () => {
      const id = await freshUnit();
      return { member: 'me_a', action: 'unit.retire', request: post(`/api/units/${id}/retire`, { version: 1 }) };
    },
    'POST /api/warehouse/rebuild': async () => ({ member: 'me_a', action: 'warehouse.rebuild', request: post('/api/warehouse/rebuild') }),
    'POST /api/warehouse/parity': async () => ({ member: 'me_a', action: 'warehouse.parity', request: post('/api/warehouse/parity') }),
    'PATCH /api/members/:id': async () => {
      const { version } = await first(sql<{ version: number }>`select version from members where id = 'me_a1'`);
      return {
        member: 'me_a',
        action: 'member.change',
        request: { method: 'PATCH', url: '/api/members/me_a1', payload: { version, scope: 'unit' } },
      };
    },
    'POST /api/imports': async () => ({
      member: 'me_a',
      action: 'import.upload',
      request: {
        method: 'POST',
        url: `/api/imports?name=g${second()}.csv&source=audit`,
        payload: Buffer.from('编号,内容\n1,x\n'),
        headers: { 'content-type': 'application/octet-stream' },
      },
    }),
    'PATCH /api/imports/:id': async () => {
      const { id, version } = await freshBatch();
      return {
        member: 'me_a',
        action: 'import.options',
        request: { method: 'PATCH', url: `/api/imports/${id}`, payload: { version, options: { encoding: 'utf-8' } } },
      };
    },
    'POST /api/imports/:id/undo': async () => {
      const { id, version: seen } = await freshBatch();
      await world().do('me_a', post(`/api/imports/${id}/commit`, { version: seen }));
      await world().product.settle();
      const { version } = await first(sql<{ version: number }>`select version from import_batches where id = ${id}`);
      return { member: 'me_a', action: 'import.undo', request: post(`/api/imports/${id}/undo`, { version, reason: '传错了' }) };
    },
    ...Object.fromEntries(
      ['check', 'commit', 'cancel'].map((verb) => [
        `POST /api/imports/:id/${verb}`,
        async () => {
          const { id, version } = await freshBatch();
          return { member: 'me_a', action: `import.${verb}`, request: post(`/api/imports/${id}/${verb}`, { version }) };
        },
      ]),
    ),
    'POST /api/voices': async () => ({
      member: 'me_ag',
      action: 'voices.push',
      request: {
        ...post('/api/voices?source=audit-push', { id: `v${second()}`, kind: 'complaint', text: '断网', region: 'A1x' }),
        headers: { 'idempotency-key': `k${second()}` },
      },
    }),
    'POST /api/handling/lines': async () => ({
      member: 'me_p',
      action: 'handling.change',
      request: post('/api/handling/lines', {
        change: {
          kind: 'cost',
          value: { code: 'complaint', names: { zh: '投诉', en: 'Complaint' }, unit_cost: 55, low: 40, high: 90, assumption: true },
        },
        reason: '财务核定',
      }),
    }),
    'POST /api/satisfaction/decisions': async () => ({
      member: 'me_p',
      action: 'survey.decide',
      request: post('/api/satisfaction/decisions', { decision: { kind: 'match', subject: 'billing/charge/wrong', item: 'bill-accuracy' } }),
    }),
    'POST /api/rules': async () => ({ member: 'me_p', action: 'rule.create', request: post('/api/rules', { ...RULE, id: 'audited' }) }),
    'PUT /api/rules/:id': async () => {
      const { version } = await first(sql<{ version: number }>`select version from rules where id = 'many-plan'`);
      return {
        member: 'me_p',
        action: 'rule.change',
        request: { method: 'PUT', url: '/api/rules/many-plan', payload: { ...RULE, version } },
      };
    },
    'POST /api/segments/runs': async () => ({
      member: 'me_p',
      action: 'segments.run',
      request: post('/api/segments/runs', { schemes: ['rules'] }),
    }),
    'POST /api/segments/runs/:id/cancel': async () => {
      await sql`insert into segment_schemes (id, definition, updated_at) values ('rules', '{}', now()) on conflict (id) do nothing`.execute(
        world().product.ctx.db,
      );
      const { id } = await first(
        sql<{ id: string }>`
        insert into segment_runs (id, scheme, scheme_version, as_of, month, state, created_at)
        select ${`sr_${second()}`}, id, version, now(), '2026-03', 'queued', now() from segment_schemes where id = 'rules' returning id`,
      );
      return { member: 'me_p', action: 'segments.cancel', request: post(`/api/segments/runs/${id}/cancel`) };
    },
    'POST /api/alarms/:id/acknowledge': async () => {
      const { id, version } = await freshAlarm();
      return { member: 'me_an', action: 'alarm.acknowledge', request: post(`/api/alarms/${id}/acknowledge`, { version, reason: '看过' }) };
    },
    'POST /api/alarms/:id/order': async () => {
      const { id } = await first(
        sql<{
          id: string;
        }>`select id from alarms a where fired_at is not null and city = 'A' and not exists (select 1 from work_orders where alarm_id = a.id) order by id limit 1`,
      );
      return { member: 'me_an', action: 'order.create', request: post(`/api/alarms/${id}/order`) };
    },
    'POST /api/pairs/runs': async () => ({ member: 'me_a', action: 'pairs.run', request: post('/api/pairs/runs', { window: 3 }) }),
    'POST /api/pairs/runs/:run/cancel': async () => {
      const run = await first(sql<{ no: number }>`
        insert into pair_runs (scope, no, window_days, state, asked_at)
        select '{"kind":"city","city":"A"}', coalesce(max(no), 0) + 1, ${40 + (second() % 40)}::integer, 'queued', now() from pair_runs returning no`);
      return { member: 'me_a', action: 'pairs.cancel', request: post(`/api/pairs/runs/${run.no}/cancel`) };
    },
    'POST /api/orders': async () => ({
      member: 'me_a',
      action: 'order.create',
      request: post('/api/orders', {
        title: '发现',
        where: [],
        category: null,
        severity: 'notice',
        department: 'network',
        entity: { dimension: 'city', value: 'A' },
      }),
    }),
    'POST /api/orders/:id/actions': async () => {
      const { id, version } = await freshOrder();
      return { member: 'me_an', action: 'order.accept', request: post(`/api/orders/${id}/actions`, { action: 'accept', version }) };
    },
    'POST /api/orders/:id/comments': async () => ({
      member: 'me_an',
      action: 'order.comment',
      request: post(`/api/orders/${(await freshOrder()).id}/comments`, { note: '等备件' }),
    }),
    ...experimentRecipes(world, second),
    'POST /api/voices/:id/handling': async () => {
      const { id } = await first(sql<{ id: number }>`select min(id) as id from voices where city = 'A'`);
      return { member: 'me_an', action: 'voice.handle', request: post(`/api/voices/${id}/handling`, { kind: 'callback' }) };
    },
    'POST /api/models/train/cancel': async () => ({ member: 'me_a', action: 'model.stop', request: post('/api/models/train/cancel') }),
    'POST /api/models/train': async () => ({ member: 'me_a', action: 'model.ask', request: post('/api/models/train') }),
    'POST /api/jobs/:id/replay': async () => {
      const { id } = await first(sql<{ id: string }>`
      update pgboss.job set state = 'failed' where id = (select id from pgboss.job where state = 'completed' and name = 'understand.read' order by id limit 1) returning id::text`);
      return { member: 'me_a', action: 'job.replay', request: post(`/api/jobs/${id}/replay`) };
    },
  };

  /** What is seen unmasked or leaves the house. */
  const looks: Recipes = {
    'POST /api/audit/export': async () => {
      await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_audit', 'audit', '审计', 'ou_p', '{audit-admin}', 'own') on conflict do nothing`.execute(
        world().product.ctx.db,
      );
      return { member: 'me_audit', action: 'audit.export', request: post('/api/audit/export', { kind: 'member' }) };
    },
    'POST /api/exports': async () => ({ member: 'me_a', action: 'export', request: post('/api/exports', { kind: 'voices', where: [] }) }),
    'POST /api/voices/:id/reveal': async () => {
      const { id } = await first(sql<{ id: number }>`select min(id) as id from voices where city = 'A'`);
      return { member: 'me_a', action: 'voice.reveal', request: post(`/api/voices/${id}/reveal`, { reason: '客户来电' }) };
    },
    'POST /api/imports/:id/rejected/reveal': async () => {
      const { id } = await first(
        sql<{ id: string }>`select id from import_batches where member_id = 'me_a' and rejected > 0 order by id limit 1`,
      );
      return { member: 'me_a', action: 'import.rejected.reveal', request: post(`/api/imports/${id}/rejected/reveal`, { reason: '核查' }) };
    },
    'POST /api/imports/:id/rejected/file': async () => {
      const { id } = await first(
        sql<{ id: string }>`select id from import_batches where member_id = 'me_a' and rejected > 0 order by id limit 1`,
      );
      const request = post(`/api/imports/${id}/rejected/file`, { format: 'csv', reason: '改正后重新导入' });
      return { member: 'me_a', action: 'import.rejected.file', request };
    },
  };

  return { changes, looks, freshBatch };
}
