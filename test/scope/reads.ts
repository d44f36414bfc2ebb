import type { InjectOptions } from 'fastify';
import { DIMENSIONS, MEASURES } from '../../src/analyse/index.ts';
import { EXPERIMENT, RULE, bytes } from './makers.ts';
import { HOURS } from './peaks-recipes.ts';

/** Ids of things of either city, and of nothing: the same list is asked for in both worlds. */
export interface Ids {
  readonly voices: readonly (string | number)[];
  readonly alarms: readonly string[];
  readonly orders: readonly string[];
  readonly imports: readonly string[];
  readonly events: readonly string[];
  readonly members: readonly string[];
  readonly units: readonly string[];
  readonly views: readonly string[];
  readonly experiments: readonly string[];
  readonly calls: readonly string[];
  readonly specialists: readonly string[];
}

const VALUES: Readonly<Record<string, readonly (string | null)[]>> = {
  source: ['so_hotline', 'so_file-a@A', 'so_file-b@B', 'so_push-b@B'],
  city: ['A', 'B', null],
  district: ['A1', 'B1', null],
  community: ['A1x', 'B1x', null],
  unit: ['ou_a1h', 'ou_b1h', 'ou_pn', null],
  agent: ['A-007', 'B-007', null],
  plan: ['畅享59', 'A套餐', 'B套餐', null],
  customer: ['CA1', 'CB1', null],
  brand: ['全球通'],
  category_1: ['fixed', 'unmapped'],
  'attr:甲方案': ['A档', 'B档'],
  'attr:乙方案': ['A档', 'B档', null],
  'attr:乙字段': ['B值1', null],
};
const ATTRIBUTES = ['attr:甲方案', 'attr:乙方案', 'attr:甲字段', 'attr:乙字段'];
const WHOLE = { field: 'said_at', from: '2026-03-01', before: '2026-03-11' };
const get = (url: string): InjectOptions => ({ method: 'GET', url });
const post = (url: string, payload: object): InjectOptions => ({ method: 'POST', url, payload });
const measures = MEASURES.map((measure) => measure.name);

function filters(batches: readonly string[]): readonly object[] {
  const listed = Object.entries(VALUES).flatMap(([field, values]) => values.map((value) => ({ field, in: [value] })));
  const texts = ['断网', '断网 红灯', 'B', '乙', '没有地方'].map((text) => ({ text }));
  return [...listed, ...texts, ...batches.map((batch) => ({ field: 'batch', in: [batch] })), WHOLE];
}

function questions(ids: Ids): readonly object[] {
  const by = [
    [],
    ...DIMENSIONS.map((d) => [d.name]),
    ...ATTRIBUTES.map((name) => [name]),
    ['source', 'city'],
    ['plan', 'community', 'day'],
    ['agent', 'unit'],
  ];
  return [
    ...by.map((one) => ({ measures, by: one, where: [WHOLE] })),
    ...filters(ids.imports).map((filter) => ({
      measures: ['voices', 'customers', 'share', 'per_10k_subscribers'],
      by: ['plan'],
      where: [filter],
    })),
    { measures, by: ['community'], where: [WHOLE], compare: 'previous', limit: 1 },
    { measures, by: ['brand'], where: [{ field: 'said_at', from: '2026-03-09', before: '2026-03-10' }], compare: 'previous' },
    { measures: ['nothing'], by: ['nothing'], where: [{ field: 'nothing', in: ['x'] }] },
  ];
}

export const LEVELS = {
  weights: { duration: 1, effect: 1, association: 1, tolerance: 1 },
  scales: { duration: [24, 72, 168, 336], association: [0.5, 0.8, 1.25, 2] },
  cuts: [0.3, 0.5, 0.6, 0.7],
  shares: [20, 20, 30, 20, 10],
};
const WRONG_CURSORS = ['x', 'MjAyNi0wMy0xMFQwMjowMDowMC4wMDBafngx', '%00', '1~2'];

export const ONE_PAIR = 'grievance=fixed/broadband/outage&complaint=fixed/broadband/outage';

