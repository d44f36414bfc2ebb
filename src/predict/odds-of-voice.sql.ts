import type { Context } from '../platform/context.ts';
import { activeVersion } from './models/active-version.sql.ts';
import { scoreMoments } from './models/score-moments.ts';
import { recordedMoments } from './models/score-voices.sql.ts';
import { scoreOf } from './models/scores.sql.ts';

export interface OddsOfVoice {
  /** Within 30 days, with its interval. */
  readonly p30: number;
  readonly low: number;
  readonly high: number;
}

/** What the model that scores now says of a grievance: the kept score, else one reckoned now by the same code. null: no model, or no grievance. */
export async function oddsOfVoice(ctx: Context, voice: number): Promise<OddsOfVoice | null> {
  const version = await activeVersion(ctx);
  if (version === null) return null;
  const stored = await scoreOf(ctx.db, voice, version.id);
  if (stored !== undefined) return { p30: stored.p30, low: stored.p30_low, high: stored.p30_high };
  const { log, moments } = await recordedMoments(ctx.db, ctx.pack, ctx.config.timeZone, [voice]);
  const [score] = scoreMoments(log, moments, version);
  return score === undefined ? null : { p30: score.month.p, low: score.month.low, high: score.month.high };
}
