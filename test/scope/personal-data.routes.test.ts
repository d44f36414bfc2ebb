import type { AddressInfo } from 'node:net';
import { Workbook } from '@cj-tech-master/excelts';
import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeTable } from '../../src/app/routes.ts';
import { may } from '../../src/model/may.ts';
import { ROLES, type Role } from '../../src/model/people.ts';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import { sendAnnouncements } from '../../src/warn/announce.job.ts';
import { type Answered, type TestProduct, testProduct, twoCities } from '../kit/product.ts';
import { EXPERIMENT } from './makers.ts';
import { type Asked, numberedByPhone, PHONE_NUMBER, SHOWN_NUMBER, wherePhoneIsNamed } from './numbered-by-phone.ts';
import { peaksOf } from './peaks-recipes.ts';
import { type Ids, READS } from './reads.ts';
import { nameOf, pathOf } from './requests.ts';
import { segmentRunsOf } from './segment-runs.ts';
import { importFile, type World } from './worlds.ts';

const PHONE = '13987654321';
const ID = '370102199003077774';
const NAME = '欧阳惠雯';
const SAID_NAME = '司马寒松';
const HOUSE = '7号楼3单元1204室';
/** What must not be seen: digits as written and split, given names, the door. */
const CANARIES = [
  PHONE,
  '139 8765 4321',
  '139-8765-4321',
  '１３９８７６５４３２１',
  '98765432',
  '87654321',
  ID,
  '19900307',
  '惠雯',
  '寒松',
  // Four digits alone are part of many an id.
  '单元1204',
  '1204室',
];
/** Some sources know their customers by phone number: it is stored and counted by, and leaves masked. */
const CUSTOMER_CANARIES = [...CANARIES, PHONE_NUMBER, PHONE_NUMBER.slice(2, 10)];
const TEXT = `宽带断网，我叫${SAID_NAME}，电话${PHONE}，也可打139 8765 4321或１３９８７６５４３２１，身份证${ID}，住幸福里小区${HOUSE}，${NAME}办的`;

let product: TestProduct;
const letters: string[] = [];
const logged: string[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, done) => {
    stream.on('data', (part: Buffer) => letters.push(part.toString('utf8'))).on('end', () => done());
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  const port = (smtp.server.address() as AddressInfo).port;
  product = await testProduct({ log, env: { VOXLOOP_SMTP_URL: `smtp://127.0.0.1:${port}` } });
  await twoCities(product.ctx, ['a']);
  for (const role of ROLES) {
    await sql`insert into members (id, login, name, unit_id, roles, scope) values (${`me_as_${role}`}, ${`as-${role}`}, ${role}, 'ou_p', ${[role]}::text[], 'province')`.execute(
      product.ctx.db,
    );
  }
  await seed();
}, 240_000);
afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

async function must(member: string, request: InjectOptions): Promise<Answered> {
  const answer = await product.as(member, request);
  if (answer.status >= 300) throw new Error(`${request.method} ${String(request.url)}: ${answer.status} ${answer.text}`);
  return answer;
}
const post = (url: string, payload: object, headers = {}): InjectOptions => ({ method: 'POST', url, payload, headers });

