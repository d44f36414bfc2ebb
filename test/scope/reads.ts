import type { InjectOptions } from 'fastify';
import { DIMENSIONS, MEASURES } from '../../src/analyse/vocabulary.ts';

/** Ids of things of either city, and of nothing: the same list is asked for in both worlds. */
export interface Ids {
  readonly voices: readonly (string | number)[];
  readonly alarms: readonly string[];
  readonly orders: readonly string[];
  readonly imports: readonly string[];
  readonly events: readonly string[];
  readonly members: readonly string[];
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

const WRONG_CURSORS = ['x', 'MjAyNi0wMy0xMFQwMjowMDowMC4wMDBafngx', '%00', '1~2'];

/** For every route whose answer depends on scope: what it is asked. */
export const READS: Readonly<Record<string, (ids: Ids) => readonly InjectOptions[]>> = {
  'GET /api/me': () => [get('/api/me')],
  'GET /api/vocabulary': () => [get('/api/vocabulary')],
  'GET /api/overview': () => [get('/api/overview')],
  'GET /api/organisation': () => [get('/api/organisation')],
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
  'GET /api/voices/:id': ({ voices }) => voices.map((id) => get(`/api/voices/${id}`)),
  'POST /api/voices/:id/reveal': ({ voices }) => voices.map((id) => post(`/api/voices/${id}/reveal`, { reason: '客户来电核实' })),
  'GET /api/alarms': () => [
    ...['', '?state=firing', '?state=acknowledged', '?state=resolved', '?historical=true', '?historical=false', '?limit=1'].map((q) =>
      get(`/api/alarms${q}`),
    ),
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
      '?limit=1',
    ].map((q) => get(`/api/orders${q}`)),
    ...WRONG_CURSORS.map((cursor) => get(`/api/orders?cursor=${cursor}`)),
  ],
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
};

/** For every changing route with scope: tries at things of another city, or of nothing. Each must be refused alike and change nothing. */
export const TRIES: Readonly<Record<string, (ids: Ids) => readonly InjectOptions[]>> = {
  'PATCH /api/members/:id': ({ members }) =>
    members.map((id): InjectOptions => ({ method: 'PATCH', url: `/api/members/${id}`, payload: { version: 1, disabled: true } })),
  'PATCH /api/imports/:id': ({ imports }) =>
    imports.map((id): InjectOptions => ({ method: 'PATCH', url: `/api/imports/${id}`, payload: { version: 1, options: {} } })),
  'POST /api/imports/:id/check': ({ imports }) => imports.map((id) => post(`/api/imports/${id}/check`, { version: 1 })),
  'POST /api/imports/:id/commit': ({ imports }) => imports.map((id) => post(`/api/imports/${id}/commit`, { version: 1 })),
  'POST /api/imports/:id/cancel': ({ imports }) => imports.map((id) => post(`/api/imports/${id}/cancel`, { version: 1 })),
  'POST /api/alarms/:id/acknowledge': ({ alarms }) =>
    alarms.map((id) => post(`/api/alarms/${id}/acknowledge`, { version: 1, reason: '看过' })),
  'POST /api/alarms/:id/order': ({ alarms }) => alarms.map((id) => post(`/api/alarms/${id}/order`, {})),
  'POST /api/orders/:id/actions': ({ orders }) => orders.map((id) => post(`/api/orders/${id}/actions`, { action: 'accept', version: 1 })),
  'POST /api/orders/:id/comments': ({ orders }) => orders.map((id) => post(`/api/orders/${id}/comments`, { note: '看看' })),
};

const FINDING = { title: '别处', category: null, severity: 'notice', department: 'network' };
const upload = (query: string, text: string): InjectOptions => ({
  method: 'POST',
  url: `/api/imports?${query}`,
  payload: Buffer.from(text),
  headers: { 'content-type': 'application/octet-stream' },
});
const push = (source: string, voice: object, key: string): InjectOptions => ({
  method: 'POST',
  url: `/api/voices?source=${source}`,
  payload: { kind: 'complaint', text: '断网', ...voice },
  headers: { 'idempotency-key': key },
});

/** Routes that make something new: with names that only city B uses. What they answer must not tell that B uses them. */
export const MAKERS: Readonly<Record<string, () => readonly InjectOptions[]>> = {
  'POST /api/orders': () => [
    post('/api/orders', { ...FINDING, where: [], entity: { dimension: 'community', value: 'B1x' } }),
    post('/api/orders', { ...FINDING, where: [], entity: { dimension: 'unit', value: 'ou_b1h' } }),
    post('/api/orders', { ...FINDING, where: [{ field: 'city', in: ['B'] }] }),
    post('/api/orders', {
      ...FINDING,
      where: [{ field: 'plan', in: ['B套餐'] }],
      title: '套餐',
      entity: { dimension: 'plan', value: 'B套餐' },
    }),
  ],
  'POST /api/imports': () => [
    upload('name=x.csv&source=new-of-a', '编号,内容\n1,x\n'),
    upload('name=y.csv&source=file-b', '编号,内容\n1,x\n'),
    upload('name=z.csv&source=customers-b', 'x\n'),
  ],
  'POST /api/voices': () => [
    push('fresh', { id: '1', region: 'A1x' }, 'k1'),
    push('push-b', { id: 'push-b-1', region: 'A1x' }, 'k2'),
    push('fresh', { id: '2', region: 'B1x' }, 'k3'),
    push('fresh', { id: '3', customer: 'CB1' }, 'k4'),
    push('fresh', { id: '4', unit: 'ou_b1h' }, 'k5'),
    push('fresh', { id: '5' }, 'b1'),
  ],
};
