import { logOdds } from '../../maths/calibration-of-odds.ts';
import { binsByDay } from './drift-of.ts';
import { type Moment, momentTable } from './moment-features.ts';
import type { MomentLog } from './moment-log.ts';
import type { Score, ScoringVersion } from './score-moments.ts';

/** Grievances to be scored, and what was known when each was recorded. */
export interface Recorded {
  readonly log: MomentLog;
  readonly moments: readonly Moment[];
}

/** Their scores, in the same order, and where they lie in the bins that drift is measured by. */
export interface Scored {
  readonly scores: readonly Score[];
  readonly bins: ReturnType<typeof binsByDay>;
}

export function withBins({ log, moments }: Recorded, scores: readonly Score[], version: ScoringVersion): Scored {
  const days = moments.map(({ entry }) => new Date((log.minutes[entry] ?? 0) * 60_000).toISOString().slice(0, 10));
  const margins = Float64Array.from(scores, ({ month }) => logOdds(month.p));
  return { scores, bins: binsByDay(version.month.card.baseline, momentTable(log, moments), margins, days) };
}
