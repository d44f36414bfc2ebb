import { z } from 'zod';
import type { Agreement, CodingQueue } from '../../model/agreement.ts';
import type { Names } from '../../model/question.ts';
import { instantText } from '../../model/time-bounds.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { MIN_N, categoriesOf, codersOf, figureOf } from './results.ts';
import { codeVoice, codingQueue, doubleCoded, drawSample, samplesSeenBy } from './samples.sql.ts';

const SEED = 1;

/** Agreement between who recorded and a second coder: samples, the queue, results. */
export const agreementRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/agreement',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'How far recorded categories and blind second codings agree, within scope: Krippendorff’s alpha with its interval, where they differ, and which agents and centres differ beyond chance.',
    query: z.strictObject({ sample: z.string().max(100).optional() }),
    handle: async ({ ctx, viewer, query }): Promise<Agreement> => {
      const sample = query.sample ?? null;
      const [samples, rows] = await Promise.all([samplesSeenBy(ctx.db, viewer), doubleCoded(ctx.db, viewer, sample)]);
      const names = new Map(ctx.pack.categories.map((one) => [one.code, one.names]));
      const nameOf = (code: string): Names => names.get(code) ?? { zh: code, en: code };
      return {
        samples,
        sample,
        leaf: figureOf(rows, 'leaf', SEED),
        top: figureOf(rows, 'top', SEED),
        min_n: MIN_N,
        categories: categoriesOf(rows, nameOf),
        agents: codersOf(rows, 'agent', SEED),
        units: codersOf(rows, 'unit', SEED),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/api/agreement/samples',
    right: 'numbers.read',
    scope: 'rows',
    summary: 'Draws a stratified sample (centre × first level, seeded) of voices within scope that carry a recorded cause.',
    body: z.strictObject({
      from: instantText,
      before: instantText,
      size: z.int().min(1).max(2000).default(200),
      seed: z.int().min(1).max(1_000_000).default(1),
    }),
    handle: ({ ctx, viewer, body }) => drawSample(ctx, viewer, body),
  }),
  route({
    method: 'GET',
    path: '/api/agreement/queue',
    right: 'voices.record',
    scope: 'rows',
    summary: 'Voices within scope that wait for a second coding by the viewer; what was recorded or read is not told.',
    handle: ({ ctx, viewer }): Promise<CodingQueue> => codingQueue(ctx.db, viewer),
  }),
  route({
    method: 'POST',
    path: '/api/agreement/codes',
    right: 'voices.record',
    scope: 'rows',
    summary: 'Writes a second coding, once; never of what the viewer recorded himself.',
    body: z.strictObject({
      sample: z.string().max(100),
      voice: z.int().positive().max(Number.MAX_SAFE_INTEGER),
      category: z.string().max(200),
    }),
    handle: async ({ ctx, viewer, body }): Promise<CodingQueue> => {
      await codeVoice(ctx, viewer, body);
      return codingQueue(ctx.db, viewer);
    },
  }),
];