/** The same people wherever data comes in: customers, files with columns that nobody mapped, rejected rows, conflicts, conversations. */
async function seed(): Promise<void> {
  const world: Pick<World, 'do' | 'product'> = {
    product,
    do: async <T>(member: string, request: InjectOptions) => (await must(member, request)).body as T,
  };
  const rule = {
    id: 'many',
    names: { zh: '群诉', en: 'Many' },
    dimension: 'community',
    where: [],
    windowMinutes: 180,
    threshold: 3,
    holdMinutes: 0,
    department: 'network',
    severity: 'serious',
  };
  await must('me_p', post('/api/rules', rule));
  const customers = `客户编号,用户号码,客户姓名,联系电话,证件号码,地址,小区,紧急联系人,备注\nC1,${PHONE},${NAME},${PHONE},${ID},幸福里小区${HOUSE},A1x,${SAID_NAME},${TEXT}\nC2,${PHONE.slice(0, 5)}, ,x,x,x,火星${HOUSE},${NAME},${PHONE}\n${PHONE_NUMBER},S9,${NAME},,,,A1x,,\n`;
  await importFile(world, 'me_p', 'customers.csv', 'crm', customers, 'customers');
  const header = '工单号,时间,类型,渠道,小区,客户编号,联系号码,状态,问题分类,内容,机主姓名,身份证,家庭住址,备用手机,备注';
  const line = (id: number, when = '2026-03-10 09:30:00', place = 'A1x', kind = '投诉', customer = 'C1'): string =>
    [
      id,
      when,
      kind,
      '热线',
      place,
      customer,
      PHONE,
      `已回访${PHONE}`,
      `断网${PHONE}`,
      TEXT,
      NAME,
      ID,
      `幸福里小区${HOUSE}`,
      PHONE,
      TEXT,
    ].join(',');
  const rows = [
    line(1),
    line(2),
    line(3),
    line(4),
    line(5, `打${PHONE}`),
    line(6, '2026-03-10 09:30:00', `幸福里${HOUSE}${PHONE}`),
    line(1).replace('投诉', '咨询'),
    line(7, '2026-03-10 09:10:00', 'A1x', '投诉', PHONE_NUMBER),
    line(8, '2026-03-10 09:20:00', 'A1x', '抱怨', PHONE_NUMBER),
  ];
  await importFile(world, 'me_p', 'voices.csv', 'calls', `${header}\n${rows.join('\n')}\n`);
  const voice = {
    id: 'v1',
    kind: 'complaint',
    text: TEXT,
    region: 'A1x',
    customer: 'C1',
    phone: PHONE,
    status: `回访${PHONE}`,
    category: `打${PHONE}`,
    attributes: { 联系人: NAME, 备注: TEXT, address: `幸福里小区${HOUSE}`, id_number: ID },
    turns: [
      { speaker: 'customer', text: TEXT },
      { speaker: 'agent', text: `${NAME}您好，您的号码${PHONE}` },
    ],
  };
  await must('me_as_analyst', post('/api/voices', voice, { 'idempotency-key': '1' }));
  const conflict = await product.as('me_as_analyst', post('/api/voices', { ...voice, text: `${TEXT}。` }, { 'idempotency-key': '2' }));
  expect(conflict.status).toBe(409);
  await product.settle();
  await must('me_as_analyst', post('/api/experiments', EXPERIMENT));
  await segmentRunsOf(product.ctx.db);
  const said = await rowsOf(product.ctx.db, sql<{ id: number }>`select id from voices where customer is not null`);
  await peaksOf(
    { product },
    'A',
    'me_as_quality',
    said.map((row) => row.id),
  );
  await must('me_as_analyst', post('/api/pairs/runs', { window: 7 }));
  await product.settle();
  await numberedByPhone(world);
  await sendAnnouncements(product.ctx);
  // Things that break are logged: what was being done must not be.
  await sql`create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`.execute(product.ctx.db);
  await sql`create trigger broken before insert on audit for each row execute function broken()`.execute(product.ctx.db);
  expect((await product.as('me_as_analyst', post('/api/voices', { ...voice, id: 'v2' }, { 'idempotency-key': '3' }))).status).toBe(500);
  const [one] = await rowsOf(product.ctx.db, sql<{ id: number }>`select min(id) as id from voices`);
  expect((await product.as('me_as_analyst', post(`/api/voices/${one?.id}/reveal`, { reason: '客户来电' }))).status).toBe(500);
  await sql`drop trigger broken on audit`.execute(product.ctx.db);
}

const seenIn = (text: string, canaries: readonly string[] = CUSTOMER_CANARIES): readonly string[] =>
  canaries.filter((canary) => text.includes(canary));

async function textOf(answer: Answered): Promise<string> {
  if (!String(answer.headers['content-type']).includes('spreadsheet')) return answer.text;
  const book = new Workbook();
  await book.xlsx.load(answer.bytes);
  return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
}

async function idsOf(): Promise<Ids> {
  const of = async (table: string): Promise<readonly never[]> =>
    (await rowsOf(product.ctx.db, sql<{ id: never }>`select id from ${sql.table(table)} order by id`)).map((row) => row.id);
  const [voices, alarms, orders, imports, events, experiments, calls, specialists] = await Promise.all(
    ['voices', 'alarms', 'work_orders', 'import_batches', 'live_events', 'experiments', 'peak_calls', 'specialists'].map(of),
  );
  return {
    voices: voices!,
    alarms: alarms!,
    orders: orders!,
    imports: imports!,
    events: events!.slice(0, 1),
    members: ['me_a', 'me_ag'],
    units: ['ou_a1h'],
    views: [],
    experiments: experiments!,
    calls: calls!,
    specialists: specialists!,
  };
}

