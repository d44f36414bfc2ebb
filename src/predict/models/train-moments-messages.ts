import type { ActionEffect } from '../../model/complaint-odds.ts';
import type { Pack } from '../../model/pack.ts';
import type { ActionRow } from './action-rows.ts';
import type { MomentRow } from './moment-builder.ts';
import type { MomentModel, TrainedMoments } from './train-moments.ts';
import type { Comparison } from './champion.ts';

/** What the thread is started with. */
export interface MomentsStart {
  readonly pack: Pick<Pack, 'categories' | 'segments' | 'told'>;
  /** Wall-clock minutes between which voices are on record. */
  readonly span: { readonly begin: number; readonly end: number };
  readonly seed: number;
  /** Who scores now, and until which minute it learned; null: nobody. */
  readonly champion: { readonly month: MomentModel; readonly before: number } | null;
}

/** What customers said, page by page, by customer and time; what was done about it; then the training is asked for. */
export type ToMoments =
  | { readonly kind: 'voices'; readonly rows: readonly MomentRow[] }
  | { readonly kind: 'actions'; readonly rows: readonly ActionRow[] }
  | { readonly kind: 'train' };

export interface MomentsAnswer {
  /** How many voices it learned from. */
  readonly voices: number;
  readonly week: TrainedMoments;
  readonly month: TrainedMoments;
  readonly against: Comparison | null;
  /** What was done about grievances, and whether fewer complaints followed. */
  readonly helps: readonly ActionEffect[];
}

export type FromMoments =
  | { readonly kind: 'step'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly answer: MomentsAnswer | null };
