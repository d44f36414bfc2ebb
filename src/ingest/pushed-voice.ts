import { z } from 'zod';
import { maskText } from '../model/masking.ts';
import type { Problem } from '../model/problem.ts';
import { CHANNELS, VOICE_KINDS, type VoiceDraft } from '../model/voice.ts';
import { isAhead, readWhen } from './when.ts';

const text = (max: number) => z.string().max(max).nullable().optional();

/** A voice as another system pushes it. */
export const pushedVoice = z.strictObject({
  id: z.string().min(1).max(200).nullable().optional(),
  said_at: z.string().max(40).nullable().optional(),
  kind: z.enum(VOICE_KINDS),
  channel: z.enum(CHANNELS).default('other'),
  text: z.string().min(1).max(100_000),
  product: text(200),
  plan: text(200),
  region: text(200),
  unit: text(200),
  agent: text(200),
  customer: text(200),
  phone: text(40),
  status: text(200),
  category: text(200),
  score: z.number().nullable().optional(),
  turns: z
    .array(z.strictObject({ speaker: z.enum(['agent', 'customer', 'other']), text: z.string().max(100_000) }))
    .max(10_000)
    .nullable()
    .optional(),
  attributes: z.record(z.string().max(200), z.string().max(10_000)).optional(),
});
export type PushedVoice = z.infer<typeof pushedVoice>;

/** @param now the clock, ISO UTC; also the voice's time when it carries none. */
export function draftOf(pushed: PushedVoice, now: string, timeZone: string): { draft: VoiceDraft } | { problem: Problem } {
  const when = pushed.said_at ? readWhen(pushed.said_at, { zone: timeZone }) : null;
  if (when?.kind === 'unreadable')
    return { problem: { code: 'date-unreadable', column: 'said_at', params: { text: maskText(pushed.said_at ?? '') } } };
  if (when !== null && isAhead(when.instant, now))
    return { problem: { code: 'date-future', column: 'said_at', params: { value: maskText(pushed.said_at ?? '') } } };
  return {
    draft: {
      outsideId: pushed.id ?? null,
      saidAt: when?.instant ?? now,
      saidAtKnown: when !== null,
      kind: pushed.kind,
      channel: pushed.channel,
      product: pushed.product ?? null,
      plan: pushed.plan ?? null,
      region: pushed.region ?? null,
      unit: pushed.unit ?? null,
      agent: pushed.agent ?? null,
      customer: pushed.customer ?? null,
      phone: pushed.phone ?? null,
      score: pushed.score ?? null,
      status: pushed.status ?? null,
      recordedCategory: pushed.category ?? null,
      text: pushed.text,
      turns: pushed.turns ?? null,
      attributes: pushed.attributes ?? {},
    },
  };
}
