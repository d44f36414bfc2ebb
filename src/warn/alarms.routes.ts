import { z } from 'zod';
import { ALARM_STATES, SEVERITIES } from '../model/alarm.ts';
import { dayText } from '../model/time-bounds.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { acknowledgeAlarm, alarmCounts, alarmOf, alarmsOf, announcementsOf } from './alarms.sql.ts';

const names = z.object({ zh: z.string(), en: z.string() });
/** The shape of an alarm in answers. */
export const alarmShape = z.object({
  id: z.string(),
  rule: z.object({
    id: z.string(),
    names,
    severity: z.enum(SEVERITIES),
    department: z.string(),
    window_minutes: z.number(),
    threshold: z.number(),
  }),
  entity: z.object({ dimension: z.string(), value: z.string(), names }),
  state: z.enum(ALARM_STATES),
  began_at: z.string(),
  fired_at: z.string().nullable(),
  resolved_at: z.string().nullable(),
  resolved_because: z.string().nullable(),
  voices: z.number(),
  historical: z.boolean(),
  known_at: z.string(),
  acknowledged: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  where: z.array(z.unknown()),
  order: z.object({ id: z.string(), state: z.string() }).nullable(),
  version: z.number(),
});
const announcement = z.object({
  recipient: z.string(),
  channel: z.string(),
  state: z.string(),
  sent_at: z.string().nullable(),
  attempts: z.number(),
  error: z.string().nullable(),
});
/** `state=firing` or `state=firing,acknowledged`: any of them. */
const states = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(ALARM_STATES)).min(1));
const id = z.strictObject({ id: z.string() });
/** What narrows the list and its counts alike. */
const narrowing = {
  department: z.string().max(100).optional(),
  place: z.string().max(200).optional(),
  from: dayText.optional(),
  before: dayText.optional(),
};

export const alarmsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/alarms',
    right: 'alarms.read',
    scope: 'rows',
    summary: 'Alarms within the data scope, newest first. Those of entities without a place are seen with province scope only.',
    query: z.strictObject({
      state: states.optional(),
      severity: z.enum(SEVERITIES).optional(),
      historical: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .optional(),
      rule: z.string().optional(),
      ...narrowing,
      cursor: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(200).optional(),
    }),
    answer: z.object({ count: z.number(), rows: z.array(alarmShape), next: z.string().nullable() }),
    handle: ({ ctx, viewer, query: { state, ...filter } }) => alarmsOf(ctx, viewer, { ...filter, states: state }),
  }),
  route({
    method: 'GET',
    path: '/api/alarms/counts',
    right: 'alarms.read',
    scope: 'rows',
    summary: 'How many alarms there are within the data scope, by state and severity.',
    query: z.strictObject(narrowing),
    answer: z.object({
      counts: z.array(z.object({ state: z.enum(ALARM_STATES), severity: z.enum(SEVERITIES), historical: z.boolean(), count: z.number() })),
    }),
    handle: async ({ ctx, viewer, query }) => ({ counts: await alarmCounts(ctx, viewer, query) }),
  }),
  route({
    method: 'GET',
    path: '/api/alarms/:id',
    right: 'alarms.read',
    scope: 'rows',
    summary: 'One alarm with who was told of it; addresses are masked.',
    params: id,
    answer: z.object({ alarm: alarmShape, announcements: z.array(announcement) }),
    handle: async ({ ctx, viewer, params }) => {
      const alarm = await alarmOf(ctx, viewer, params.id);
      if (alarm === undefined) throw new Refusal('not-found');
      return { alarm, announcements: await announcementsOf(ctx.db, alarm.id) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/alarms/:id/acknowledge',
    right: 'alarms.acknowledge',
    scope: 'rows',
    summary: 'Somebody has seen a firing alarm: with the version that was seen and a reason.',
    params: id,
    body: z.strictObject({ version: z.int().optional(), reason: z.string().max(2000).optional() }),
    answer: z.object({ alarm: alarmShape }),
    handle: async ({ ctx, viewer, params, body }) => ({ alarm: await acknowledgeAlarm(ctx, viewer, params.id, body) }),
  }),
];
