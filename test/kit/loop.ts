import { sql } from 'kysely';
import { pino } from 'pino';
import type { MemberId, UnitId } from '../../src/model/ids.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { Viewer } from '../../src/model/people.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Context } from '../../src/platform/context.ts';
import type { Jobs } from '../../src/platform/jobs/jobs.ts';
import type { Db } from '../../src/platform/postgres/db.ts';
import type { Warehouse } from '../../src/platform/warehouse/warehouse.ts';
import { SOME_MORNING, testClock } from './clock.ts';
import { keyedIds } from './ids.ts';

/** A queue that only remembers what was put into it: for tests that run the work themselves. */
export function rememberedJobs(): Jobs & { readonly put: { readonly queue: string; readonly payload: object }[] } {
  const put: { readonly queue: string; readonly payload: object }[] = [];
  return {
    put,
    enqueue: async (_tx, queue, payload) => {
      put.push({ queue, payload });
    },
    nudge: () => undefined,
    dead: async () => [],
    ticks: () => [],
    pulse: async () => ({ beatAgoSeconds: null, oldestSeconds: null }),
    replay: async () => false,
    depth: async () => ({}),
    idle: async () => true,
  };
}

const NO_WAREHOUSE: Warehouse = new Proxy({} as Warehouse, {
  get: () => {
    throw new Error('This test has no warehouse.');
  },
});

const NO_POOL: Context['pool'] = new Proxy({} as Context['pool'], {
  get: () => {
    throw new Error('This test copies nothing to the outside.');
  },
});

export type LoopContext = Omit<Context, 'clock' | 'jobs'> & {
  readonly clock: ReturnType<typeof testClock>;
  readonly jobs: ReturnType<typeof rememberedJobs>;
};

/** Everything that warn, act and verify need: Postgres and a clock that the test moves. */
export function loopContext(db: Db, settings: Readonly<Record<string, string>> = {}): LoopContext {
  return {
    config: readConfig({ VOXLOOP_PUBLIC_URL: 'https://voxloop.example', VOXLOOP_MAIL_FROM: 'voxloop@example.org', ...settings }),
    db,
    bulk: db,
    patient: db,
    pool: NO_POOL,
    warehouse: NO_WAREHOUSE,
    clock: testClock(SOME_MORNING),
    random: () => 0.5,
    ids: keyedIds(),
    jobs: rememberedJobs(),
    log: pino({ level: 'silent' }),
    pack: SMALL_PACK,
    reader: { version: 'none', read: async () => [], readNew: async () => ({ store: async () => undefined }) },
  };
}

const both = (text: string): { zh: string; en: string } => ({ zh: text, en: text });
const OFFICE_HOURS = [
  { from: '08:30', before: '12:00' },
  { from: '13:30', before: '18:00' },
];
const outage = { business: 'broadband', support: 'access', bearer: 'fibre' };

export const SMALL_PACK: Pack = {
  id: 'small',
  version: '1',
  names: both('small'),
  departments: [
    { code: 'network', names: { zh: '网运部', en: 'Network operations' } },
    { code: 'billing', names: { zh: '计费', en: 'Billing' } },
    { code: 'service', names: { zh: '客服部', en: 'Customer service' } },
  ],
  business_types: [{ code: 'broadband', names: both('broadband') }],
  support_systems: [{ code: 'access', names: both('access') }],
  bearer_networks: [{ code: 'fibre', names: both('fibre') }],
  stages: [],
  products: [],
  categories: [
    { code: 'fixed', names: { zh: '固网通信质量', en: 'Fixed network' } },
    { code: 'fixed/broadband', names: { zh: '宽带', en: 'Broadband' } },
    { code: 'fixed/broadband/outage', names: { zh: '宽带断线', en: 'Broadband outage' }, cell: { ...outage, department: 'network' } },
    { code: 'billing', names: { zh: '资费与账单', en: 'Billing' } },
    { code: 'billing/charge', names: { zh: '计费', en: 'Charging' } },
    { code: 'billing/charge/wrong', names: { zh: '计费差错', en: 'Wrong charge' }, cell: { ...outage, department: 'billing' } },
  ],
  terms: [],
  counter_examples: [],
  scripts: [],
  handling_actions: [],
  told: { lasted_days: [], solved: [], yes: [], no: [] },
  dictionary: [],
  synonyms: [],
  examples: [],
  everyday: { openings: [], closings: [], fillings: [], nothing_said: [] },
  feelings: { angry: [], negative: [], positive: [] },
  kind_words: {},
  channel_words: {},
  warning_rules: [
    {
      id: 'community-outage',
      names: { zh: '小区宽带群障', en: 'Broadband outage in a community' },
      dimension: 'community',
      where: [{ field: 'category_1', in: ['fixed'] }],
      window_minutes: 60,
      threshold: 3,
      hold_minutes: 0,
      department: 'network',
      severity: 'critical',
    },
  ],
  segments: [
    { id: 'business-high', names: { zh: '商务高值', en: 'Business, high value' }, brands: ['商务'], tiers: ['金卡', '钻石'] },
    { id: 'business-usual', names: { zh: '商务普通', en: 'Business, usual value' }, brands: ['商务'], tiers: ['普通', '银卡'] },
  ],
  behaviour: {
    money: ['billing'],
    usage: { minutes: ['MOU'], megabytes: ['DOU'], messages: [], bill: ['ARPU'] },
    words: { impatient: ['马上'], price: ['退费'], cooperative: ['谢谢'], assertive: ['规定'], tolerant: ['算了'] },
  },
  due_minutes: { notice: 2400, serious: 960, critical: 240 },
  calendar: {
    week: { 1: OFFICE_HOURS, 2: OFFICE_HOURS, 3: OFFICE_HOURS, 4: OFFICE_HOURS, 5: OFFICE_HOURS },
    holidays: [],
    working_days: [],
  },
};

