import type { ActionEffect } from '../../model/complaint-odds.ts';
import type { Comparison } from './champion.ts';
import type { MomentCard } from './train-moments.ts';

export type VersionState = 'champion' | 'challenger' | 'retired';
export type VersionWhy = 'first' | 'better' | 'not-better' | 'no-signal' | 'replaced';

/** What is told of a version beside its models. */
export interface VersionCard {
  readonly reader: string;
  readonly seed: number;
  readonly voices: number;
  readonly week: MomentCard;
  readonly month: MomentCard;
  readonly helps: readonly ActionEffect[];
  readonly against: (Comparison & { readonly champion: string }) | null;
}

export interface StoredVersion {
  readonly id: string;
  readonly trained_at: string;
  readonly state: VersionState;
  readonly state_at: string;
  readonly why: VersionWhy;
  readonly card: VersionCard;
  readonly trained_by: string | null;
}