/** Everything that can be read: with scope as asked elsewhere, without as it stands, and every attribute and field that holds people. */
async function readsOf(ids: Ids, attributes: readonly string[]): Promise<readonly (readonly [string, InjectOptions])[]> {
  const own = ['status', 'agent', ...attributes.map((name) => `attr:${name}`)].map((name) =>
    post('/api/ask', { measures: ['voices'], by: [name], where: [] }),
  );
  const others = routeTable
    .filter((route) => route.method === 'GET' && route.scope === 'none')
    .map((route): readonly [string, InjectOptions] => [nameOf(route), { method: 'GET', url: pathOf(route) }]);
  const scoped = Object.entries(READS).flatMap(([name, requests]) => {
    // Which dimension and which filter matters less here than that every kind of answer is among them.
    const all = requests(ids);
    return (all.length > 60 ? all.filter((_, i) => i % 9 === 0) : all).map((request): readonly [string, InjectOptions] => [name, request]);
  });
  const exported = post('/api/exports', {
    kind: 'answer',
    question: { measures: ['voices'], by: attributes.slice(0, 6).map((name) => `attr:${name}`), where: [] },
  });
  return [...scoped, ...others, ...own.map((request) => ['POST /api/ask', request] as const), ['POST /api/exports', exported]];
}

/** Figures alone, and only where there are many customers: this small world has none of them. */
const FIGURES_OF_MANY = ['GET /api/satisfaction/services/:code', 'GET /api/pairs/runs/:run/look'];

/** Where who may is shown what is behind the stars; each look is audited. */
const SHOWING = ['POST /api/voices/:id/reveal', 'POST /api/imports/:id/rejected/reveal', 'POST /api/imports/:id/rejected/file'];

