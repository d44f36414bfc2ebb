import { z } from 'zod';
import { searchVoices } from '../../analyse/read.sql.ts';
import type { GradedVoice, Level, LevelDistribution, LevelVersion, LevelsView } from '../../model/levels.ts';
import type { VoicePage } from '../../model/voice-views.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { voiceIsSeen } from '../voice-is-seen.sql.ts';
import { distributionWithin, levelsOf, standingLevels, voicesOnLevel } from './levels.sql.ts';
import { gradingProblems } from './settings.ts';
import { levelVersions, saveLevelSettings } from './settings.sql.ts';
import { validateLevels } from './validate.sql.ts';

const number = z.number();
const list = z.array(number).max(10);
const settings = z.strictObject({
  weights: z.strictObject({ duration: number, effect: number, association: number, tolerance: number }),
  scales: z.strictObject({ duration: list, association: list }),
  cuts: list,
  shares: list,
});
const days = z.int().min(1).max(180).default(30);

export const levelsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/levels',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'How grievances are graded: the settings with their history, the grievances of the last days within scope by level, and whether levels at a landmark were followed by complaints.',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(180).default(30) }),
    handle: async ({ ctx, viewer, query }): Promise<LevelsView> => {
      const history = await levelVersions(ctx.db);
      const [current] = history;
      const [distribution, standing, validation] = await Promise.all([
        distributionWithin(ctx, viewer, current.settings, query.days),
        standingLevels(ctx, viewer, query.days),
        validateLevels(ctx, viewer, history),
      ]);
      return { current, history, distribution, standing, validation };
    },
  }),
  route({
    method: 'GET',
    path: '/api/levels/voices',
    right: 'voices.read',
    scope: 'rows',
    summary: 'The grievances of the last days that stand on a level, newest first: as many as the figure says.',
    query: z.strictObject({
      level: z.coerce.number().int().min(1).max(5),
      days: z.coerce.number().int().min(1).max(180).default(30),
      limit: z.coerce.number().int().min(1).max(200).default(30),
      cursor: z.coerce.number().int().min(0).max(10_000_000).default(0),
    }),
    handle: async ({ ctx, viewer, query: { level, days: over, limit, cursor } }): Promise<VoicePage> => {
      const { ids, count } = await voicesOnLevel(ctx, viewer, { level: level as Level, days: over, limit, offset: cursor });
      const where = [{ field: 'id', in: ids.map(String) }];
      const found = ids.length === 0 ? { rows: [], as_of: ctx.clock.now() } : await searchVoices(ctx, viewer, where, { limit });
      return { count, rows: found.rows, next: cursor + ids.length < count ? String(cursor + ids.length) : null, as_of: found.as_of };
    },
  }),
  route({
    method: 'GET',
    path: '/api/voices/:id/level',
    right: 'voices.read',
    scope: 'rows',
    summary: 'The level of a grievance as of now, with the facts that give it; null for a voice that is no grievance.',
    params: z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }),
    handle: async ({ ctx, viewer, params }): Promise<{ readonly graded: GradedVoice | null }> => {
      if (!(await voiceIsSeen(ctx.db, viewer, params.id))) throw new Refusal('not-found');
      const [graded] = await levelsOf(ctx, [params.id]);
      return { graded: graded ?? null };
    },
  }),
  route({
    method: 'POST',
    path: '/api/levels/preview',
    right: 'numbers.read',
    scope: 'rows',
    summary: 'The grievances of the last days within scope under settings that are not saved. Changes nothing.',
    body: z.strictObject({ settings, days }),
    handle: ({ ctx, viewer, body }): Promise<LevelDistribution> => {
      const problems = gradingProblems(body.settings);
      if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
      return distributionWithin(ctx, viewer, body.settings, body.days);
    },
  }),
  route({
    method: 'PUT',
    path: '/api/levels/settings',
    right: 'levels.write',
    scope: 'none',
    summary: 'Makes a new version of the settings over the one that was seen. Settings carry no voices.',
    body: z.strictObject({ settings, seen: z.int().min(0), note: z.string().trim().max(500).nullable().default(null) }),
    handle: async ({ ctx, viewer, body }): Promise<LevelVersion> => {
      const saved = await saveLevelSettings(ctx, viewer, body);
      ctx.jobs.nudge('predict.levels');
      return saved;
    },
  }),
];
