import { FIRST_PEAKS } from '../../src/act/peaks/settings.ts';
import type { TestProduct } from '../kit/product.ts';
import { HOURS, peaksOf } from '../scope/peaks-recipes.ts';
import { LEVELS } from '../scope/reads.ts';

/** A request that must go well. */
export type Answer = <T>(
  member: string,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<T>;

interface Planting {
  readonly product: TestProduct;
  readonly answer: Answer;
  /** Another script each time, behind a label, of at most so many characters. */
  readonly next: (label: string, most?: number) => string;
  /** An import with rejected rows, and an order of city A. */
  readonly batch: string;
  readonly order: string;
}
interface Made {
  readonly id: string;
  readonly version: number;
}

const OUTAGE = 'fixed/broadband/outage';
const BYTES = { 'content-type': 'application/octet-stream' };
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What people do and write beside voices, rules, alarms and orders; answers addresses where it is shown. */
export async function plantDeeds(planting: Planting): Promise<readonly string[]> {
  await customers(planting);
  await reasons(planting);
  await settings(planting);
  await people(planting);
  return [
    ...(await experiments(planting)),
    ...(await desk(planting)),
    ...['pressure', 'matrix', 'strategies', 'chains', 'cost'].map((tab) => `/handling?tab=${tab}`),
    ...['map', 'calls', 'ends', 'specialists', 'settings'].map((tab) => `/peaks?tab=${tab}`),
    '/alarms/rules?rule=attacked',
    '/voices?period=90d&evidence=all&shown=9',
    '/pain-points?view=touchpoints&period=90d',
    '/pain-points?view=words&period=90d',
    '/knowledge?view=unmapped',
    '/levels?level=4',
  ];
}

/** A file that is imported. */
async function brought({ product, answer }: Planting, query: string, rows: readonly (readonly string[])[]): Promise<Made> {
  const text = Buffer.from(rows.map((row) => row.map(quoted).join(',')).join('\n'));
  const { batch } = await answer<{ batch: Made }>('me_p', 'POST', `/api/imports?${query}`, text, BYTES);
  await answer('me_p', 'POST', `/api/imports/${batch.id}/commit`, { version: batch.version });
  await product.settle();
  return (await answer<{ batch: Made }>('me_p', 'GET', `/api/imports/${batch.id}`)).batch;
}

async function customers(planting: Planting): Promise<void> {
  const { next } = planting;
  const rows = Array.from({ length: 24 }, (_, i) => {
    const told = ['品牌', '20-29', '高', '宽带', '套餐'].map((label) => next(label));
    return [`c${i}`, `s${i}`, 'A1x', ...told, '2025-01-01'];
  });
  const titles = ['客户编号', '用户编号', '小区', '品牌', '年龄段', '价值等级', '产品', '套餐', '入网时间'];
  await brought(planting, 'name=customers.csv&source=customers&as=customers', [titles, ...rows]);
}

/** One runs, one is decided on, one is a table of somebody else's. */
async function experiments({ answer, next }: Planting): Promise<readonly string[]> {
  const draft = () => ({
    name: next('实验', 100),
    strategy: next('做法'),
    arms: [
      { name: next('对照', 60), share: 1 },
      { name: next('新', 60), share: 1, offer: next('送') },
    ],
    metrics: [
      { name: next('投诉', 60), source: 'complaint', direction: 'down' },
      { name: next('离网', 60), source: 'outcome', direction: 'down' },
    ],
    strata: [],
    windowDays: 14,
  });
  const change = async (path: string, payload: object) =>
    (await answer<{ experiment: Made }>('me_p', 'POST', `/api/experiments${path}`, payload)).experiment;
  const started = async (): Promise<Made> => {
    const made = await change('', draft());
    const chosen = await change(`/${made.id}/cohort`, { version: made.version, where: [] });
    return change(`/${made.id}/start`, { version: chosen.version });
  };
  const runs = await started();
  const ended = await started();
  const stopped = await change(`/${ended.id}/stop`, { version: ended.version, reason: next('原因') });
  await change(`/${ended.id}/conclude`, { version: stopped.version, decision: 'adopt', note: next('结论') });
  const arms = [next('甲', 60), next('乙', 60)];
  const title = next('列', 60).replaceAll(/[",]/g, ' ');
  const csv = [['组', title], ...Array.from({ length: 40 }, (_, i) => [arms[i % 2] ?? '', String(i % 3 === 0 ? 1 : 0)])];
  const query = new URLSearchParams({ name: next('表', 100), arm: '组', metric: title, control: arms[0] ?? '' });
  const table = await answer<{ experiment: Made }>(
    'me_p',
    'POST',
    `/api/experiments/tables?${query.toString()}`,
    Buffer.from(csv.map((row) => row.map(quoted).join(',')).join('\n')),
    BYTES,
  );
  return [runs.id, ended.id, table.experiment.id].map((id) => `/experiments/${id}`);
}

/** What an agent records, and what a specialist notes of a call. */
async function desk({ product, answer, next }: Planting): Promise<readonly string[]> {
  const recording = { customer: null, category: OUTAGE, text: next('断网'), demand: next('要求'), solution: next('答复') };
  await answer('me_ag', 'POST', '/api/recordings', recording, { 'idempotency-key': 'planted' });
  const said = { id: next('peak'), kind: 'grievance', text: next('账单多扣了钱'), region: 'A1x', unit: 'ou_a1h', customer: next('c') };
  const { ids } = await answer<{ ids: readonly number[] }>('me_ag', 'POST', '/api/voices?source=peaks', said, {
    'idempotency-key': 'peak',
  });
  await peaksOf({ product }, 'A', 'me_a1', ids);
  await answer('me_a', 'PUT', '/api/peaks/specialists/sp_me_a1_A', { ...HOURS, duties: next('职责'), version: 1 });
  const call = `/api/peaks/calls/pc_${ids[0]}`;
  await answer('me_a1', 'POST', `${call}/take`, { version: 1 });
  const outcome = { reached: true, attitude: 'calm', promise: next('承诺'), solved: 'partly', note: next('备注') };
  await answer('me_a1', 'POST', `${call}/outcome`, { version: 2, outcome });
  await product.settle();
  return [`/peaks?tab=calls&call=pc_${ids[0]}`, `/voices?period=90d&voice=${ids[0]}`];
}

/** Why somebody looked at what is masked, took something out or back, and what was noted with each step of an order. */
async function reasons(planting: Planting): Promise<void> {
  const { product, answer, next, batch, order } = planting;
  const { rows } = await answer<{ rows: readonly { id: number }[] }>('me_p', 'POST', '/api/voices/search', { where: [], limit: 1 });
  await answer('me_p', 'POST', `/api/voices/${rows[0]?.id}/reveal`, { reason: next('查看') });
  await answer('me_p', 'POST', `/api/imports/${batch}/rejected/reveal`, { reason: next('核对') });
  await answer('me_p', 'POST', `/api/imports/${batch}/rejected/file`, { format: 'csv', reason: next('改正'), locale: 'zh' });
  const sheet = {
    name: 'orders',
    title: next('表', 60),
    columns: [{ title: next('列') }],
    rows: [[next('格')]],
    filters: [next('筛')],
    total_rows: 1,
  };
  await answer('me_p', 'POST', '/api/exports/table', sheet);
  const file = [
    ['工单号', '时间', '类型', '内容'],
    ['u1', '2026-01-05 10:00', '投诉', next('账单')],
  ];
  const { id, version } = await brought(planting, 'name=undone.csv&source=undone', file);
  await answer('me_p', 'POST', `/api/imports/${id}/undo`, { version, reason: next('撤销') });
  for (const [i, action] of ['accept', 'start', 'finish', 'close'].entries())
    await answer('me_an', 'POST', `/api/orders/${order}/actions`, { action, version: i + 1, note: next(action) });
  await product.settle();
}

async function settings({ answer, next }: Planting): Promise<void> {
  const names = (label: string) => ({ zh: next(label), en: next(label) });
  const lines = [
    {
      kind: 'expectation',
      value: { pain: OUTAGE, segment: null, expectation: names('期望'), solution: names('方案'), department: 'network' },
    },
    { kind: 'strategy', value: { level: 4, tier: 'high', who: names('谁'), within_hours: 4, offer: names('送') } },
    { kind: 'cost', value: { code: 'complaint', names: names('投诉'), unit_cost: 55, low: 40, high: 90, assumption: true } },
  ];
  for (const change of lines) await answer('me_p', 'POST', '/api/handling/lines', { change, reason: next('原因') });
  await answer('me_p', 'PUT', '/api/levels/settings', { settings: LEVELS, seen: 0, note: next('说明') });
  await answer('me_p', 'PUT', '/api/peaks/settings', { settings: { ...FIRST_PEAKS, hold_out: 0.1 }, seen: 0, reason: next('原因') });
}

async function people({ product, answer, next }: Planting): Promise<void> {
  for (const member of ['me_p', 'me_o']) await answer(member, 'POST', '/api/me/tokens', { name: next('令牌', 80), days: 1 });
  await answer('me_o', 'POST', '/api/members', { login: 'planted', name: next('人', 100), unit: 'ou_a1h', roles: ['agent'], scope: 'own' });
  await answer('me_o', 'POST', '/api/units', { parent: 'ou_a1', level: 'unit', name: next('班', 100), name_en: next('team', 100) });
  for (let i = 0; i < 5; i++)
    await product.as('me_p', { method: 'POST', url: '/api/session', payload: { login: next('login', 64), password: 'x' } });
}