/** For every route whose answer depends on scope: what it is asked. */
export const READS: Readonly<Record<string, (ids: Ids) => readonly InjectOptions[]>> = {
  'GET /api/me': () => [get('/api/me')],
  'GET /api/views': () => [get('/api/views'), get('/api/views?page=voices'), get('/api/views?page=never')],
  'GET /api/vocabulary': () => [get('/api/vocabulary')],
  'GET /api/overview': () => [get('/api/overview')],
  'GET /api/organisation': () => [get('/api/organisation')],
  'GET /api/me/sees': () => [get('/api/me/sees')],
  'GET /api/members/:id/sees': ({ members }) => members.map((id) => get(`/api/members/${id}/sees`)),
  'GET /api/units/:id/move': ({ units }) =>
    units.flatMap((id) => ['ou_a', 'ou_a1', 'ou_b', 'ou_p', 'ou_never'].map((to) => get(`/api/units/${id}/move?to=${to}`))),
  'GET /api/events': ({ events }) => [
    get('/api/events?once=1'),
    ...events.map((id) => get(`/api/events?once=1&after=${id}`)),
    ...events.map((id): InjectOptions => ({ ...get('/api/events?once=1'), headers: { 'last-event-id': id } })),
  ],
  'POST /api/ask': (ids) => questions(ids).map((question) => post('/api/ask', question)),
  'POST /api/voices/search': (ids) => [
    ...[0, 3, 200].map((limit) => post('/api/voices/search', { where: [], limit })),
    ...filters(ids.imports).map((filter) => post('/api/voices/search', { where: [filter], limit: 200 })),
    ...ids.voices.map((id) => post('/api/voices/search', { where: [{ field: 'id', in: [String(id)] }] })),
    ...WRONG_CURSORS.map((cursor) => post('/api/voices/search', { where: [], cursor })),
  ],
  'POST /api/exports': () => [
    post('/api/exports', { kind: 'voices', where: [], locale: 'zh' }),
    post('/api/exports', { kind: 'voices', where: [{ field: 'source', in: ['so_hotline'] }], locale: 'en' }),
    post('/api/exports', { kind: 'answer', question: { measures, by: ['source', 'plan'], where: [WHOLE] }, locale: 'en' }),
    post('/api/exports', { kind: 'answer', question: { measures: ['voices'], by: ['community', 'attr:乙方案'], where: [] } }),
  ],
  'GET /api/funnel': () => [
    get('/api/funnel?from=2026-03-01&before=2026-03-11&days=1'),
    get('/api/funnel?from=2026-03-09&before=2026-03-10'),
    get('/api/funnel?from=2026-03-01&before=2026-03-11&days=1&scheme=temperament'),
    get('/api/funnel?from=2026-03-09&before=2026-03-01'),
  ],
  'GET /api/funnel/voices': () =>
    ['all', 'silent', 'spoke', 'complained'].flatMap((stage) =>
      ['', '&city=A', '&city=B', '&district=B1', '&segment=', '&scheme=clusters&segment='].map((part) =>
        get(`/api/funnel/voices?from=2026-03-01&before=2026-03-11&days=1&stage=${stage}${part}`),
      ),
    ),
  'GET /api/levels/voices': () => [1, 3, 5].map((level) => get(`/api/levels/voices?level=${level}&days=90`)),
  'GET /api/voices/:id/level': ({ voices }) => voices.map((id) => get(`/api/voices/${id}/level`)),
  'GET /api/levels': () => [get('/api/levels?days=90')],
  'POST /api/rules/preview': () =>
    ['community', 'district', 'plan', 'unit', 'source', 'attr:乙方案'].map((dimension) =>
      post('/api/rules/preview', { ...RULE, dimension, where: [], threshold: 1 }),
    ),
  'POST /api/levels/preview': () => [post('/api/levels/preview', { settings: LEVELS, days: 90 })],
  'GET /api/agreement': () => [get('/api/agreement'), get('/api/agreement?sample=never')],
  'GET /api/agreement/queue': () => [get('/api/agreement/queue')],
  'POST /api/hot-words': () => [
    post('/api/hot-words', { where: [WHOLE] }),
    post('/api/hot-words', { where: [WHOLE, { field: 'kind', in: ['complaint'] }] }),
    post('/api/hot-words', { where: [{ field: 'city', in: ['B'] }, WHOLE], against: 'before' }),
    post('/api/hot-words', { where: [{ text: '断网' }] }),
  ],
  'POST /api/record/customer': () => ['CA1', 'CB1', 'CA2', 'nobody', '13912340001'].map((key) => post('/api/record/customer', { key })),
  'GET /api/voices/:id': ({ voices }) => voices.map((id) => get(`/api/voices/${id}`)),
  'POST /api/voices/:id/reveal': ({ voices }) => voices.map((id) => post(`/api/voices/${id}/reveal`, { reason: '客户来电核实' })),
  'GET /api/models/top': () => ['', '?days=30', '?limit=1'].map((q) => get(`/api/models/top${q}`)),
  'GET /api/voices/:id/handling': ({ voices }) => voices.map((id) => get(`/api/voices/${id}/handling`)),
  'GET /api/voices/:id/odds': ({ voices }) => voices.map((id) => get(`/api/voices/${id}/odds`)),
  'GET /api/alarms': () => [
    ...[
      '',
      '?state=firing',
      '?state=acknowledged',
      '?state=resolved',
      '?state=firing,resolved&severity=serious',
      '?historical=true',
      '?historical=false',
      '?limit=1',
    ].map((q) => get(`/api/alarms${q}`)),
    ...['many-community', 'many-city', 'many-plan', 'of-b', 'none'].map((rule) => get(`/api/alarms?rule=${rule}`)),
    ...WRONG_CURSORS.map((cursor) => get(`/api/alarms?cursor=${cursor}`)),
  ],
  'GET /api/alarms/:id': ({ alarms }) => alarms.map((id) => get(`/api/alarms/${id}`)),
  'GET /api/orders': () => [
    ...[
      '',
      '?department=network',
      '?department=billing',
      '?state=new',
      '?state=closed',
      '?overdue=true',
      '?overdue=false',
      '?mine=true',
      '?today=true',
      '?handed=true',
      '?state=new,closed&sort=due',
      '?q=B',
      '?q=账单&sort=-due&limit=1',
      '?limit=1',
    ].map((q) => get(`/api/orders${q}`)),
    ...WRONG_CURSORS.map((cursor) => get(`/api/orders?cursor=${cursor}`)),
  ],
  'GET /api/orders/counts': () => ['', '?department=network', '?q=B'].map((q) => get(`/api/orders/counts${q}`)),
  'GET /api/orders/closed': () => ['', '?department=network', '?limit=1'].map((q) => get(`/api/orders/closed${q}`)),
  'GET /api/segments': () =>
    ['', '?scheme=temperament', '?scheme=clusters', '?scheme=usage', '?run=sr_never'].map((q) => get(`/api/segments${q}`)),
  'GET /api/segments/preferences': () => ['', '?scheme=temperament'].map((q) => get(`/api/segments/preferences${q}`)),
  'GET /api/segments/members': () =>
    ['segment=young-high', 'segment=young-high&after=1', 'segment=business-high'].map((q) =>
      get(`/api/segments/members?scheme=rules&${q}`),
    ),
  'GET /api/segments/movers': () =>
    ['sr_scope_2', 'sr_never'].map((run) => get(`/api/segments/movers?run=${run}&from=business-high&to=young-high`)),
  'GET /api/alarms/counts': () => [get('/api/alarms/counts')],
  'GET /api/orders/:id': ({ orders }) => orders.map((id) => get(`/api/orders/${id}`)),
  'GET /api/imports': () => [
    get('/api/imports'),
    get('/api/imports?limit=1'),
    ...WRONG_CURSORS.map((cursor) => get(`/api/imports?cursor=${cursor}`)),
  ],
  'GET /api/imports/:id': ({ imports }) => imports.map((id) => get(`/api/imports/${id}`)),
  'GET /api/imports/:id/rejected': ({ imports }) =>
    imports.flatMap((id) => [get(`/api/imports/${id}/rejected`), get(`/api/imports/${id}/rejected?limit=1`)]),
  'POST /api/imports/:id/rejected/reveal': ({ imports }) =>
    imports.map((id) => post(`/api/imports/${id}/rejected/reveal`, { reason: '核对原始行' })),
  'POST /api/imports/:id/rejected/file': ({ imports }) =>
    imports.map((id, i) =>
      post(`/api/imports/${id}/rejected/file`, { format: i % 2 === 0 ? 'csv' : 'xlsx', reason: '改正后重新导入', locale: 'zh' }),
    ),
  'GET /api/handling/pressure': () => [get('/api/handling/pressure')],
  'GET /api/handling/cost': () => [get('/api/handling/cost')],
  'GET /api/handling/chain/:voice': ({ voices }) => voices.map((id) => get(`/api/handling/chain/${id}`)),
  'GET /api/peaks': () => ['', '?days=7', '?segment=business-high', '?segment=', '?scheme=usage'].map((q) => get(`/api/peaks${q}`)),
  'GET /api/peaks/voices': () =>
    ['', '?level=0', '?branch=fixed&above=true', '?branch=&segment=', '?scheme=temperament&segment=', '?limit=1&cursor=1'].map((q) =>
      get(`/api/peaks/voices${q}`),
    ),
  'GET /api/peaks/calls': () =>
    ['', '?state=waiting', '?mine=true', '?city=A', '?city=B', '?days=30&limit=1'].map((q) => get(`/api/peaks/calls${q}`)),
  'GET /api/peaks/calls/:id': ({ calls }) => calls.map((id) => get(`/api/peaks/calls/${id}`)),
  'GET /api/peaks/specialists': () => [get('/api/peaks/specialists')],
  'GET /api/peaks/comforts': () => ['', '?city=A', '?city=B'].map((q) => get(`/api/peaks/comforts${q}`)),
  'GET /api/peaks/effects': () => [get('/api/peaks/effects')],
  'GET /api/satisfaction/drivers': () => [get('/api/satisfaction/drivers')],
  'GET /api/satisfaction': () => ['', '?place=city', '?place=segment'].map((q) => get(`/api/satisfaction${q}`)),
  'GET /api/satisfaction/services/:code': () =>
    ['bill-information', 'care?place=city', 'never'].map((code) => get(`/api/satisfaction/services/${code}`)),
  'GET /api/experiments': () => [
    ...['', '?state=running', '?state=draft', '?limit=1'].map((q) => get(`/api/experiments${q}`)),
    ...WRONG_CURSORS.map((cursor) => get(`/api/experiments?cursor=${cursor}`)),
  ],
  'GET /api/experiments/customers': () =>
    ['', `?pick=${encodeURIComponent('{"city":["A","B"]}')}`, '?pick=x'].map((q) => get(`/api/experiments/customers${q}`)),
  'GET /api/recordings/effects': () => [get('/api/recordings/effects')],
  'GET /api/experiments/:id': ({ experiments }) => experiments.map((id) => get(`/api/experiments/${id}`)),
  'GET /api/experiments/:id/voices': ({ experiments }) =>
    experiments.flatMap((id) =>
      [0, 1].flatMap((arm) =>
        ['', '&stratum=x'].map((stratum) => get(`/api/experiments/${id}/voices?arm=${arm}&kind=complaint${stratum}`)),
      ),
    ),
  'GET /api/pairs': () =>
    ['', '?window=7', '?window=30', '?window=8', '?scheme=temperament', '?scheme=x'].map((q) => get(`/api/pairs${q}`)),
  'GET /api/pairs/runs/:run': () => [1, 2, 3].map((run) => get(`/api/pairs/runs/${run}`)),
  'GET /api/pairs/runs/:run/look': () => [1, 2, 3].map((run) => get(`/api/pairs/runs/${run}/look?${ONE_PAIR}`)),
  'GET /api/pairs/runs/:run/customers': () => [1, 2, 3].map((run) => get(`/api/pairs/runs/${run}/customers?${ONE_PAIR}`)),
  'GET /api/pairs/runs/:run/complaints': () =>
    [1, 2, 3].flatMap((run) =>
      ['from=0&before=7', 'month=2026-03'].map((mark) => get(`/api/pairs/runs/${run}/complaints?${ONE_PAIR}&${mark}`)),
    ),
  'GET /api/import-template': () => [get('/api/import-template'), get('/api/import-template?as=customers&locale=en')],
};

