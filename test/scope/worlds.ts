import { sql } from 'kysely';
import type { InjectOptions } from 'fastify';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import { peaksOf } from './peaks-recipes.ts';
import { segmentRunsOf } from './segment-runs.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';

/** What the stories of a world need to say. */
export interface World {
  readonly product: TestProduct;
  /** A request that must go well; its answer. */
  do<T = Record<string, never>>(member: string, request: InjectOptions): Promise<T>;
  /** Sets the clock to so many seconds after the story began. */
  at(seconds: number): void;
}

const BEGIN = Date.parse('2026-03-10T02:00:00.000Z');

/**
 * The same days of city A, with or without everything else that happens: city B's voices, customers, imports, alarms, orders and
 * rules, and voices that nobody can place. The clock stands at the same instants in both.
 */
export async function tell(cities: 'a' | 'a and b'): Promise<World> {
  const both = cities === 'a and b';
  const product = await testProduct();
  const world = worldOf(product);
  await twoCities(product.ctx, both ? ['a', 'b'] : ['a']);
  await sql`
    insert into org_units (id, parent_id, level, name, name_en, department, path) values ('ou_pn', 'ou_p', 'department', '省网运部', 'Network', 'network', '/ou_p/ou_pn/')`.execute(
    product.ctx.db,
  );
  await rulesOfAll(world, both);
  const letters = both ? (['b', 'a'] as const) : (['a'] as const);
  world.at(10);
  for (const c of letters) await importFile(world, `me_${c}`, 'customers.csv', `customers-${c}`, customersCsv(c), 'customers');
  world.at(20);
  for (const c of letters) await importFile(world, `me_${c}`, 'voices.csv', `file-${c}`, voicesCsv(c, 30));
  world.at(30);
  await importFile(world, 'me_p', 'province.csv', 'hotline', voicesCsv('a', 12, 'p') + (both ? rowsCsv('b', 12, 'p') + nowhereCsv() : ''));
  world.at(40);
  for (const c of letters) await pushes(world, c);
  await product.settle();
  for (const c of letters) await deeds(world, c);
  world.at(120);
  await product.settle();
  return world;
}

function worldOf(product: TestProduct): World {
  return {
    product,
    async do<T>(member: string, request: InjectOptions) {
      const answer = await product.as(member, request);
      if (answer.status >= 300) throw new Error(`${member} ${request.method} ${String(request.url)}: ${answer.status} ${answer.text}`);
      return answer.body as T;
    },
    at: (seconds) => product.clock.set(new Date(BEGIN + seconds * 1000).toISOString()),
  };
}

const RULE = {
  names: { zh: '群诉', en: 'Many at once' },
  where: [],
  windowMinutes: 180,
  threshold: 3,
  holdMinutes: 0,
  department: 'network',
  severity: 'serious',
};

async function rulesOfAll(world: World, both: boolean): Promise<void> {
  for (const dimension of ['community', 'district', 'city', 'unit', 'plan']) {
    await world.do('me_p', { method: 'POST', url: '/api/rules', payload: { ...RULE, id: `many-${dimension}`, dimension } });
  }
  if (!both) return;
  const where = [{ field: 'city', in: ['B'] }];
  await world.do('me_bn', {
    method: 'POST',
    url: '/api/rules',
    payload: { ...RULE, id: 'of-b', dimension: 'community', where, recipients: ['net-b@example.test'] },
  });
}

export async function importFile(
  world: Pick<World, 'do' | 'product'>,
  member: string,
  name: string,
  source: string,
  text: string,
  as: 'voices' | 'customers' = 'voices',
): Promise<string> {
  const url = `/api/imports?name=${name}&source=${source}&as=${as}`;
  const headers = { 'content-type': 'application/octet-stream' };
  const { batch } = await world.do<{ batch: { id: string; version: number } }>(member, {
    method: 'POST',
    url,
    payload: Buffer.from(text),
    headers,
  });
  await world.do(member, { method: 'POST', url: `/api/imports/${batch.id}/commit`, payload: { version: batch.version } });
  await world.product.settle();
  return batch.id;
}

