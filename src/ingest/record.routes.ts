import { z } from 'zod';
import { EFFECTS, RESPONSIBLE } from '../model/recording.ts';
import { CHANNELS } from '../model/voice.ts';
import { instantText } from '../model/time-bounds.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { effectsDue, lookAgain } from './effects.sql.ts';
import { recordVoice } from './record-voice.sql.ts';

const short = z.string().trim().max(500).nullable().default(null);

/** A recording as the form sends it; `src/model/recording.ts` says what each field means. */
export const recordingBody = z.strictObject({
  customer: z.string().trim().min(1).max(200).nullable().default(null),
  category: z.string().min(1).max(200),
  text: z.string().max(10_000).default(''),
  channel: z.enum(CHANNELS).default('hotline'),
  problem: z.boolean().default(true),
  upset: z.boolean().default(false),
  insists: z.boolean().default(false),
  responsible: z.enum(RESPONSIBLE).default('unclear'),
  times: z.int().min(1).max(1000).default(1),
  explained: z.boolean().default(false),
  script: z.int().min(0).max(20).nullable().default(null),
  demand: short,
  solution: short,
  effect: z.enum(EFFECTS).default('none'),
  online: z.boolean().default(false),
  started_at: instantText.nullable().default(null),
  replied: z.boolean().default(true),
});

export const recordRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/recordings',
    right: 'voices.record',
    scope: 'rows',
    summary:
      'Records what a customer said at the desk as a voice of the member’s unit, with the recorded facts; the kind follows from the judgement rule. The same Idempotency-Key gets the same voice.',
    headers: z.object({ 'idempotency-key': z.string().min(1).max(200) }),
    body: recordingBody,
    handle: async ({ ctx, viewer, headers, body: { started_at: startedAt, ...rest }, reply }) => {
      const { replayed, ...answer } = await recordVoice(ctx, viewer, headers['idempotency-key'] ?? '', { ...rest, startedAt });
      if (replayed) reply.header('idempotency-replayed', 'true');
      reply.status(replayed ? 200 : 201);
      return answer;
    },
  }),
  route({
    method: 'GET',
    path: '/api/recordings/effects',
    right: 'voices.record',
    scope: 'rows',
    summary:
      'The member’s own recordings of the last two weeks whose effect is to be asked after: a day old, not yet wholly solved and content, and not asked after in the last two days.',
    handle: async ({ ctx, viewer }) => ({ rows: await effectsDue(ctx, viewer) }),
  }),
  route({
    method: 'POST',
    path: '/api/recordings/:voice/effects',
    right: 'voices.record',
    scope: 'rows',
    summary: 'Notes how far the matter of a recorded voice is solved now; what was seen before stays.',
    params: z.strictObject({ voice: z.coerce.number().int() }),
    body: z.strictObject({ effect: z.enum(EFFECTS) }),
    handle: async ({ ctx, viewer, params, body }) => {
      if (!(await lookAgain(ctx, viewer, params.voice, body.effect))) throw new Refusal('not-found');
      return { rows: await effectsDue(ctx, viewer) };
    },
  }),
];
