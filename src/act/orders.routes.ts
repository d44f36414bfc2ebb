import { z } from 'zod';
import { SEVERITIES } from '../model/alarm.ts';
import type { OrderRow } from '../model/order-views.ts';
import { ORDER_ACTIONS, ORDER_STATES } from '../model/work-order.ts';
import { type Route, route } from '../platform/http/route.ts';
import { actOnOrder, commentOnOrder, orderFromAlarm, orderFromFinding } from './change-orders.sql.ts';
import { ORDER_SORTS } from './order-filter.sql.ts';
import { orderCounts, ordersOf } from './order-rows.sql.ts';

const names = z.object({ zh: z.string(), en: z.string() });
const orderShape = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(ORDER_STATES),
  severity: z.enum(SEVERITIES),
  department: z.string(),
  unit: z.object({ id: z.string(), names }),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  entity: z.object({ dimension: z.string(), value: z.string(), names }).nullable(),
  category: z.string().nullable(),
  created_at: z.string(),
  due_at: z.string(),
  closed_at: z.string().nullable(),
  overdue: z.boolean(),
  minutes_left: z.number().nullable(),
  alarm: z.string().nullable(),
  version: z.number(),
}) satisfies z.ZodType<OrderRow>;
const detail = orderShape.extend({ where: z.array(z.unknown()), actions: z.array(z.enum(ORDER_ACTIONS)), events: z.array(z.unknown()) });
const id = z.strictObject({ id: z.string() });

const filter = z.union([
  z.strictObject({ field: z.string().max(200), in: z.array(z.string().max(500).nullable()).max(1000) }),
  z.strictObject({ field: z.string().max(200), from: z.string().max(40).exactOptional(), before: z.string().max(40).exactOptional() }),
  z.strictObject({ text: z.string().max(200) }),
]);
const draft = z.strictObject({
  title: z.string().max(200),
  where: z.array(filter).max(30),
  category: z.string().nullable().default(null),
  entity: z
    .strictObject({ dimension: z.string().max(200), value: z.string().max(500) })
    .nullable()
    .default(null),
  severity: z.enum(SEVERITIES),
  department: z.string().nullable().default(null),
  note: z.string().max(2000).nullable().default(null),
});
const action = z.strictObject({
  action: z.enum(ORDER_ACTIONS),
  version: z.int().optional(),
  note: z.string().max(2000).optional(),
  department: z.string().optional(),
});

const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();
/** `state=new` or `state=new,accepted`: any of them. */
const states = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(ORDER_STATES)).min(1));
const listed = z.strictObject({
  department: z.string().optional(),
  state: states.optional(),
  overdue: flag,
  today: flag,
  mine: flag,
  handed: flag,
  waits: flag,
  q: z.string().max(200).optional(),
  sort: z.enum(ORDER_SORTS).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export const actRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/alarms/:id/order',
    right: 'orders.create',
    scope: 'rows',
    summary: 'Makes the work order of an alarm, or gives the one that was made already.',
    params: id,
    answer: z.object({ order: detail }),
    handle: async ({ ctx, viewer, params }) => ({ order: await orderFromAlarm(ctx, viewer, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/api/orders',
    right: 'orders.read',
    scope: 'rows',
    summary:
      'Work orders within the data scope, of the own department and unit, and those assigned to oneself. Several states at once: state=new,accepted.',
    query: listed,
    answer: z.object({ count: z.number(), rows: z.array(orderShape), next: z.string().nullable() }),
    handle: ({ ctx, viewer, query: { state, ...filter } }) => ordersOf(ctx, viewer, { ...filter, states: state }),
  }),
  route({
    method: 'GET',
    path: '/api/orders/counts',
    right: 'orders.read',
    scope: 'rows',
    summary: 'How many work orders stand behind each tab of the list: open, overdue, due today, handed over, by state.',
    query: z.strictObject({ department: z.string().optional(), q: z.string().max(200).optional() }),
    answer: z.object({ counts: z.record(z.string(), z.number()) }),
    handle: async ({ ctx, viewer, query }) => ({ counts: await orderCounts(ctx, viewer, query) }),
  }),
  route({
    method: 'POST',
    path: '/api/orders',
    right: 'orders.create',
    scope: 'rows',
    summary: 'Makes a work order of a finding; its filters are narrowed to the data scope of who made it.',
    body: draft,
    answer: z.object({ order: detail }),
    handle: async ({ ctx, viewer, body }) => ({ order: await orderFromFinding(ctx, viewer, body) }),
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/actions',
    right: 'orders.read',
    scope: 'rows',
    summary:
      'One step of a work order, over the version that was seen. Who may take which step stands in the lifecycle. order: null when it left the data scope.',
    params: id,
    body: action,
    answer: z.object({ order: detail.nullable() }),
    handle: async ({ ctx, viewer, params, body }) => {
      const order = await actOnOrder(ctx, viewer, params.id, body);
      if (order?.state === 'closed') ctx.jobs.nudge('verify.measure');
      return { order };
    },
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/comments',
    right: 'orders.read',
    scope: 'rows',
    summary: 'A word on the timeline of a work order.',
    params: id,
    body: z.strictObject({ note: z.string().max(2000) }),
    answer: z.object({ order: detail }),
    handle: async ({ ctx, viewer, params, body }) => ({ order: await commentOnOrder(ctx, viewer, params.id, body.note) }),
  }),
];
