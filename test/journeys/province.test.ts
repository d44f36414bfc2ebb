import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorldOptions } from '../../scenarios/province/world.ts';
import { loadTopics } from '../../scenarios/province/write.client.ts';
import { packModel } from '../../src/app/context.ts';
import { seededRandom } from '../../src/maths/seeded-random.ts';
import type { Filter, Question } from '../../src/model/question.ts';
import { voicesBehind } from '../../src/model/voices-behind.ts';
import { buildReader, parseModel } from '../../src/understand/index.ts';
import { loadPack } from '../../src/understand/load-pack.client.ts';
import { CliHome, type Row, type RunningServer } from '../kit/cli.ts';
import { judge } from './judged-world.ts';

interface Incident {
  readonly id: string;
  readonly entity: { readonly dimension: string; readonly value: string };
  readonly from: string;
  readonly before: string;
}
interface Alarm {
  readonly id: string;
  readonly rule: { readonly id: string };
  readonly entity: { readonly dimension: string; readonly value: string };
  readonly fired_at: string;
  readonly voices: number;
  readonly historical: boolean;
  readonly where: readonly Filter[];
}
interface Order {
  readonly id: string;
  readonly state: string;
  readonly department: string;
  readonly due_at: string;
  readonly version: number;
  readonly where: readonly Filter[];
  readonly actions: readonly string[];
  readonly events: readonly { readonly action: string; readonly member: { readonly id: string } | null }[];
  readonly outcome_words: { readonly zh: string; readonly en: string } | null;
}

/** 3,000 people for two months, ending now; seed 6 is neither a tuning nor a held-out one. */
const OPTIONS = ['--customers', '3000', '--months', '2', '--seed', '6'];
const TABLES: readonly Question[] = [
  { measures: ['voices', 'complaints', 'grievances'], by: ['channel', 'kind'], where: [] },
  { measures: ['voices', 'complaints'], by: ['category_1', 'city'], where: [] },
  { measures: ['voices', 'grievances'], by: ['category', 'week'], where: [], limit: 1000 },
  { measures: ['voices'], by: ['community', 'feeling'], where: [{ field: 'category_1', in: ['fixed'] }], limit: 1000 },
  {
    measures: ['voices', 'complaints'],
    by: ['plan', 'brand', 'month'],
    where: [{ field: 'source', in: ['so_hotline', 'so_app'] }],
    limit: 1000,
  },
  { measures: ['voices'], by: ['department', 'stage'], where: [{ text: '宽带' }] },
  { measures: ['voices'], by: ['unit', 'day'], where: [{ field: 'channel', in: ['hall'] }], limit: 1000 },
  { measures: ['voices'], by: ['value_tier', 'attr:坐席归类'], where: [], limit: 1000 },
];

