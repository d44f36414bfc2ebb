import type { Pack } from '../../model/pack.ts';
import type { PairProfile, PairResult } from '../../model/pair-views.ts';
import type { SchemeId } from '../../model/segment-views.ts';

/** What the thread is started with. */
export interface PairsStart {
  readonly pack: Pick<Pack, 'categories' | 'segments'>;
  readonly scheme: SchemeId;
  /** The segments of the scheme, in the order of the answer. */
  readonly segments: readonly string[];
  readonly windowDays: number;
  readonly minExpected: number;
  /** Minutes of the province's wall clock between which events count, half-open. */
  readonly span: { readonly from: number; readonly before: number };
  /** Whether pairs are looked at closely, and their voices kept. */
  readonly closely: boolean;
}

export type ToPairs = { readonly kind: 'events' | 'customers'; readonly bytes: Uint8Array } | { readonly kind: 'run' };

export type FromPairs =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly result: PairResult; readonly profiles: readonly CloseLook[] };

/** A pair looked at closely, with the voices that were counted. */
export interface CloseLook {
  readonly grievance: string;
  readonly complaint: string;
  readonly segment: string | null;
  readonly profile: PairProfile;
  readonly complaintVoices: readonly number[];
  readonly grievanceVoices: readonly number[];
}
