import type { InjectOptions } from 'fastify';
import { HOURS } from './peaks-recipes.ts';

const post = (url: string, payload: object): InjectOptions => ({ method: 'POST', url, payload });
export const bytes = (url: string, text: string): InjectOptions => ({
  method: 'POST',
  url,
  payload: Buffer.from(text),
  headers: { 'content-type': 'application/octet-stream' },
});

/** A rule that never breaks. */
export const RULE = {
  names: { zh: '多', en: 'Many' },
  dimension: 'plan',
  where: [],
  windowMinutes: 60,
  threshold: 999,
  holdMinutes: 0,
  department: 'network',
  severity: 'notice',
};

/** A draft that would do in any city. */
export const EXPERIMENT = {
  name: '夺',
  strategy: '夺',
  arms: [
    { name: '对照', share: 1 },
    { name: '新', share: 1 },
  ],
  metrics: [{ name: '投诉', source: 'complaint', direction: 'down' }],
  strata: [],
  windowDays: 7,
};
const INVITED = { login: 'somebody-new', name: '新人', roles: ['agent'], scope: 'own' };
const FRESH_UNIT = { level: 'unit', name: '新班', name_en: 'New team' };
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
  'POST /api/members': () => [
    post('/api/members', { ...INVITED, unit: 'ou_b' }),
    post('/api/members', { ...INVITED, unit: 'ou_b1h', scope: 'unit' }),
    post('/api/members', { ...INVITED, unit: 'ou_never' }),
    post('/api/members', { ...INVITED, unit: 'ou_p' }),
    post('/api/members', { ...INVITED, unit: 'ou_a', staff_no: 'B-007' }),
    post('/api/members', { ...INVITED, unit: 'ou_a', scope: 'province' }),
  ],
  'POST /api/units': () => [
    post('/api/units', { ...FRESH_UNIT, parent: 'ou_b' }),
    post('/api/units', { ...FRESH_UNIT, parent: 'ou_never' }),
    post('/api/units', { ...FRESH_UNIT, parent: 'ou_a', level: 'district', region: 'B1' }),
    post('/api/units', { ...FRESH_UNIT, parent: 'ou_a', level: 'district', region: 'none' }),
  ],
  'POST /api/pairs/runs': () =>
    [{ window: 7 }, { window: 8 }, { window: 7, scheme: 'temperament' }].map((asked) => post('/api/pairs/runs', asked)),
  'POST /api/views': () =>
    ['B市', 'A市'].flatMap((name) =>
      ['private', 'team', 'public'].map((audience) => post('/api/views', { page: 'voices', name, query: 'f=city:B', audience })),
    ),
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
  'POST /api/experiments': () => [post('/api/experiments', { ...EXPERIMENT, name: 'B市先回电' })],
  'POST /api/experiments/tables': () => [
    bytes('/api/experiments/tables?name=B&arm=arm&metric=hit&control=A', 'arm,hit\nA,1\nB,0\nA,0\nB,1\n'),
    bytes('/api/experiments/tables?name=B&arm=arm&metric=no&control=A', 'arm,hit\nA,1\nB,0\n'),
  ],
  'POST /api/experiments/demonstration': () => [post('/api/experiments/demonstration', {})],
  'POST /api/peaks/specialists': () =>
    ['me_b1', 'me_never', 'me_a1'].flatMap((member) =>
      ['B', 'none'].map((city) => post('/api/peaks/specialists', { ...HOURS, member, city })),
    ),
  'POST /api/peaks/comforts': () =>
    ['B', 'none', 'A'].map((city) => post('/api/peaks/comforts', { city, level: 4, tier: 'usual', customers: 1000 })),
  'POST /api/peaks/effects': () => [post('/api/peaks/effects', { experiment: 'experiment_never', seen: 0, reason: '试' })],
  'POST /api/imports': () => [
    upload('name=x.csv&source=new-of-a', '编号,内容\n1,x\n'),
    upload('name=y.csv&source=file-b', '编号,内容\n1,x\n'),
    upload('name=z.csv&source=customers-b', 'x\n'),
  ],
  'POST /api/agreement/samples': () => [
    post('/api/agreement/samples', { from: '2026-03-01T00:00:00.000Z', before: '2026-03-11T00:00:00.000Z', size: 5 }),
    post('/api/agreement/samples', { from: '2020-03-01T00:00:00.000Z', before: '2020-03-11T00:00:00.000Z', size: 5 }),
  ],
  'POST /api/agreement/codes': () => [post('/api/agreement/codes', { sample: 'never', voice: 7, category: 'fixed/broadband/outage' })],
  'POST /api/recordings': () =>
    ['CB1', 'CA1', 'nobody', null].map((customer, i) => ({
      ...post('/api/recordings', { customer, category: 'fixed/broadband/outage' }),
      headers: { 'idempotency-key': `r${i}` },
    })),
  'POST /api/voices': () => [
    push('fresh', { id: '1', region: 'A1x' }, 'k1'),
    push('push-b', { id: 'push-b-1', region: 'A1x' }, 'k2'),
    push('fresh', { id: '2', region: 'B1x' }, 'k3'),
    push('fresh', { id: '3', customer: 'CB1' }, 'k4'),
    push('fresh', { id: '4', unit: 'ou_b1h' }, 'k5'),
    push('fresh', { id: '5' }, 'b1'),
  ],
};