/** For every changing route with scope: tries at things of another city, or of nothing. Each must be refused alike and change nothing. */
export const TRIES: Readonly<Record<string, (ids: Ids) => readonly InjectOptions[]>> = {
  'POST /api/recordings/:voice/effects': ({ voices }) =>
    voices.map((voice) => post(`/api/recordings/${voice}/effects`, { effect: 'most' })),
  'POST /api/members/:id/reset': ({ members }) => members.map((id) => post(`/api/members/${id}/reset`, { version: 1 })),
  'POST /api/members/:id/end-sessions': ({ members }) => members.map((id) => post(`/api/members/${id}/end-sessions`, {})),
  'PATCH /api/units/:id': ({ units }) =>
    units.map((id): InjectOptions => ({ method: 'PATCH', url: `/api/units/${id}`, payload: { version: 1, name: '别处' } })),
  'POST /api/units/:id/move': ({ units }) => units.map((id) => post(`/api/units/${id}/move`, { version: 1, to: 'ou_a1' })),
  'POST /api/units/:id/retire': ({ units }) => units.map((id) => post(`/api/units/${id}/retire`, { version: 1 })),
  'PATCH /api/members/:id': ({ members }) =>
    members.map((id): InjectOptions => ({ method: 'PATCH', url: `/api/members/${id}`, payload: { version: 1, disabled: true } })),
  'PUT /api/views/:id': ({ views }) =>
    views.map((id): InjectOptions => ({
      method: 'PUT',
      url: `/api/views/${id}`,
      payload: { name: '夺', query: '', audience: 'team', version: 1 },
    })),
  'DELETE /api/views/:id': ({ views }) => views.map((id): InjectOptions => ({ method: 'DELETE', url: `/api/views/${id}` })),
  'PATCH /api/imports/:id': ({ imports }) =>
    imports.map((id): InjectOptions => ({ method: 'PATCH', url: `/api/imports/${id}`, payload: { version: 1, options: {} } })),
  'POST /api/imports/:id/check': ({ imports }) => imports.map((id) => post(`/api/imports/${id}/check`, { version: 1 })),
  'POST /api/imports/:id/commit': ({ imports }) => imports.map((id) => post(`/api/imports/${id}/commit`, { version: 1 })),
  'POST /api/imports/:id/undo': ({ imports }) => imports.map((id) => post(`/api/imports/${id}/undo`, { version: 1, reason: '传错了' })),
  'POST /api/imports/:id/cancel': ({ imports }) => imports.map((id) => post(`/api/imports/${id}/cancel`, { version: 1 })),
  'POST /api/alarms/:id/acknowledge': ({ alarms }) =>
    alarms.map((id) => post(`/api/alarms/${id}/acknowledge`, { version: 1, reason: '看过' })),
  'POST /api/voices/:id/handling': ({ voices }) => voices.map((id) => post(`/api/voices/${id}/handling`, { kind: 'callback' })),
  'POST /api/alarms/:id/order': ({ alarms }) => alarms.map((id) => post(`/api/alarms/${id}/order`, {})),
  'POST /api/orders/:id/actions': ({ orders }) => orders.map((id) => post(`/api/orders/${id}/actions`, { action: 'accept', version: 1 })),
  'PUT /api/experiments/:id': ({ experiments }) =>
    experiments.map((id): InjectOptions => ({ method: 'PUT', url: `/api/experiments/${id}`, payload: { ...EXPERIMENT, version: 1 } })),
  ...Object.fromEntries(
    [
      ['cohort', { where: [] }],
      ['start', {}],
      ['stop', { reason: '够了' }],
      ['conclude', { decision: 'adopt' }],
    ].map(([verb, payload]) => [
      `POST /api/experiments/:id/${verb as string}`,
      ({ experiments }: Ids) =>
        experiments.map((id) => post(`/api/experiments/${id}/${verb as string}`, { version: 1, ...(payload as object) })),
    ]),
  ),
  'POST /api/experiments/:id/look': ({ experiments }) => experiments.map((id) => post(`/api/experiments/${id}/look`, {})),
  'POST /api/experiments/:id/cohort-file': ({ experiments }) =>
    experiments.map((id) => bytes(`/api/experiments/${id}/cohort-file?name=x.csv&version=1`, 'customer\nCB1\n')),
  'POST /api/experiments/:id/outcomes-file': ({ experiments }) =>
    experiments.map((id) => bytes(`/api/experiments/${id}/outcomes-file?name=x.csv&version=1&metric=x`, 'customer,x\nCB1,1\n')),
  'POST /api/pairs/runs/:run/cancel': () => [1, 2, 3].map((run) => post(`/api/pairs/runs/${run}/cancel`, {})),
  'POST /api/peaks/calls/:id/take': ({ calls }) => calls.map((id) => post(`/api/peaks/calls/${id}/take`, { version: 1 })),
  'POST /api/peaks/calls/:id/release': ({ calls }) => calls.map((id) => post(`/api/peaks/calls/${id}/release`, { version: 1 })),
  'POST /api/peaks/calls/:id/outcome': ({ calls }) =>
    calls.map((id) =>
      post(`/api/peaks/calls/${id}/outcome`, {
        version: 1,
        outcome: { reached: false, attitude: null, promise: '', solved: null, note: '' },
      }),
    ),
  'PUT /api/peaks/specialists/:id': ({ specialists }) =>
    specialists.map((id): InjectOptions => ({ method: 'PUT', url: `/api/peaks/specialists/${id}`, payload: { ...HOURS, version: 1 } })),
  'POST /api/orders/:id/comments': ({ orders }) => orders.map((id) => post(`/api/orders/${id}/comments`, { note: '看看' })),
};