describe('a small province, from files to a closed work order', () => {
  const mails: { readonly to: readonly string[]; readonly text: string }[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8').on('data', (text: string) => (raw += text));
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: textOfMail(raw) });
        done();
      });
    },
  });
  let home: CliHome;
  let server: RunningServer;
  let world: string;
  let written: { readonly voices: number; readonly customers: number };
  let loaded: { readonly voices: number; readonly customers: number };
  const get = async <T>(member: string, path: string): Promise<T> => (await server.as(member, 'GET', path)).body as T;
  const alarms = async (): Promise<readonly Alarm[]> => (await get<{ rows: readonly Alarm[] }>('analyst', '/api/alarms?limit=200')).rows;

  beforeAll(async () => {
    const port = await new Promise<number>((resolve) => {
      const listening = smtp.listen(0, '127.0.0.1', () => {
        const address = listening.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    home = new CliHome('province', { VOXLOOP_SMTP_URL: `smtp://127.0.0.1:${port}`, VOXLOOP_MAIL_FROM: 'voxloop@voxloop.example' });
    world = join(home.dir, 'world');
    written = await home.json('scenario', 'province', ...OPTIONS, '--out', world, '--json');
    server = await home.start();
    loaded = await home.json('scenario', 'load', world, '--json');
  });
  afterAll(async () => {
    await home[Symbol.asyncDispose]();
    smtp.close();
  });

  test('all voices and subscriptions are there, and every promise holds', async () => {
    expect(loaded).toMatchObject({ voices: written.voices, customers: linesOf(world, 'customers.csv').length - 1 });
    expect(await home.fsck()).toMatchObject({ ok: true, voices: written.voices });
  });

  test('loading it again adds nothing', async () => {
    expect(await home.json('scenario', 'load', world, '--json')).toMatchObject({ voices: 0, customers: 0 });
    expect(await home.count([])).toBe(written.voices);
  });

  test('what people did about past alarms has its orders, timelines and outcomes, once', async () => {
    const { incidents } = JSON.parse(readFileSync(join(world, 'truth.json'), 'utf8')) as { incidents: readonly Incident[] };
    const now = incidents.reduce((latest, { before }) => (before > latest ? before : latest), '');
    const { rows } = await get<{ rows: readonly (Order & { readonly overdue: boolean })[] }>('analyst', '/api/orders?limit=200');
    const [over, going] = [incidents.filter(({ before }) => before < now), incidents.filter(({ before }) => before >= now)];
    expect(rows.filter(({ state }) => state === 'closed')).toHaveLength(over.length);
    expect(rows.filter(({ state }) => state === 'in-progress')).toHaveLength(going.length - 1);
    for (const { id } of rows) {
      const { order } = await get<{ order: Order }>('analyst', `/api/orders/${id}`);
      expect(order.events.length).toBeGreaterThan(2);
      expect(order.events.every(({ member }) => member !== null)).toBe(true);
      expect(order.outcome_words === null).toBe(order.state !== 'closed');
    }
  });

  test('answers are the counts of the files', async () => {
    const truth = linesOf(world, 'truth.voices.ndjson').map((line) => JSON.parse(line) as { source: string });
    const bySource = await home.ask({ measures: ['voices'], by: ['source'] });
    expect(countsOf(bySource, 'source')).toEqual(counted(truth, (one) => `so_${one.source}`));
    const app = linesOf(world, 'voices/app.ndjson').map((line) => JSON.parse(line) as Record<string, string>);
    const where: Filter[] = [{ field: 'source', in: ['so_app'] }];
    expect(countsOf(await home.ask({ measures: ['voices'], by: ['plan'], where, limit: 1000 }), 'plan')).toEqual(
      counted(app, (one) => one['套餐'] ?? ''),
    );
    expect(countsOf(await home.ask({ measures: ['voices'], by: ['day'], where, limit: 1000 }), 'day')).toEqual(
      counted(app, (one) => (one['提交时间'] ?? '').slice(0, 10)),
    );
    const [subscribers] = await home.ask({ measures: ['subscribers', 'voices', 'per_10k_subscribers'] });
    expect(subscribers?.['subscribers']).toBe(loaded.customers);
    expect(Number(subscribers?.['per_10k_subscribers'])).toBeCloseTo((written.voices / loaded.customers) * 10_000, 6);
  });

  test('every figure opens its voices', async () => {
    const random = seededRandom(6, 'cells');
    let cells = 0;
    for (const table of TABLES) {
      const { rows } = (await server.as('analyst', 'POST', '/api/ask', table)).body as { rows: readonly Row[] };
      expect(rows.length).toBeGreaterThan(1);
      for (let i = 0; i < 8; i++) {
        const row = random.pick(rows);
        const measure = random.pick(table.measures);
        const where = voicesBehind(table, row, measure);
        const found = (await server.as('analyst', 'POST', '/api/voices/search', { where, limit: 1 })).body as { count: number };
        expect({ table, row, measure, opened: found.count }).toEqual({ table, row, measure, opened: row[measure] });
        cells++;
      }
    }
    expect(cells).toBe(TABLES.length * 8);
  });

  test('every incident raised its alarm, and every alarm opens exactly its voices', async () => {
    const { incidents } = JSON.parse(readFileSync(join(world, 'truth.json'), 'utf8')) as { incidents: readonly Incident[] };
    const all = await alarms();
    for (const { entity, from, before } of incidents) {
      const its = all.filter((alarm) => alarm.entity.value === entity.value && alarm.fired_at >= from && alarm.fired_at < before);
      expect(its.map((alarm) => alarm.entity.dimension)).toContain(entity.dimension);
    }
    for (const { id, where, voices } of all) {
      const found = (await server.as('analyst', 'POST', '/api/voices/search', { where, limit: 1 })).body as { count: number };
      expect({ id, voices: found.count }).toEqual({ id, voices });
    }
    const listed = await home.json<readonly { fired_at: string; historical: boolean }[]>('alarms', '--json');
    expect(listed).toHaveLength(all.length);
  });

  test('the alarms are those that the plainest reckoning over the same words gives', async () => {
    const { customers, months, seed, until: end } = JSON.parse(readFileSync(join(world, 'scenario.json'), 'utf8')) as WorldOptions;
    const pack = await loadPack();
    const model = packModel(pack, home.home);
    const reader = buildReader(pack, parseModel(model.weights), model.version);
    const judged = judge({ customers, months, seed, until: end, incidents: true }, pack, await loadTopics(), reader);
    const mine = judged.alarms.map(
      ({ rule, value, firedMs, voices }) => `${rule.id} ${value} ${new Date(firedMs).toISOString()} ${voices}`,
    );
    const theirs = (await alarms()).map(({ rule, entity, fired_at, voices }) => `${rule.id} ${entity.value} ${fired_at} ${voices}`);
    expect(theirs.toSorted()).toEqual(mine.toSorted());
  });

  test('fresh alarms are mailed once to each who answers for them, historical ones to nobody', async () => {
    const fresh = (await alarms()).filter((alarm) => !alarm.historical);
    expect(fresh.some((alarm) => alarm.rule.id === 'community-broadband-outage')).toBe(true);
    // The ticks look every few seconds; a second mail would come with one of them.
    await until(async () => (await waitingMails(fresh)) === 0);
    await new Promise((resolve) => setTimeout(resolve, 6000));
    // A breach whose halves were announced before later voices joined them shows the mails of both.
    const told = await Promise.all(fresh.map(announcementsOf));
    for (const announcements of told) {
      expect(announcements.length).toBeGreaterThan(0);
      expect(announcements.every(({ state }) => state === 'delivered')).toBe(true);
    }
    expect(mails.flatMap((mail) => mail.to).length).toBe(told.flat().length);
    const sent = mails.flatMap(({ to, text }) => to.map((address) => `${address} ${/\/alarms\?alarm=(\w+)/.exec(text)?.[1] ?? ''}`));
    expect(new Set(sent).size).toBe(sent.length);
    for (const alarm of (await alarms()).filter((one) => one.historical)) expect(await announcementsOf(alarm)).toEqual([]);
  });

  test('an alarm becomes a work order, goes through the right hands and is closed with what became of it', async () => {
    const alarm = (await alarms()).find((one) => one.rule.id === 'community-broadband-outage' && !one.historical)!;
    const made = (await server.as('analyst', 'POST', `/api/alarms/${alarm.id}/order`, {})).body as { order: Order };
    let order = made.order;
    expect(order).toMatchObject({ state: 'new', department: 'network' });
    expect(order.due_at > alarm.fired_at).toBe(true);
    const again = (await server.as('analyst', 'POST', `/api/alarms/${alarm.id}/order`, {})).body as { order: Order };
    expect(again.order.id).toBe(order.id);

    const act = (
      member: string,
      action: string,
      version = order.version,
    ): Promise<{ status: number; body: { order: Order; code?: string } }> =>
      server.as(member, 'POST', `/api/orders/${order.id}/actions`, { action, version });
    expect((await act('market-manager', 'accept')).status).toBeGreaterThanOrEqual(403);
    for (const [action, state] of [
      ['accept', 'accepted'],
      ['start', 'in-progress'],
      ['finish', 'done'],
    ] as const) {
      const stale = order.version;
      const done = await act('city-net-manager', action);
      expect(done.status).toBe(200);
      order = done.body.order;
      expect(order.state).toBe(state);
      const late = await act('city-net-manager', action, stale);
      expect(late).toMatchObject({ status: 409, body: { code: 'stale-version' } });
    }
    const closed = await act('net-manager', 'close');
    expect(closed.body.order.state).toBe('closed');
    expect(closed.body.order.events.map(({ action }) => action)).toEqual(['create', 'accept', 'start', 'finish', 'close']);
    const outcome = await until(async () => (await get<{ order: Order }>('analyst', `/api/orders/${order.id}`)).order.outcome_words);
    console.log(`outcome: ${outcome.zh} / ${outcome.en}`);
    expect(outcome.zh.length).toBeGreaterThan(5);
    expect(await home.fsck()).toMatchObject({ ok: true });
  });

  async function announcementsOf(alarm: Alarm): Promise<readonly { readonly state: string }[]> {
    return (await get<{ announcements: readonly { state: string }[] }>('analyst', `/api/alarms/${alarm.id}`)).announcements;
  }

  async function waitingMails(fresh: readonly Alarm[]): Promise<number> {
    const all = await Promise.all(fresh.map(announcementsOf));
    return all.flat().filter(({ state }) => state === 'waiting').length;
  }
});

/** The one body of a mail, as its header says it is written. */
function textOfMail(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function linesOf(world: string, file: string): readonly string[] {
  return readFileSync(join(world, file), 'utf8').trimEnd().split('\n');
}

function counted<T>(list: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of list) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

function countsOf(rows: readonly Row[], dimension: string): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [String(row[dimension]), Number(row['voices'])]));
}

async function until<T>(work: () => Promise<T>): Promise<NonNullable<T>> {
  for (let tries = 0; tries < 120; tries++) {
    const found = await work();
    if (found !== null && found !== undefined && (found as unknown) !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('This did not come about within a minute.');
}
