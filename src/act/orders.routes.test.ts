import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshDb, withDb } from '../../test/kit/db.ts';
import { type LoopContext, loopContext, storeProvince, storeVoices, VIEWERS } from '../../test/kit/loop.ts';
import type { Viewer } from '../model/people.ts';
import type { Db } from '../platform/postgres/db.ts';
import { rowOf, rowsOf } from '../platform/postgres/db.ts';
import { alarmsOf, seedRules } from '../warn/read.sql.ts';
import { evaluateRules } from '../warn/evaluate-rules.job.ts';
import { actOnOrder, type ActionRequest, commentOnOrder, orderFromAlarm, orderFromFinding } from './change-orders.sql.ts';
import { checkOrders } from './check-orders.sql.ts';
import { ordersOfVoice } from './orders-of-voice.sql.ts';
import { orderCounts, orderOf, ordersOf } from './order-rows.sql.ts';
import type { OrderDetail, OrderDraft } from '../model/order-views.ts';

const at = (minute: number): string => new Date(Date.parse('2026-03-10T00:00:00Z') + minute * 60_000).toISOString();

async function withAlarm(db: Db): Promise<{ ctx: LoopContext; alarm: string }> {
  const ctx = loopContext(db);
  await storeProvince(db);
  await seedRules(db, ctx);
  await storeVoices(
    db,
    1,
    [90, 100, 110].map((m) => ({ at: at(m), community: 'a1x' })),
  );
  await storeVoices(
    db,
    10,
    [90, 100, 110].map((m) => ({ at: at(m), community: 'b1x' })),
  );
  await evaluateRules(ctx);
  const page = await alarmsOf(ctx, VIEWERS.networkA, {});
  return { ctx, alarm: page.rows[0]!.id };
}
const FINDING: OrderDraft = {
  title: '计费差错',
  where: [{ field: 'category', in: ['billing/charge/wrong'] }],
  category: 'billing/charge/wrong',
  entity: null,
  severity: 'serious',
  department: null,
  note: '近一周上升',
};

async function walk(
  ctx: LoopContext,
  order: OrderDetail,
  ...steps: readonly [Viewer, Omit<ActionRequest, 'version'>][]
): Promise<OrderDetail> {
  let now = order;
  for (const [viewer, step] of steps) {
    ctx.clock.advanceMs(60_000);
    now = (await actOnOrder(ctx, viewer, now.id, { ...step, version: now.version }))!;
  }
  return now;
}

