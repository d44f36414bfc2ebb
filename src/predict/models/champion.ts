import { type Gain, pairedGain } from '../../maths/probability-scores.ts';
import type { Verdict } from './model-report.ts';

/** A challenger against the champion on the same grievances. */
export interface Comparison extends Gain {
  readonly rows: number;
  /** false: the champion had learned from some of them, which speaks for the champion. */
  readonly unseen: boolean;
}

export const compare = (
  challenger: Float64Array,
  champion: Float64Array,
  truth: Uint8Array,
  groups: Int32Array,
  unseen: boolean,
): Comparison => ({ ...pairedGain(challenger, champion, truth, groups), rows: truth.length, unseen });

export interface Decision {
  readonly state: 'champion' | 'challenger';
  readonly why: 'first' | 'better' | 'not-better' | 'no-signal';
}

/** A version that was held against another champion than now scores, or against none, has not been shown to be better than that one. */
export const asThingsStand = (decision: Decision, isSameChampion: boolean): Decision =>
  decision.state === 'champion' && !isSameChampion ? { state: 'challenger', why: 'not-better' } : decision;

/** One-sided 5 %: a champion is replaced only by one that is better beyond noise. */
const SURE = 1.64;

export function decide(verdict: Verdict, against: Comparison | null): Decision {
  if (verdict === 'no_signal') return { state: 'challenger', why: 'no-signal' };
  if (against === null) return { state: 'champion', why: 'first' };
  return against.z > SURE ? { state: 'champion', why: 'better' } : { state: 'challenger', why: 'not-better' };
}