type City = 'a' | 'b';
const TEXTS = [
  '宽带断网了，光猫红灯亮',
  '话费多扣了，账单不对',
  '营业厅实名登记排队太久',
  '网速很慢，晚上看视频卡',
  '不知情开通了彩铃',
  '信号差，打电话断断续续',
];
const HEADER = '工单号,时间,类型,渠道,小区,受理单位,坐席,客户编号,套餐,评分,状态,内容';
/** Local wall time (+8) so many minutes before the story begins. */
const wall = (minutesBefore: number): string =>
  new Date(BEGIN + 8 * 3_600_000 - minutesBefore * 60_000).toISOString().slice(0, 19).replace('T', ' ');

/** A city's own columns beside the known ones; every seventh row has no readable time. */
function voicesCsv(c: City, count: number, prefix: string = c): string {
  const own = prefix === 'p' ? '' : `,${c === 'a' ? '甲方案' : '乙方案'}`;
  return `${HEADER}${own}\n${rowsCsv(c, count, prefix, own !== '')}`;
}

function rowsCsv(c: City, count: number, prefix: string, extra = false): string {
  const up = c.toUpperCase();
  return Array.from({ length: count }, (_, i) => {
    const at = i % 7 === 6 ? '昨天吧' : wall(i < 12 ? 5 + i * 9 : i * 500);
    const [unit, agent] = i % 3 === 0 ? [`ou_${c}1h`, `${up}-007`] : i % 3 === 1 ? [`ou_${c}1`, ''] : ['', ''];
    const place = i % 5 === 4 ? `${up}市` : `${up}1x`;
    const kind = ['投诉', '咨询', '抱怨'][i % 3] ?? '';
    const row = [
      `${prefix}${c}${i}`,
      at,
      kind,
      '热线',
      place,
      unit,
      agent,
      `C${up}${i % 4}`,
      i % 2 === 0 ? '畅享59' : `${up}套餐`,
      i % 10,
      '已办结',
    ];
    return `${[...row, `${TEXTS[i % TEXTS.length] ?? ''}${i}`, ...(extra ? [`${up}档`] : [])].join(',')}\n`;
  }).join('');
}

/** Voices without a region, handled by a unit that has none. */
function nowhereCsv(): string {
  return Array.from({ length: 8 }, (_, i) => `n${i},${wall(5 + i)},投诉,热线,,ou_pn,lost-own,,畅享59,1,未办,宽带断网了没有地方${i}\n`).join(
    '',
  );
}

function customersCsv(c: City): string {
  const up = c.toUpperCase();
  const rows = Array.from({ length: 8 }, (_, i) => [
    `C${up}${i}`,
    `S${up}${i}`,
    `${up}1x`,
    i % 2 === 0 ? '全球通' : '动感地带',
    i % 2 === 0 ? '20-29' : '40-49',
    i % 3 === 0 ? '高' : '低',
    '宽带',
    `${up}套餐`,
    '2025-01-01',
  ]);
  return `客户编号,用户编号,小区,品牌,年龄段,价值等级,产品,套餐,入网时间\n${rows.map((row) => row.join(',')).join('\n')}\n`;
}

async function pushes(world: World, c: City): Promise<void> {
  const up = c.toUpperCase();
  for (let i = 0; i < 5; i++) {
    const voice = {
      id: `push-${c}-${i}`,
      kind: 'complaint',
      channel: 'hotline',
      text: `宽带断网，${TEXTS[i] ?? ''}`,
      region: `${up}1x`,
      unit: `ou_${c}1h`,
      agent: `${up}-007`,
      customer: `C${up}${i}`,
      attributes: { [c === 'a' ? '甲字段' : '乙字段']: `${up}值${i}` },
      turns: [{ speaker: 'customer', text: '断网了' }],
    };
    await world.do(`me_${c}g`, {
      method: 'POST',
      url: `/api/voices?source=push-${c}`,
      payload: voice,
      headers: { 'idempotency-key': `${c}${i}` },
    });
  }
}

