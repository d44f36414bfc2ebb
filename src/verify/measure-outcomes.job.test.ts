import { describe, expect, it } from 'vitest';
import { withDb } from '../../test/kit/db.ts';
import { type LoopContext, loopContext, storeProvince, storeVoices, VIEWERS } from '../../test/kit/loop.ts';
import { actOnOrder, orderFromFinding } from '../act/change-orders.sql.ts';
import type { OrderDetail } from '../model/order-views.ts';
import type { OrderAction } from '../model/work-order.ts';
import type { Db } from '../platform/postgres/db.ts';
import { measureOrder, outcomeOfOrder } from './outcomes.sql.ts';
import { remeasure } from './measure-outcomes.job.ts';
import { verifyRoutes } from './verify.routes.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-10T02:00:00Z');
const daysFromNow = (days: number): string => new Date(NOW + days * DAY).toISOString();

async function closedOrderWith(db: Db): Promise<{ ctx: LoopContext; order: OrderDetail }> {
  const ctx = loopContext(db);
  await storeProvince(db);
  // Three a day for ten days before the order; elsewhere and of another cause as many.
  const before = Array.from({ length: 30 }, (_, i) => daysFromNow(-10 + i / 3));
  await storeVoices(
    db,
    1,
    before.map((at) => ({ at, community: 'a1x' })),
  );
  await storeVoices(
    db,
    100,
    before.map((at) => ({ at, community: 'b1x' })),
  );
  await storeVoices(
    db,
    200,
    before.map((at) => ({ at, community: 'a1x', category: 'billing/charge/wrong' })),
  );
  let order = await orderFromFinding(ctx, VIEWERS.networkA, {
    title: '和平小区断网',
    where: [
      { field: 'category_1', in: ['fixed'] },
      { field: 'said_at', from: daysFromNow(-1) },
    ],
    category: 'fixed/broadband/outage',
    entity: { dimension: 'community', value: 'a1x' },
    severity: 'serious',
    department: null,
    note: null,
  });
  for (const action of ['accept', 'finish', 'close'] as const satisfies readonly OrderAction[]) {
    ctx.clock.advanceMs(DAY / 3);
    order = (await actOnOrder(ctx, VIEWERS.networkA, order.id, { action, version: order.version }))!;
  }
  return { ctx, order };
}

describe('measuring outcomes', () => {
  it('says too early on closing, then what the voices say, and stops when it is final', () =>
    withDb(async (db) => {
      const { ctx, order } = await closedOrderWith(db);
      expect(await measureOrder(ctx, order.id)).toMatchObject({
        verdict: 'too-early',
        before: { voices: 30, days: 10 },
        after: { voices: 0, days: 0 },
        final: false,
      });
      expect(await remeasure(ctx)).toBe(0);
      // One during the work belongs to neither side; two after it was closed; one too late to count.
      await storeVoices(
        db,
        300,
        [daysFromNow(0.5), daysFromNow(2), daysFromNow(9), daysFromNow(16)].map((at) => ({ at, community: 'a1x' })),
      );
      ctx.clock.advanceMs(5 * DAY);
      expect(await remeasure(ctx)).toBe(1);
      expect(await outcomeOfOrder(db, order.id)).toMatchObject({ verdict: 'fell', after: { voices: 1, days: 5 }, final: false });
      ctx.clock.advanceMs(20 * DAY);
      expect(await remeasure(ctx)).toBe(1);
      expect(await outcomeOfOrder(db, order.id)).toMatchObject({ verdict: 'fell', after: { voices: 2, days: 14 }, final: true });
      ctx.clock.advanceMs(20 * DAY);
      expect(await remeasure(ctx)).toBe(0);
    }));

  it('takes the outcome back when the order is reopened', () =>
    withDb(async (db) => {
      const { ctx, order } = await closedOrderWith(db);
      await measureOrder(ctx, order.id);
      await actOnOrder(ctx, VIEWERS.networkA, order.id, { action: 'reopen', version: order.version, note: '又断了' });
      expect(await remeasure(ctx)).toBe(1);
      expect(await outcomeOfOrder(db, order.id)).toBeNull();
    }));

  it('shows on the order’s page to whoever may see the order', () =>
    withDb(async (db) => {
      const { ctx, order } = await closedOrderWith(db);
      await measureOrder(ctx, order.id);
      const ask = (viewer: (typeof VIEWERS)[keyof typeof VIEWERS]) =>
        verifyRoutes[0]!.handle({ ctx, viewer, params: { id: order.id } } as never);
      expect(await ask(VIEWERS.networkA)).toMatchObject({
        order: {
          id: order.id,
          outcome: { verdict: 'too-early' },
          outcome_words: { zh: expect.stringContaining('为时尚早：受理前 10.0 天 30 条') },
        },
      });
      await expect(ask(VIEWERS.cityB)).rejects.toMatchObject({ code: 'not-found' });
    }));
});
