import type { BatchId, Instant, VoiceId } from './ids.ts';

export const VOICE_KINDS = ['grievance', 'complaint', 'consultation', 'suggestion', 'fault', 'survey', 'praise'] as const;
/** grievance 抱怨 | complaint 投诉 | consultation 咨询 | suggestion 建议 | fault 报障 | survey comment 回访意见 | praise 表扬 */
export type VoiceKind = (typeof VOICE_KINDS)[number];

export const CHANNELS = ['hotline', 'hall', 'app', 'web', 'field', 'survey', 'social', 'sms', 'email', 'other'] as const;
/** hotline 热线 | hall 营业厅 | app 手机客户端 | web 网上营业厅 | field 上门装维 | survey 回访 | social 社交媒体 … */
export type Channel = (typeof CHANNELS)[number];

/** Where a voice belongs; codes of the region tree, null when the source does not say. */
export interface Place {
  readonly city: string | null;
  readonly district: string | null;
  readonly community: string | null;
  readonly cell: string | null;
}

export interface Turn {
  readonly speaker: 'agent' | 'customer' | 'other';
  readonly text: string;
}

/** A voice as a source hands it in: parsed, not yet stored. */
export interface VoiceDraft {
  readonly outsideId: string | null;
  readonly saidAt: Instant;
  /** false: the file carried no time; `saidAt` is `--said-at` or the import time. */
  readonly saidAtKnown: boolean;
  readonly kind: VoiceKind;
  readonly channel: Channel;
  readonly product: string | null;
  readonly plan: string | null;
  /** As written in the source: a code or a name of any level; resolved against the region tree at ingest. */
  readonly region: string | null;
  /** As written: an org unit's id or name. */
  readonly unit: string | null;
  /** Staff number of the agent who took it. */
  readonly agent: string | null;
  readonly customer: string | null;
  readonly phone: string | null;
  readonly score: number | null;
  readonly status: string | null;
  /** The category that an agent recorded (a code or a name), if any. */
  readonly recordedCategory: string | null;
  readonly text: string;
  readonly turns: readonly Turn[] | null;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A voice as it is stored and read; text masked unless revealed. */
export interface Voice extends Place {
  readonly id: VoiceId;
  readonly source: string;
  readonly outsideId: string | null;
  readonly saidAt: Instant;
  readonly saidAtKnown: boolean;
  readonly arrivedAt: Instant;
  readonly kind: VoiceKind;
  readonly channel: Channel;
  readonly product: string | null;
  readonly plan: string | null;
  readonly unit: string | null;
  readonly agent: string | null;
  readonly customer: string | null;
  readonly phone: string | null;
  readonly score: number | null;
  readonly status: string | null;
  readonly text: string;
  readonly turns: readonly Turn[] | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly batch: BatchId | null;
}
