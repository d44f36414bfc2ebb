import { sql } from 'kysely';
import type { TestProduct } from '../kit/product.ts';
import { SCRIPTS } from './payloads.ts';
import { type Answer, plantDeeds } from './planted-deeds.ts';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
let turn = 0;
/** Each field gets another way of running a script, of what it can hold, so that all are tried somewhere. */
function next(label: string, most = 200): string {
  for (;;) {
    const text = `${label}${SCRIPTS[turn++ % SCRIPTS.length] ?? ''}`;
    if (text.length <= most) return text;
  }
}

const TITLES = ['工单号', '时间', '类型', '渠道', '小区', '坐席', '客户编号', '套餐', '产品', '品牌', '状态', '内容'];

/** Voices of many texts in which everything that a file may say is a script; enough in one estate to raise an alarm. */
function attackedFile(now: number): string {
  const local = (minutesAgo: number): string =>
    new Date(now - minutesAgo * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const own = SCRIPTS.slice(0, 16).map((script, i) => `列${i}${script}`);
  const rows = SCRIPTS.concat(SCRIPTS).map((script, i) => {
    const known = [`x${i}${script}`, local(5 + i), '报障', '热线', 'A1x', `g${script}`, `c${i}${script}`, next('套餐'), next('产品')];
    return [...known, next('品牌'), next('状态'), `宽带断网了，光猫亮红灯 ${script}`, ...own.map(() => script)];
  });
  const broken = SCRIPTS.map((script, i) => [`y${i}`, script, script, script, script, ...Array<string>(own.length + 7).fill(script)]);
  return [[...TITLES, ...own], ...rows, ...broken].map((row) => row.map(quoted).join(',')).join('\n');
}

/** Fills every text that somebody may write with scripts; answers the addresses of single things to open. */
export async function plantScripts(product: TestProduct): Promise<readonly string[]> {
  const { db } = product.ctx;
  for (const table of ['regions', 'org_units'])
    await sql`update ${sql.table(table)} set name = name || ${next('')}, name_en = name_en || ${next('')}`.execute(db);
  await sql`update members set name = name || ${next('')}`.execute(db);
  const answer: Answer = async (member, method, url, payload, headers = {}) => {
    product.clock.advanceMs(1000);
    const got = await product.as(member, { method, url, headers, ...(payload === undefined ? {} : { payload }) });
    if (got.status >= 300) throw new Error(`${member} ${method} ${url}: ${got.status} ${got.text}`);
    return got.body as never;
  };
  const name = encodeURIComponent(`${next('file')}.csv`);
  const source = encodeURIComponent(next('来源'));
  const upload = await product.as('me_p', {
    method: 'POST',
    url: `/api/imports?name=${name}&source=${source}`,
    payload: Buffer.from(attackedFile(product.clock.nowMs())),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { batch } = upload.body as { batch: { id: string; version: number } };
  await answer('me_p', 'POST', `/api/imports/${batch.id}/commit`, { version: batch.version });
  await product.settle();
  const rule = { dimension: 'community', where: [], windowMinutes: 180, threshold: 3, holdMinutes: 0, department: 'network' };
  await answer('me_p', 'POST', '/api/rules', {
    ...rule,
    id: 'attacked',
    severity: 'serious',
    names: { zh: next('规则', 100), en: next('rule', 100) },
  });
  await product.settle();
  const { rows } = await answer<{ rows: { id: string; version: number }[] }>('me_p', 'GET', '/api/alarms?state=firing');
  const alarm = rows[0];
  if (alarm === undefined) throw new Error('No alarm fires on the planted voices.');
  await answer('me_p', 'POST', `/api/alarms/${alarm.id}/acknowledge`, { version: alarm.version, reason: next('原因') });
  const fromAlarm = await answer<{ order: { id: string } }>('me_p', 'POST', `/api/alarms/${alarm.id}/order`, {});
  const finding = { title: next('工单'), note: next('说明'), where: [], category: null, severity: 'notice', department: 'network' };
  const { order } = await answer<{ order: { id: string } }>('me_p', 'POST', '/api/orders', finding);
  for (const { id } of [fromAlarm.order, order]) await answer('me_p', 'POST', `/api/orders/${id}/comments`, { note: next('备注') });
  await answer('me_p', 'POST', '/api/views', {
    page: 'voices',
    name: next('视图', 60),
    query: `q=${encodeURIComponent(next(''))}`,
    audience: 'public',
  });
  const deeds = await plantDeeds({ product, answer, next, batch: batch.id, order: fromAlarm.order.id });
  const { rows: voices } = await answer<{ rows: { id: number }[] }>('me_p', 'POST', '/api/voices/search', { where: [], limit: 3 });
  return [
    ...deeds,
    `/imports/${batch.id}`,
    `/alarms?alarm=${alarm.id}`,
    `/orders/${order.id}`,
    `/orders/${fromAlarm.order.id}`,
    ...voices.map(({ id }) => `/voices?period=90d&voice=${id}`),
    `/voices?period=90d&q=${encodeURIComponent(SCRIPTS[1] ?? '')}`,
    `/pain-points?by=plan&period=90d&f=plan:${encodeURIComponent(SCRIPTS[1] ?? '')}`,
    `/pain-points?by=${encodeURIComponent(`attr:列1${SCRIPTS[1] ?? ''}`)}&period=90d`,
    ...['plan', 'status', 'brand', 'unit', 'source', 'agent'].map((by) => `/pain-points?by=${by}&period=90d`),
    `/nowhere/${encodeURIComponent(SCRIPTS[0] ?? '')}`,
  ];
}