describe('work orders', () => {
  it('go to the department that the knowledge map names, in the entity’s own city, due in working hours', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const order = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      expect(order).toMatchObject({
        title: '小区宽带群障 · 和平小区',
        state: 'new',
        severity: 'critical',
        department: 'network',
        unit: { id: 'a-net' },
        category: 'fixed/broadband/outage',
        entity: { dimension: 'community', value: 'a1x', names: { zh: '和平小区' } },
        alarm,
        version: 1,
        overdue: false,
        minutes_left: 240,
        // 10:00 on a Tuesday and four working hours: two before noon, two after.
        due_at: '2026-03-10T07:30:00.000Z',
        actions: ['accept', 'return', 'redispatch'],
      });
      expect(order.events).toMatchObject([{ seq: 1, action: 'create', from: null, to: 'new', member: { id: 'net-a' } }]);
    }));

  it('are made once per alarm, however often asked, and show at the alarm', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const first = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      const again = await orderFromAlarm(ctx, VIEWERS.analyst, alarm);
      expect(again.id).toBe(first.id);
      expect(await rowsOf(db, sql`select count(*) as n from work_orders`)).toEqual([{ n: 1 }]);
      expect((await alarmsOf(ctx, VIEWERS.networkA, {})).rows[0]!.order).toEqual({ id: first.id, state: 'new' });
      await expect(orderFromAlarm(ctx, VIEWERS.cityB, alarm)).rejects.toMatchObject({ code: 'not-found' });
    }));

  it('walk from new to closed, each step audited, told live and on the timeline', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const made = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      const closed = await walk(
        ctx,
        made,
        [VIEWERS.networkA, { action: 'accept' }],
        [VIEWERS.networkA, { action: 'start' }],
        [VIEWERS.networkA, { action: 'finish', note: '已更换分光器' }],
        [VIEWERS.networkA, { action: 'close' }],
      );
      expect(closed).toMatchObject({
        state: 'closed',
        version: 5,
        assignee: { id: 'net-a' },
        minutes_left: null,
        closed_at: '2026-03-10T02:04:00.000Z',
      });
      expect(closed.events.map((event) => event.to)).toEqual(['new', 'accepted', 'in-progress', 'done', 'closed']);
      expect(await rowOf(db, sql`select count(*) as n from audit where action like 'order.%'`)).toEqual({ n: 5 });
      expect(await rowOf(db, sql`select count(*) as n from live_events where topic = 'order' and city = 'a'`)).toEqual({ n: 5 });
      expect(ctx.jobs.put).toEqual([{ queue: 'verify.measure', payload: { order: made.id } }]);
      expect(await checkOrders(ctx)).toEqual([]);
    }));

  it('come back with a reason, go to another department with a new due time, and are reopened', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const made = await orderFromAlarm(ctx, VIEWERS.networkProvince, alarm);
      await expect(walk(ctx, made, [VIEWERS.networkA, { action: 'return' }])).rejects.toMatchObject({ code: 'reason-required' });
      const sent = await walk(
        ctx,
        made,
        [VIEWERS.networkA, { action: 'return', note: '属计费问题' }],
        [VIEWERS.analyst, { action: 'redispatch', department: 'billing' }],
      );
      expect(sent).toMatchObject({ state: 'new', department: 'billing', unit: { id: 'p-bill' }, assignee: null });
      expect(sent.due_at > made.due_at).toBe(true);
      await expect(walk(ctx, sent, [VIEWERS.networkA, { action: 'accept' }])).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(walk(ctx, sent, [VIEWERS.analyst, { action: 'close' }])).rejects.toMatchObject({ code: 'transition-illegal' });
      await expect(walk(ctx, sent, [VIEWERS.analyst, { action: 'redispatch', department: 'x' }])).rejects.toMatchObject({
        code: 'request-invalid',
      });
      expect(await checkOrders(ctx)).toEqual([]);
    }));

  it('wait for whoever is next: the department, the sender of what came back, and who may close what is done', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const waits = async (): Promise<readonly string[]> => {
        const named: string[] = [];
        for (const [name, viewer] of Object.entries(VIEWERS)) if ((await orderCounts(ctx, viewer, {})).waits > 0) named.push(name);
        return named;
      };
      const made = await orderFromAlarm(ctx, VIEWERS.analyst, alarm);
      expect(await waits()).toEqual(['networkProvince', 'networkA']);
      const back = await walk(ctx, made, [VIEWERS.networkA, { action: 'return', note: '请核实小区' }]);
      expect(await waits()).toEqual(['analyst']);
      const again = await walk(ctx, back, [VIEWERS.networkProvince, { action: 'redispatch', department: 'network', note: '已核实' }]);
      const taken = await walk(ctx, again, [VIEWERS.networkA, { action: 'accept' }]);
      expect(await waits()).toEqual(['networkA']);
      const done = await walk(ctx, taken, [VIEWERS.networkA, { action: 'finish' }]);
      expect(await waits()).toEqual(['networkProvince', 'networkA']);
      await walk(ctx, done, [VIEWERS.networkA, { action: 'close' }]);
      expect(await waits()).toEqual([]);
    }));

  it('lose no update: of many who act on one version at once exactly one goes through', async () => {
    await using fresh = await freshDb();
    const { ctx, alarm } = await withAlarm(fresh.db);
    const order = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
    const tries = await Promise.allSettled(
      [1, 2, 3, 4, 5].map(() => actOnOrder(ctx, VIEWERS.networkA, order.id, { action: 'accept', version: 1 })),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(
      Array(4).fill('stale-version'),
    );
    await expect(actOnOrder(ctx, VIEWERS.networkA, order.id, { action: 'start' })).rejects.toMatchObject({ code: 'version-required' });
    expect(await checkOrders(ctx)).toEqual([]);
  });

  it('are seen by scope, by department and by whom they were given to', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const order = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      const below: Viewer = { ...VIEWERS.networkProvince, scope: 'unit-below' };
      const belowA: Viewer = { ...VIEWERS.networkA, scope: 'unit-below', unit: VIEWERS.cityB.unit, unitPath: '/p/a/other/' };
      const sees = async (viewer: Viewer): Promise<number> => (await ordersOf(ctx, viewer, {})).count;
      expect(await Promise.all([VIEWERS.analyst, VIEWERS.networkA, VIEWERS.cityB, VIEWERS.agentA, below, belowA].map(sees))).toEqual([
        1, 1, 0, 0, 1, 1,
      ]);
      await sql`update work_orders set assignee_id = 'net-a2'`.execute(db);
      expect(await sees(VIEWERS.agentA)).toBe(1);
      expect(await orderOf(ctx, VIEWERS.cityB, order.id)).toBeUndefined();
      await expect(actOnOrder(ctx, VIEWERS.cityB, order.id, { action: 'accept', version: 1 })).rejects.toMatchObject({ code: 'not-found' });
      await expect(commentOnOrder(ctx, VIEWERS.cityB, order.id, 'x')).rejects.toMatchObject({ code: 'not-found' });
    }));

  it('made of a finding never reach beyond what the finder may see', () =>
    withDb(async (db) => {
      const { ctx } = await withAlarm(db);
      const wide = await orderFromFinding(ctx, VIEWERS.analyst, FINDING);
      expect(wide).toMatchObject({ department: 'billing', unit: { id: 'p-bill' }, where: FINDING.where });
      const inCity = await orderFromFinding(ctx, VIEWERS.networkA, FINDING);
      expect(inCity.where.at(-1)).toEqual({ field: 'city', in: ['a'] });
      expect(inCity.events[0]!.note).toBe('近一周上升');
      const elsewhere = { ...FINDING, title: '乙市', entity: { dimension: 'community', value: 'b1x' } };
      await expect(orderFromFinding(ctx, VIEWERS.networkA, elsewhere)).rejects.toMatchObject({ code: 'not-found' });
    }));

  it('are refused with everything that is wrong with a finding', () =>
    withDb(async (db) => {
      const { ctx } = await withAlarm(db);
      const wrong = {
        ...FINDING,
        title: ' ',
        where: [
          { field: 'nothing', in: [] },
          { field: 'said_at', from: '2026-02-30', before: '昨天' },
        ],
        category: 'x',
        department: 'y',
        entity: { dimension: 'z', value: 'z' },
      };
      const refusal = await Promise.resolve()
        .then(() => orderFromFinding(ctx, VIEWERS.analyst, wrong))
        .catch((error: unknown) => error);
      expect((refusal as { problems: { column: string }[] }).problems.map((problem) => problem.column)).toEqual([
        'body.title',
        'body.where.0.field',
        'body.where.1.from',
        'body.where.1.before',
        'body.category',
        'body.department',
        'body.entity.dimension',
      ]);
    }));

  it('are listed overdue when their working hours have passed, until the work is done', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const order = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      ctx.clock.set('2026-03-10T08:30:00.000Z');
      const [late] = (await ordersOf(ctx, VIEWERS.networkA, { overdue: true })).rows;
      expect(late).toMatchObject({ id: order.id, overdue: true, minutes_left: -60 });
      expect((await ordersOf(ctx, VIEWERS.networkA, { overdue: false })).count).toBe(0);
      for (const viewer of [VIEWERS.networkA, VIEWERS.analyst]) {
        const { waits, waitsLate } = await orderCounts(ctx, viewer, {});
        expect((await ordersOf(ctx, viewer, { waits: true })).count).toBe(waits);
        expect((await ordersOf(ctx, viewer, { waits: true, overdue: true })).count).toBe(waitsLate);
        expect([waits, waitsLate]).toEqual(viewer === VIEWERS.networkA ? [1, 1] : [0, 0]);
      }
      expect((await ordersOf(ctx, VIEWERS.networkA, { department: 'network', states: ['new'] })).count).toBe(1);
      expect((await ordersOf(ctx, VIEWERS.networkA, { mine: true })).count).toBe(0);
      const commented = await commentOnOrder(ctx, VIEWERS.networkA, order.id, '等待备件');
      expect(commented).toMatchObject({ version: 1, events: [{ seq: 1 }, { seq: 2, action: 'comment', note: '等待备件' }] });
      const done = await walk(ctx, order, [VIEWERS.networkA, { action: 'accept' }], [VIEWERS.networkA, { action: 'finish' }]);
      expect(done).toMatchObject({ overdue: false, minutes_left: null });
    }));

  it('are found by tab, words and number, counted per tab, and paged in the order that was asked for', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const first = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      ctx.clock.advanceMs(60_000);
      const second = await orderFromFinding(ctx, VIEWERS.analyst, { ...FINDING, title: '100%计费差错' });
      const ids = async (filter: Parameters<typeof ordersOf>[2]) =>
        (await ordersOf(ctx, VIEWERS.analyst, filter)).rows.map((row) => row.id);
      expect(await ids({ q: '计费 100%' })).toEqual([second.id]);
      expect(await ids({ q: first.id })).toEqual([first.id]);
      expect(await ids({ q: '100_计费' })).toEqual([]);
      expect(await ids({ today: true })).toEqual([first.id]);
      expect(await ids({ states: ['new', 'accepted'] })).toHaveLength(2);
      expect(await ids({ handed: true })).toEqual([]);
      for (const sort of ['due', '-due', 'created', '-created'] as const) {
        const whole = await ids({ sort });
        const page = await ordersOf(ctx, VIEWERS.analyst, { sort, limit: 1 });
        expect([sort, whole]).toEqual([sort, sort === 'due' || sort === 'created' ? [first.id, second.id] : [second.id, first.id]]);
        expect([...page.rows.map((row) => row.id), ...(await ids({ sort, limit: 1, cursor: page.next! }))]).toEqual(whole);
      }
      await walk(ctx, second, [VIEWERS.analyst, { action: 'redispatch', department: 'network', note: '网络原因' }]);
      expect(await ids({ handed: true, department: 'network' })).toEqual([second.id]);
      expect(await orderCounts(ctx, VIEWERS.analyst, {})).toMatchObject({
        open: 2,
        new: 2,
        handed: 1,
        overdue: 0,
        mine: 0,
        closed: 0,
        all: 2,
      });
      expect(await orderCounts(ctx, VIEWERS.analyst, { department: 'network', q: '断网' })).toMatchObject({ all: 0 });
    }));

  it('are shown at each voice that they are about, to who may see them', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      const order = await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      // An order of older days, whose time nobody can read.
      const old = await orderFromFinding(ctx, VIEWERS.analyst, FINDING);
      await sql`update work_orders set conditions = '[{"field":"said_at","from":"soon"}]' where id = ${old.id}`.execute(db);
      const voices = await rowsOf(db, sql<{ id: number; community: string }>`select id, community from voices order by id`);
      const about = async (viewer: Viewer) => {
        const found = await Promise.all(voices.map((voice) => ordersOfVoice(db, viewer, voice.id, ctx.config.timeZone)));
        return voices.filter((_, i) => found[i]!.some((one) => one.id === order.id)).map((voice) => voice.community);
      };
      expect(await about(VIEWERS.analyst)).toEqual(['a1x', 'a1x', 'a1x']);
      expect(await about(VIEWERS.cityB)).toEqual([]);
    }));

  it('keep a timeline that nobody can rewrite', () =>
    withDb(async (db) => {
      const { ctx, alarm } = await withAlarm(db);
      await orderFromAlarm(ctx, VIEWERS.networkA, alarm);
      await expect(sql`update work_order_events set note = 'x'`.execute(db)).rejects.toThrow('never changed');
    }));
});