describe('phones, id numbers, names and addresses', () => {
  it('are shown by no answer to any role, but to who may reveal and does', async () => {
    const ids = await idsOf();
    expect(ids.voices.length).toBeGreaterThanOrEqual(6);
    expect([ids.alarms.length > 0, ids.imports.length]).toEqual([true, 4]);
    const words = (await must('me_p', { method: 'GET', url: '/api/vocabulary' })).body as { attributes: readonly string[] };
    expect(words.attributes).toEqual(expect.arrayContaining(['机主姓名', '身份证', '家庭住址', '备注', '联系人', 'id_number']));
    const requests = await readsOf(ids, words.attributes);
    const found: unknown[] = [];
    const answered = new Map<string, number>();
    let second = 0;
    for (const role of ROLES) {
      for (const [name, request] of requests) {
        second += 1;
        product.clock.set(new Date(Date.parse('2026-03-10T02:00:00.000Z') + second * 1000).toISOString());
        const answer = await product.as(`me_as_${role}`, request);
        expect(answer.status, `${name} ${answer.text.slice(0, 300)}`).toBeLessThan(500);
        if (answer.status < 300) answered.set(name, (answered.get(name) ?? 0) + 1);
        if (SHOWING.includes(name) && may({ roles: [role] }, 'voices.reveal')) continue;
        const canaries = seenIn(await textOf(answer));
        if (canaries.length > 0) found.push([role, name, request.url, request.payload, canaries]);
      }
    }
    expect(found).toEqual([]);
    // Nothing was hidden because nothing was answered.
    const silent = Object.keys(READS).filter((name) => !answered.has(name) && !name.includes('orders/:id'));
    expect(silent.filter((name) => !FIGURES_OF_MANY.includes(name))).toEqual([]);
  }, 240_000);

  it('are masked where a customer’s number is one, wherever a customer is named', async () => {
    const asked = async ([member, request]: Asked): Promise<readonly [string, readonly string[], boolean]> => {
      const { text } = await must(member, request);
      return [String(request.url), seenIn(text), text.includes(SHOWN_NUMBER)];
    };
    product.clock.set('2026-03-10T07:00:00.000Z');
    const said = await wherePhoneIsNamed(product.ctx.db, asked);
    expect(said.length).toBe(13);
    // The customer of the experiment is in one of its arms.
    const [ofArms, others] = [true, false].map((is) => said.filter(([url]) => url.includes('/experiments/') === is));
    expect(ofArms?.filter(([, , isNamed]) => isNamed)).toHaveLength(1);
    expect(others?.filter(([, , isNamed]) => !isNamed)).toEqual([]);
    expect(said.filter(([, canaries]) => canaries.length > 0)).toEqual([]);
  });

  it('are masked in pages of customers, which follow one another without naming who comes last', async () => {
    const url = '/api/segments/members?scheme=rules&segment=young-high';
    const all = (await must('me_as_analyst', { method: 'GET', url })).body as {
      rows: readonly { customer: string }[];
      next: string | null;
    };
    const rest = (await must('me_as_analyst', { method: 'GET', url: `${url}&after=1` })).body as typeof all;
    expect(rest.rows).toEqual(all.rows.slice(1));
    expect((await product.as('me_as_analyst', { method: 'GET', url: `${url}&after=${PHONE_NUMBER}x` })).status).toBe(422);
  });

  it('are not found by searching for them', async () => {
    for (const text of [PHONE, ID, NAME, '1204', '寒松']) {
      expect((await must('me_p', post('/api/voices/search', { where: [{ text }], limit: 0 }))).body).toMatchObject({ count: 0 });
    }
  });

  it('are shown whole to who reveals one voice, gives a reason and is written down', async () => {
    const [voice] = await rowsOf(product.ctx.db, sql<{ id: number }>`select id from voices where turns is not null`);
    product.clock.set('2026-03-10T08:00:00.000Z');
    const url = `/api/voices/${voice?.id}/reveal`;
    expect((await product.as('me_as_analyst', post(url, { reason: ' ' }))).status).toBe(422);
    expect((await product.as('me_as_agent', post(url, { reason: '客户来电核实' }))).status).toBe(403);
    const shown = await must('me_as_analyst', post(url, { reason: '客户来电核实' }));
    expect(shown.body).toMatchObject({
      text: TEXT,
      phone: PHONE,
      customer_name: NAME,
      address: `幸福里小区${HOUSE}`,
      attributes: { 联系人: NAME, id_number: ID },
    });
    const [audit] = await rowsOf(
      product.ctx.db,
      sql`select member_id, action, subject_id, detail from audit where at = '2026-03-10T08:00:00Z'`,
    );
    expect(audit).toEqual({
      member_id: 'me_as_analyst',
      action: 'voice.reveal',
      subject_id: String(voice?.id),
      detail: { reason: '客户来电核实' },
    });
  });

  it('are not in the warehouse', async () => {
    for (const table of ['voice_rows', 'subscriber_rows']) {
      const rows = await product.ctx.warehouse.select(`select * from ${table}`, []);
      expect(rows.length).toBeGreaterThan(0);
      // The number of a customer is there: distinct customers are counted by it.
      const text = JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
      expect([table, seenIn(text, CANARIES)]).toEqual([table, []]);
    }
  });

  it('are not in logs, mails, live events, jobs or the audit', async () => {
    const { db } = product.ctx;
    expect(logged.some((line) => line.includes('request failed'))).toBe(true);
    expect(seenIn(logged.join('\n'))).toEqual([]);
    expect(letters.length).toBeGreaterThan(0);
    expect(
      seenIn(letters.join('\n') + letters.map((letter) => Buffer.from(letter.replaceAll(/\s/g, ''), 'base64').toString('utf8')).join('\n')),
    ).toEqual([]);
    const kept = await rowsOf(
      db,
      sql`
      select payload::text as text from live_events union all select data::text || coalesce(output::text, '') from pgboss.job union all select detail::text from audit`,
    );
    expect(seenIn(JSON.stringify(kept))).toEqual([]);
  });

  it('have roles on both sides of the right to reveal', () => {
    const split = Map.groupBy(ROLES, (role: Role) => may({ roles: [role] }, 'voices.reveal'));
    expect([split.get(true)?.length ?? 0, split.get(false)?.length ?? 0].every((n) => n > 0)).toBe(true);
  });
});
