import type { Instant } from './ids.ts';

/** The four indicators of a grievance's level 抱怨等级. */
export const INDICATORS = ['duration', 'effect', 'association', 'tolerance'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** 5: most likely to become a complaint 易产生投诉; 1: a grievance and no more 仅抱怨. */
export const LEVELS = [1, 2, 3, 4, 5] as const;
export type Level = (typeof LEVELS)[number];

/** What levels follow from; every change makes a new version. */
export interface LevelSettings {
  /** How much each indicator counts; only their ratios matter. */
  readonly weights: Readonly<Record<Indicator, number>>;
  readonly scales: {
    /** Hours since the matter was first told, from which its duration is 2, 3, 4, 5. */
    readonly duration: readonly number[];
    /** How strongly the cause leads to complaints ÷ the mean of all causes, from which its association is 2, 3, 4, 5. */
    readonly association: readonly number[];
  };
  /** Score (0–1) from which a grievance has level 2, 3, 4, 5. */
  readonly cuts: readonly number[];
  /** Wanted shares of the levels 1–5 in percent. */
  readonly shares: readonly number[];
}

export interface LevelVersion {
  readonly version: number;
  readonly settings: LevelSettings;
  readonly at: Instant | null;
  readonly by: string | null;
  readonly note: string | null;
}

/** One indicator of one grievance: its value 1–5 and the fact it came from. */
export interface LevelReason {
  readonly indicator: Indicator;
  readonly value: number;
  /** hours | effect code | ratio to the mean | complaints in 180 days; null: not known, so the middle was taken. */
  readonly fact: number | string | null;
  /** Of an association: what it rests on. Levels written down before pairs were used have none. */
  readonly ground?: 'pairs' | 'history' | undefined;
  /** Share of the score. */
  readonly part: number;
}

export interface GradedVoice {
  readonly voice: number;
  readonly level: Level;
  readonly score: number;
  readonly reasons: readonly LevelReason[];
  /** Of which time the facts are. */
  readonly at: Instant;
  readonly version: number;
}

export interface LevelShare {
  readonly level: Level;
  readonly n: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Wanted, 0–1. */
  readonly wanted: number;
}

/** The grievances of the last days under some settings. */
export interface LevelDistribution {
  readonly days: number;
  /** Graded: all, or a sample at random where there are more. */
  readonly n: number;
  readonly of: number;
  readonly shares: readonly LevelShare[];
  /** Cuts that would give the wanted shares on these grievances. */
  readonly fitting: readonly number[];
}

/** Levels at a landmark, complaints after it. */
export interface LevelValidation {
  /** Associations know nothing from here on, and neither do the settings unless `settings_knew`; the grievances graded were said from here on. */
  readonly cutoff: Instant;
  readonly before: Instant;
  /** When weights, scales and cuts were set as they are; null: as shipped, by nobody who saw these grievances. */
  readonly set_at: Instant | null;
  /** These grievances were known when the settings were made: too little time has passed since to test them on anything else. */
  readonly settings_knew: boolean;
  /** What the association of causes rests on: of before the cutoff alone, either way. */
  readonly ground: 'pairs' | 'history';
  /** Hours after the grievance at which it is graded. */
  readonly landmark_hours: number;
  readonly outcome_days: number;
  /** Left out: complained before the landmark, or called by then. */
  readonly complained_before: number;
  readonly called: number;
  /** Called or dealt with after the landmark and before any complaint: followed until then, and counted for that part of the time. */
  readonly handled: number;
  readonly rows: readonly {
    readonly level: Level;
    readonly n: number;
    readonly complaints: number;
    /** Complaints ÷ grievances, each of these counted for the part of the time for which it was followed. */
    readonly share: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** z of the trend over levels (Cochran–Armitage). */
  readonly trend: { readonly z: number; readonly p: number } | null;
  readonly auc: number | null;
  /** too-few: below 200 grievances or 20 complaints; rises: every level at least the one below, and the trend is beyond chance. */
  readonly verdict: 'too-few' | 'rises' | 'rises-unevenly' | 'no-signal';
}

export interface LevelsView {
  readonly current: LevelVersion;
  readonly history: readonly LevelVersion[];
  readonly distribution: LevelDistribution;
  /** Grievances of the last days by the level that stands: the regular grading wrote it down. */
  readonly standing: readonly { readonly level: Level; readonly n: number }[];
  readonly validation: LevelValidation | null;
}