/** Two cities with a district and two communities each, a province with departments, city A with its own network department. */
export async function storeProvince(db: Db): Promise<void> {
  await sql`
    insert into regions (code, parent, level, name, name_en, city, district, community) values
      ('sd', null, 'province', '省', 'Province', null, null, null),
      ('a', 'sd', 'city', '甲市', 'City A', 'a', null, null), ('b', 'sd', 'city', '乙市', 'City B', 'b', null, null),
      ('a1', 'a', 'district', '甲东区', 'A East', 'a', 'a1', null), ('b1', 'b', 'district', '乙东区', 'B East', 'b', 'b1', null),
      ('a1x', 'a1', 'community', '和平小区', 'Peace Court', 'a', 'a1', 'a1x'), ('a1y', 'a1', 'community', '锦绣小区', 'Splendid Court', 'a', 'a1', 'a1y'),
      ('b1x', 'b1', 'community', '阳光小区', 'Sunshine Court', 'b', 'b1', 'b1x')`.execute(db);
  await sql`
    insert into org_units (id, parent_id, level, name, name_en, department, city, district, path) values
      ('p', null, 'province', '省公司', 'Province', null, null, null, '/p/'),
      ('p-net', 'p', 'department', '省网运部', 'Network operations', 'network', null, null, '/p/net/'),
      ('p-bill', 'p', 'department', '省计费', 'Billing', 'billing', null, null, '/p/bill/'),
      ('a', 'p', 'city', '甲市分公司', 'City A', null, 'a', null, '/p/a/'),
      ('a-net', 'a', 'department', '甲市网运部', 'Network operations A', 'network', 'a', null, '/p/a/net/'),
      ('b', 'p', 'city', '乙市分公司', 'City B', null, 'b', null, '/p/b/')`.execute(db);
  await sql`
    insert into members (id, login, name, email, unit_id, roles, scope, locale) values
      ('analyst', 'analyst', '分析员', null, 'p', '{analyst}', 'province', 'zh'),
      ('net-p', 'net-p', '省网运经理', 'net-p@example.org', 'p-net', '{manager}', 'province', 'en'),
      ('net-a', 'net-a', '甲市网运经理', 'net-a@example.org', 'a-net', '{manager}', 'city', 'zh'),
      ('net-a2', 'net-a2', '甲市维护', null, 'a-net', '{agent}', 'own', 'zh'),
      ('city-b', 'city-b', '乙市班组长', 'city-b@example.org', 'b', '{supervisor}', 'city', 'zh')`.execute(db);
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('hotline', 'hotline', 'p', 'voices', now())`.execute(db);
  await sql`
    insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('batch', 'hotline', 'analyst', 'voices', 'f', 'h', 0, 'p', 'done', now())`.execute(db);
}

const viewer = (member: string, part: Partial<Viewer> & Pick<Viewer, 'roles' | 'scope'>): Viewer => ({
  member: member as MemberId,
  name: member,
  unit: 'p' as UnitId,
  unitPath: '/p/',
  city: null,
  district: null,
  staffNo: null,
  department: null,
  locale: 'zh',
  ...part,
});

export const VIEWERS = {
  analyst: viewer('analyst', { roles: ['analyst'], scope: 'province' }),
  networkProvince: viewer('net-p', {
    roles: ['manager'],
    scope: 'province',
    unit: 'p-net' as UnitId,
    unitPath: '/p/net/',
    department: 'network',
  }),
  networkA: viewer('net-a', {
    roles: ['manager'],
    scope: 'city',
    unit: 'a-net' as UnitId,
    unitPath: '/p/a/net/',
    city: 'a',
    department: 'network',
  }),
  agentA: viewer('net-a2', {
    roles: ['agent'],
    scope: 'own',
    unit: 'a-net' as UnitId,
    unitPath: '/p/a/net/',
    city: 'a',
    department: 'network',
  }),
  cityB: viewer('city-b', { roles: ['supervisor'], scope: 'city', unit: 'b' as UnitId, unitPath: '/p/b/', city: 'b' }),
} as const;

export interface StoredVoice {
  readonly at: string;
  readonly community?: string;
  readonly category?: string | null;
  readonly plan?: string;
}

/** Stores voices with their readings, as ingest and understand do. Ids continue from `from`. */
export async function storeVoices(db: Db, from: number, voices: readonly StoredVoice[]): Promise<void> {
  const rows = voices.map((voice, i) => ({
    id: from + i,
    said_at: voice.at,
    community: voice.community ?? null,
    plan: voice.plan ?? null,
    category: voice.category === undefined ? 'fixed/broadband/outage' : voice.category,
  }));
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::json) as n (id bigint, said_at timestamptz, community text, plan text, category text)`;
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, plan, city, district, community,
      text, text_masked, batch_id)
    select n.id, 'hotline', n.id::text, '', n.said_at, true, now(), 'complaint', 'hotline', n.plan, g.city, g.district, n.community, '断网', '断网', 'batch'
    from ${given} left join regions g on g.code = n.community`.execute(db);
  await sql`
    insert into readings (voice_id, reader_version, category, feeling, language, confidence, because, read_at)
    select n.id, 'r1', n.category, 'neutral', 'zh', 1, '[]', now() from ${given}`.execute(db);
}

/** The voice is read anew by a later reader. */
export async function readAnew(db: Db, voice: number, category: string | null): Promise<void> {
  await sql`
    insert into readings (voice_id, reader_version, category, feeling, language, confidence, because, read_at)
    values (${voice}, 'r2', ${category}, 'neutral', 'zh', 1, '[]', now() + interval '1 second')`.execute(db);
}
