import { sql } from 'kysely';
import { z } from 'zod';
import { recordedToday } from '../ingest/read.sql.ts';
import type { CustomerAtDesk, RecordForm } from '../model/recording.ts';
import type { Channel } from '../model/voice.ts';
import { type Route, route } from '../platform/http/route.ts';
import { rowOf } from '../platform/postgres/db.ts';
import { levelsOf, probabilitiesOf } from '../predict/read.sql.ts';
import { customerAtDesk } from './customer-at-desk.sql.ts';
import { causeChoices } from './record-form.ts';

export const deskRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/record/form',
    right: 'voices.record',
    scope: 'none',
    summary:
      'What the form of a recording needs: causes with their explanations, the judgement rule, and the member’s own habits. Carries no customer data.',
    handle: async ({ ctx, viewer }): Promise<RecordForm> => {
      const last = await rowOf(
        ctx.db,
        sql<{ channel: Channel }>`
          select v.channel from recordings r join voices v on v.id = r.voice_id
          where r.member_id = ${viewer.member} order by r.recorded_at desc limit 1`,
      );
      return {
        judgement: ctx.pack.judgement ?? null,
        causes: causeChoices(ctx.pack),
        channel: last?.channel ?? 'hotline',
        mine_today: await recordedToday(ctx.db, ctx, viewer),
        now: ctx.clock.now(),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/api/record/customer',
    right: 'voices.record',
    scope: 'rows',
    summary:
      'The customer on the line by phone or number, within the member’s city: facts masked, how often he came in 90 days, his last complaint, and his latest contacts. In a body, because numbers do not belong into addresses.',
    body: z.strictObject({ key: z.string().trim().min(1).max(200) }),
    handle: async ({ ctx, viewer, body }): Promise<CustomerAtDesk> => {
      const found = await customerAtDesk(ctx, viewer, body.key);
      const voices = found.history.map((one) => one.voice);
      const [graded, probabilities] = await Promise.all([levelsOf(ctx, voices), probabilitiesOf(ctx.db, voices)]);
      const levels = new Map(graded.map((one) => [one.voice, one.level]));
      return {
        ...found,
        history: found.history.map(({ voice, ...one }) => ({
          ...one,
          level: levels.get(voice) ?? null,
          probability: probabilities.get(voice) ?? null,
        })),
      };
    },
  }),
];
