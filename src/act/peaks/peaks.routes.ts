import { z } from 'zod';
import { searchVoices } from '../../analyse/read.sql.ts';
import { comfortGiven, peakSettings } from '../../model/peaks.ts';
import { SCHEME_IDS } from '../../model/segment-views.ts';
import type { VoicePage } from '../../model/voice-views.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { comfortView, giveComfort } from './comforts.sql.ts';
import { voicesInField } from './map.sql.ts';
import { mapAsk, peaksView } from './peaks-view.sql.ts';
import { peakVersions, savePeaks } from './settings.sql.ts';

const days = z.coerce.number().int().min(1).max(90).default(30);
/** Segments by rule, or of another scheme as its newest run says. */
const scheme = z.enum(SCHEME_IDS).default('rules');
/** '': customers in no segment. */
const segment = z.string().max(100).nullable().default(null);

export const peakMapRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/peaks',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'The peak-end map: grievances of the last days by category, level and segment within scope, today’s warning lines with hours and calls, the effect that counts, and the back-test of the line.',
    query: z.strictObject({ days, scheme, segment }),
    handle: ({ ctx, viewer, query }) => peaksView(ctx, viewer, query),
  }),
  route({
    method: 'GET',
    path: '/api/peaks/voices',
    right: 'voices.read',
    scope: 'rows',
    summary: 'The grievances in a field of the map, newest first: as many as the figure says.',
    query: z.strictObject({
      days,
      scheme,
      segment,
      branch: z.string().max(100).optional(),
      level: z.coerce.number().int().min(0).max(5).optional(),
      above: z.enum(['true', 'false']).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(30),
      cursor: z.coerce.number().int().min(0).max(10_000_000).default(0),
    }),
    handle: async ({ ctx, viewer, query }): Promise<VoicePage> => {
      const { branch, level, limit, cursor, above } = query;
      const ask = await mapAsk(ctx, { days: query.days, scheme: query.scheme, segment: query.segment });
      const field = { branch, level, above: above === undefined ? undefined : above === 'true', limit, offset: cursor };
      const { categories, count } = await voicesInField(ctx.db, viewer, ask, field);
      const ids = [...categories.keys()];
      const where = [{ field: 'id', in: ids.map(String) }];
      const found = ids.length === 0 ? { rows: [], as_of: ctx.clock.now() } : await searchVoices(ctx, viewer, where, { limit });
      // Named as the map counts them: by what the agent filed, which a reading of the text may not share.
      const rows = found.rows.map((row) => ({ ...row, category: categories.get(row.id) ?? null }));
      return { count, rows, next: cursor + ids.length < count ? String(cursor + ids.length) : null, as_of: found.as_of };
    },
  }),
  route({
    method: 'GET',
    path: '/api/peaks/comforts',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'The ends: customers below the line within scope by level and value, what may be offered, what was given and spent this month.',
    query: z.strictObject({ city: z.string().max(100).optional() }),
    handle: ({ ctx, viewer, query }) => comfortView(ctx, viewer, query.city ?? null),
  }),
  route({
    method: 'POST',
    path: '/api/peaks/comforts',
    right: 'peaks.write',
    scope: 'rows',
    summary:
      'Records comfort by policy as given to customers of a group, likeliest to complain first, within the budget of city and month.',
    body: comfortGiven,
    answer: z.object({ customers: z.number() }),
    handle: ({ ctx, viewer, body }) => giveComfort(ctx, viewer, body),
  }),
  route({
    method: 'GET',
    path: '/api/peaks/settings',
    right: 'numbers.read',
    scope: 'none',
    summary: 'Effect, hold-out share, values and budgets with their history. Settings; they carry no voices.',
    handle: async ({ ctx }) => ({ versions: await peakVersions(ctx.db) }),
  }),
  route({
    method: 'PUT',
    path: '/api/peaks/settings',
    right: 'peaks.write',
    scope: 'none',
    summary: 'Makes a new version of the settings over the one that was seen. Settings carry no voices.',
    body: z.strictObject({ settings: peakSettings, seen: z.int().min(0), reason: z.string().trim().min(1).max(500) }),
    handle: async ({ ctx, viewer, body }) => {
      const saved = await savePeaks(ctx, viewer, body);
      ctx.jobs.nudge('act.peaks');
      return saved;
    },
  }),
];