interface Listed {
  readonly rows: readonly {
    readonly id: string;
    readonly version: number;
    readonly state: string;
    readonly entity: { readonly dimension: string };
  }[];
}

/** What people of the city do about their alarms. */
async function deeds(world: World, c: City): Promise<void> {
  const up = c.toUpperCase();
  world.at(50);
  const network = `me_${c}n`;
  const { rows } = await world.do<Listed>(network, { method: 'GET', url: '/api/alarms?state=firing' });
  const alarm = rows.find((row) => row.entity.dimension === 'community');
  if (alarm === undefined) throw new Error(`No alarm fires in city ${up}.`);
  await world.do(network, {
    method: 'POST',
    url: `/api/alarms/${alarm.id}/acknowledge`,
    payload: { version: alarm.version, reason: '已派人' },
  });
  const { order } = await world.do<{ order: { id: string } }>(network, {
    method: 'POST',
    url: `/api/alarms/${alarm.id}/order`,
    payload: {},
  });
  await world.do(network, { method: 'POST', url: `/api/orders/${order.id}/comments`, payload: { note: `${up}等备件` } });
  world.at(60);
  let version = 1;
  for (const action of ['accept', 'start', 'finish', 'close']) {
    await world.do(network, { method: 'POST', url: `/api/orders/${order.id}/actions`, payload: { action, version, note: `${up}处理` } });
    version += 1;
  }
  await world.product.settle();
  await experiment(world, c);
  await segmentRunsOf(world.product.ctx.db);
  const grieved = await rowsOf(
    world.product.ctx.db,
    sql<{ id: number }>`select id from voices where city = ${up} and kind = 'grievance' and customer is not null order by id limit 4`,
  );
  await peaksOf(
    world,
    up,
    `me_${c}1`,
    grieved.map((row) => row.id),
  );
  const finding = {
    title: `${up}市账单`,
    where: [{ field: 'plan', in: ['畅享59'] }],
    category: null,
    severity: 'notice',
    department: 'billing',
  };
  for (const audience of ['private', 'team', 'public'])
    await world.do(`me_${c}`, {
      method: 'POST',
      url: '/api/views',
      payload: { page: 'voices', name: `${up}市的投诉（${audience}）`, query: `f=city:${up}`, audience },
    });
  for (const entity of [
    { dimension: 'city', value: up },
    { dimension: 'district', value: `${up}1` },
  ]) {
    world.at(61);
    await world.do(`me_${c}`, {
      method: 'POST',
      url: '/api/orders',
      payload: { ...finding, title: `${finding.title}${entity.value}`, entity },
    });
  }
}

/** One runs, one is a draft; the customers of both are the city's own. */
async function experiment(world: World, c: City): Promise<void> {
  const draft = {
    name: `${c.toUpperCase()}市先回电`,
    strategy: '先回电再处理',
    arms: [
      { name: '对照组', share: 1 },
      { name: '回电组', share: 1 },
    ],
    metrics: [{ name: '投诉', source: 'complaint', direction: 'down' }],
    strata: ['brand'],
    windowDays: 30,
  };
  const member = `me_${c}`;
  const post = (path: string, payload: object) =>
    world.do<{ experiment: { id: string; version: number } }>(member, { method: 'POST', url: `/api/experiments${path}`, payload });
  for (const [i, name] of [draft.name, `${draft.name}（草稿）`].entries()) {
    const { experiment: made } = await post('', { ...draft, name });
    const { experiment: chosen } = await post(`/${made.id}/cohort`, { version: made.version, where: [] });
    if (i === 0) await post(`/${made.id}/start`, { version: chosen.version });
  }
}
