import type { Names } from './question.ts';
import type { SchemeId } from './segment-views.ts';
import type { VoicePage } from './voice-views.ts';

export const FUNNEL_STAGES = ['silent', 'satisfied', 'quiet', 'escalated', 'complained'] as const;
/**
 * Where a dissatisfied customer stood when the days were over. silent 不满意但没抱怨: only his score or his feeling told it; of those
 * who spoke up: satisfied 妥善处理且满意 (a good score or feeling after his last grievance), quiet 抱怨后未再表示 (neither that nor
 * more), escalated 抱怨升级 (the same cause again), complained 投诉.
 */
export type FunnelStage = (typeof FUNNEL_STAGES)[number];

/** A share of customers with Wilson's interval. */
export interface FunnelShare {
  readonly customers: number;
  readonly base: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface FunnelGroup {
  readonly code: string | null;
  readonly names: Names;
  readonly silent: FunnelShare;
  readonly complained: FunnelShare;
  /** Fewer customers than say anything. */
  readonly few: boolean;
}

export interface Funnel {
  readonly from: string;
  readonly before: string;
  /** How long each customer is followed from his first sign of dissatisfaction. */
  readonly days: number;
  /** By which `segments` are told. */
  readonly scheme: SchemeId;
  readonly dissatisfied: number;
  readonly stages: Readonly<Record<FunnelStage, FunnelShare>>;
  /** Those who spoke up: everybody but the silent. */
  readonly spoke: FunnelShare;
  /** Customers whose days are not over yet: left out. */
  readonly pending: number;
  readonly segments: readonly FunnelGroup[];
  readonly cities: readonly FunnelGroup[];
  readonly districts: readonly FunnelGroup[];
  readonly as_of: string;
}

export type FunnelVoices = VoicePage;
