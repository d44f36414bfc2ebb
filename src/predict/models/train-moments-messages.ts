import type { ActionEffect } from '../../model/complaint-odds.ts';
import type { ActionRow } from './action-rows.ts';
import type { MomentLog } from './moment-log.ts';
import type { MomentModel, TrainedMoments } from './train-moments.ts';
import type { Comparison } from './champion.ts';

export interface MomentsTask {
  readonly log: MomentLog;
  readonly seed: number;
  /** Who scores now, and until which minute it learned; null: nobody. */
  readonly actions: readonly ActionRow[];
  readonly champion: { readonly month: MomentModel; readonly before: number } | null;
}

export interface MomentsAnswer {
  readonly week: TrainedMoments;
  readonly month: TrainedMoments;
  readonly against: Comparison | null;
  /** What was done about grievances, and whether fewer complaints followed. */
  readonly helps: readonly ActionEffect[];
}

export type FromMoments =
  | { readonly kind: 'step'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly answer: MomentsAnswer | null };
