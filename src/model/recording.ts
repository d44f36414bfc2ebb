import type { Instant } from './ids.ts';
import type { Names } from './question.ts';
import type { Channel, VoiceKind } from './voice.ts';

/** How far the matter was solved when somebody last looked 问题解决效果; `all-unhappy`: all of it, and the customer is not content. */
export const EFFECTS = ['none', 'little', 'most', 'all-unhappy', 'all-happy'] as const;
export type Effect = (typeof EFFECTS)[number];

export const RESPONSIBLE = ['unclear', 'yes', 'no'] as const;
/** Whether the company is responsible 公司是否有责任. */
export type Responsible = (typeof RESPONSIBLE)[number];

/** Facts of a recording that are something done about the matter: solved in the contact 在线解决, explained by the script 按口径解释. */
export const RECORDED_ACTS = ['online', 'explained'] as const;

/** What the judgement of a kind rests on. */
export interface Judged {
  /** The customer has a doubt or a problem 是否存在问题, whether or not it is ours. */
  readonly problem: boolean;
  /** The customer is displeased 客户情绪是否不满. */
  readonly upset: boolean;
  /** The customer asks for a formal complaint 要求升级投诉. */
  readonly insists: boolean;
}

/**
 * The judgement rule: any doubt or displeasure is first a grievance, whether or not the company is responsible or it is its business.
 * Only who asks for a formal complaint makes one; who merely asks, asks.
 */
export function judgedKind({ problem, upset, insists }: Judged): VoiceKind {
  if (insists) return 'complaint';
  return problem || upset ? 'grievance' : 'consultation';
}

/** What an agent records of one contact, as the form hands it in. */
export interface RecordingDraft extends Judged {
  /** Phone or number of the customer, as given; null: nobody said. */
  readonly customer: string | null;
  /** Leaf of the pack's tree: the cause 抱怨原因. */
  readonly category: string;
  readonly text: string;
  readonly channel: Channel;
  readonly responsible: Responsible;
  /** The how many-th time the customer comes with it, this one included. */
  readonly times: number;
  /** The explanation of the category was given 抱怨解释口径. */
  readonly explained: boolean;
  /** Which of the category’s explanations, from 0; null: none, or nobody noted it. */
  readonly script: number | null;
  readonly demand: string | null;
  readonly solution: string | null;
  readonly effect: Effect;
  /** Solved in this contact 在线解决, so that no ticket follows. */
  readonly online: boolean;
  /** When the contact began; null: now. */
  readonly startedAt: Instant | null;
  /** The first reply was given in this contact. */
  readonly replied: boolean;
}

/** One look at how far a matter was solved. */
export interface EffectSeen {
  readonly at: Instant;
  readonly effect: Effect;
}

/** What was recorded about a voice beside the voice itself, as its page shows it. */
export interface RecordedFacts extends Judged {
  readonly recorded_at: Instant;
  readonly responsible: Responsible;
  readonly times: number;
  readonly explained: boolean;
  /** The explanation that was given; null: none, nobody noted which, or the pack has it no more. */
  readonly script: Names | null;
  readonly demand: string | null;
  readonly solution: string | null;
  readonly online: boolean;
  readonly started_at: Instant;
  readonly first_reply_at: Instant | null;
  /** Grievances and complaints of the 90 days before. */
  readonly frequency_90d: number;
  /** When the last of them was said. */
  readonly last_before_at: Instant | null;
  /** The oldest first. */
  readonly effects: readonly EffectSeen[];
}

/** Answer to a recording that was stored, or stood already under the same key. */
export interface Recorded {
  readonly voice: number;
  readonly kind: VoiceKind;
  readonly duplicate: boolean;
  readonly mine_today: number;
}

/** A recording whose effect somebody should ask after 回访效果. */
export interface EffectDue {
  readonly voice: number;
  readonly recorded_at: Instant;
  readonly customer: string | null;
  readonly category: string | null;
  readonly text: string;
  readonly solution: string | null;
  readonly effect: Effect;
  /** How often it was seen so far, the recording included. */
  readonly looks: number;
}

/** A cause as the form finds it. */
export interface CauseChoice {
  readonly code: string;
  readonly names: Names;
  /** Names of the levels above. */
  readonly above: readonly Names[];
  readonly words: readonly string[];
  /** Explanations to choose from, the usual one first. */
  readonly scripts: readonly Names[];
}

/** How a grievance is told from a mere question, at hand while recording 判断口诀. */
export interface Judgement {
  readonly rule: Names;
  readonly rhyme: readonly Names[];
  readonly principles: readonly { readonly names: Names; readonly say: Names }[];
}

export interface RecordForm {
  readonly judgement: Judgement | null;
  readonly causes: readonly CauseChoice[];
  /** The channel of the member's last recording. */
  readonly channel: Channel;
  readonly mine_today: number;
  readonly now: Instant;
}

/** One earlier contact of the customer at the desk. Who may not read it learns when, what kind and which cause, not what was said. */
export interface EarlierVoice {
  readonly id: number | null;
  readonly said_at: Instant;
  readonly kind: VoiceKind;
  readonly category: string | null;
  readonly text: string | null;
  readonly effect: Effect | null;
  /** 1–5; null: not graded. */
  readonly level: number | null;
  /** Of a complaint within 30 days; null: no model is in use. */
  readonly probability: number | null;
}

/** What is known of the customer who is on the line. Personal data masked. */
export interface CustomerAtDesk {
  readonly known: boolean;
  readonly customer: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly brand: string | null;
  readonly value_tier: string | null;
  readonly tenure_months: number | null;
  readonly product: string | null;
  readonly plan: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly community: string | null;
  /** Grievances, faults and complaints of the last 90 days. */
  readonly frequency_90d: number;
  readonly complaints_90d: number;
  readonly last_complaint_at: Instant | null;
  /** Cause of the latest grievance of the last 30 days: the matter at hand is most often the same. */
  readonly last_category: string | null;
  /** How often the latest cause was told in the last 90 days. */
  readonly times: number;
  readonly history: readonly EarlierVoice[];
  readonly now: Instant;
}
