import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { rowOf } from '../../src/platform/postgres/db.ts';
import { LEVELS } from './reads.ts';
import type { Recipes } from './recipes.ts';
import type { World } from './worlds.ts';

const OUTAGE = 'fixed/broadband/outage';
const MARCH = { from: '2026-03-01T00:00:00.000Z', before: '2026-04-01T00:00:00.000Z' };
const post = (url: string, payload: object = {}): InjectOptions => ({ method: 'POST', url, payload });

/** One request that goes well for each changing route of recording, second coding and grading. */
export function recordRecipes(world: () => World, second: () => number): Recipes {
  /** A voice of the agent's with a cause, recorded just now. */
  const freshRecording = (): Promise<unknown> =>
    world().do('me_ag', {
      ...post('/api/recordings', { category: OUTAGE, text: `宽带断网了${second()}` }),
      headers: { 'idempotency-key': `fresh${second()}` },
    });

  return {
    'POST /api/agreement/samples': async () => {
      await freshRecording();
      return { member: 'me_a', action: 'coding.sample', request: post('/api/agreement/samples', { ...MARCH, size: 1, seed: second() }) };
    },
    'POST /api/agreement/codes': async () => {
      await freshRecording();
      await world().do('me_a', post('/api/agreement/samples', { ...MARCH, size: 1, seed: second() }));
      const { sample, voice } = (await rowOf(
        world().product.ctx.db,
        sql<{
          sample: string;
          voice: number;
        }>`select sample_id as sample, voice_id as voice from coding_tasks where second_category is null limit 1`,
      ))!;
      return { member: 'me_a1', action: 'coding.code', request: post('/api/agreement/codes', { sample, voice, category: OUTAGE }) };
    },
    'PUT /api/levels/settings': async () => ({
      member: 'me_a',
      action: 'levels.change',
      request: { method: 'PUT', url: '/api/levels/settings', payload: { settings: LEVELS, seen: 0 } },
    }),
    'POST /api/recordings/:voice/effects': async () => {
      await freshRecording();
      const { voice } = (await rowOf(
        world().product.ctx.db,
        sql<{ voice: number }>`select voice_id as voice from recordings where member_id = 'me_ag' order by voice_id desc limit 1`,
      ))!;
      return { member: 'me_ag', action: 'voice.effect', request: post(`/api/recordings/${voice}/effects`, { effect: 'most' }) };
    },
    'POST /api/recordings': async () => ({
      member: 'me_ag',
      action: 'voice.record',
      request: {
        ...post('/api/recordings', { customer: 'CA1', category: OUTAGE }),
        headers: { 'idempotency-key': `rec${second()}` },
      },
    }),
  };
}
