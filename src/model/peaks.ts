import { z } from 'zod';
import { HANDLING_TIERS, type HandlingTier, type Strategy, type TriedOffer } from './handling.ts';
import type { Instant } from './ids.ts';
import type { Names } from './question.ts';
import type { SchemeId } from './segment-views.ts';

/** waiting 待外呼 · taken 外呼中 · done 已外呼 · held_out 随机不呼 (so that the effect can be known) · expired 已过期 */
export const CALL_STATES = ['waiting', 'taken', 'done', 'held_out', 'expired'] as const;
export type CallState = (typeof CALL_STATES)[number];

export const ATTITUDES = ['calm', 'uneasy', 'angry'] as const;
export const SOLVED = ['yes', 'partly', 'no'] as const;

const share = z.number().min(0).max(1);
const yuan = z.number().min(0).max(1_000_000);

/** Settings of before there were customers of low value do not name them: they counted as usual. */
export const lowAsUsual = <T>({ high, usual, low }: { readonly high: T; readonly usual: T; readonly low?: T | undefined }) => ({
  high,
  usual,
  low: low ?? usual,
});
const perTier = <T>(value: z.ZodType<T>) => z.strictObject({ high: value, usual: value, low: value.optional() }).transform(lowAsUsual);

/** What a call spares: the share of complaints that do not come. An assumption, or taken from an experiment. */
const effect = z.strictObject({
  value: share,
  low: share,
  high: share,
  /** null: assumed. */
  experiment: z.strictObject({ id: z.string().max(100), name: z.string().max(300) }).nullable(),
});

export const peakSettings = z.strictObject({
  effect,
  /** Share of those above the line who are not called, drawn at random. */
  hold_out: share,
  /** What a prevented complaint is worth, by value of the customer, in yuan. */
  values: perTier(yuan),
  /** Comfort by policy: what one costs and what a city may spend in a month, in yuan. */
  comfort: perTier(z.strictObject({ each: yuan, month: yuan })),
});
export type PeakSettings = z.infer<typeof peakSettings>;
export type PeakEffect = PeakSettings['effect'];

export const HOLD_OUT_RANGE = { min: 0.05, max: 0.1 } as const;

export interface PeakVersion {
  /** 0: as the product ships. */
  readonly version: number;
  readonly settings: PeakSettings;
  readonly reason: string | null;
  readonly at: Instant | null;
  readonly by: string | null;
}

/** Which effect counts now and where it comes from: the own hold-out where it tells enough, an experiment, else an assumption. */
export interface EffectNow extends Omit<PeakEffect, 'experiment'> {
  readonly source: 'hold-out' | 'experiment' | 'assumption';
  readonly experiment: PeakEffect['experiment'];
  /** Called and held-out customers it was measured on. */
  readonly customers: number | null;
}

export const specialistDraft = z.strictObject({
  /** Minutes for calls on Monday … Sunday. */
  minutes: z.array(z.int().min(0).max(960)).length(7),
  minutes_per_call: z.int().min(1).max(240),
  /** Branches or causes of the knowledge map; empty: all. */
  categories: z.array(z.string().min(1).max(200)).max(50),
  /** Segments by rule; empty: all. */
  segments: z.array(z.string().min(1).max(100)).max(50),
  duties: z.string().trim().max(1000),
  active: z.boolean(),
});
export type SpecialistDraft = z.infer<typeof specialistDraft>;

export interface Specialist extends SpecialistDraft {
  readonly id: string;
  readonly member: { readonly id: string; readonly name: string };
  readonly city: string;
  readonly version: number;
  /** Calls of today: what the hours allow, and what stands. */
  readonly calls_today: number;
  readonly waiting: number;
  readonly results: SpecialistResults;
}

/** The last days: what was called, and what came after it beside those who were held out. */
export interface SpecialistResults {
  readonly calls: number;
  readonly reached: number;
  readonly solved: number;
  readonly after: Comparison;
}

/** Complaints within `days` after the line was passed, of those who were to be called and of those held out. */
export interface Comparison {
  readonly days: number;
  readonly called: { readonly n: number; readonly complaints: number };
  readonly held_out: { readonly n: number; readonly complaints: number };
  /** called − held out, Mantel–Haenszel over months with Sato's 95 %; null: too few. */
  readonly difference: { readonly effect: number; readonly low: number; readonly high: number } | null;
}

export const callOutcome = z.strictObject({
  reached: z.boolean(),
  attitude: z.enum(ATTITUDES).nullable(),
  promise: z.string().trim().max(500),
  solved: z.enum(SOLVED).nullable(),
  note: z.string().trim().max(2000),
});
export type CallOutcome = z.infer<typeof callOutcome>;

export interface CallRow {
  readonly id: string;
  readonly city: string;
  readonly day: string;
  readonly voice: number;
  readonly customer: string;
  readonly said_at: Instant;
  readonly text: string;
  readonly category: string | null;
  readonly level: number | null;
  readonly segment: string | null;
  readonly tier: HandlingTier;
  readonly p: number;
  readonly p_low: number;
  readonly p_high: number;
  /** model: scored; cause: how often grievances of the cause became complaints. */
  readonly p_from: 'model' | 'cause';
  /** Expected value of the call in yuan: probability × effect × value. */
  readonly gain: number;
  readonly rank: number;
  readonly state: CallState;
  readonly specialist: { readonly id: string; readonly name: string; readonly mine: boolean } | null;
  readonly queued_at: Instant;
  readonly due_at: Instant;
  readonly outcome: CallOutcome | null;
  readonly done_at: Instant | null;
  readonly version: number;
}

/** What a specialist says and may offer: by cause, segment and value. */
export interface CallScript {
  readonly opening: Names;
  readonly explanation: Names | null;
  readonly expectation: { readonly expectation: Names; readonly solution: Names } | null;
  readonly strategy: Strategy | null;
  /** What a running experiment has for this customer instead; null: nothing is tried on them. */
  readonly tried: TriedOffer | null;
}

export interface CallDetail extends CallRow {
  readonly script: CallScript;
}

export interface CallList {
  readonly rows: readonly CallRow[];
  readonly counts: Readonly<Record<CallState, number>>;
  /** How many of them match what was asked for. */
  readonly count: number;
}

/** The warning line 预警线 of a city on a day, from the days before it. */
export interface PeakLine {
  readonly city: string;
  readonly day: string;
  /** Yuan per call; null: nobody calls there that day, or nothing is known yet. */
  readonly line: number | null;
  readonly specialists: number;
  readonly minutes: number;
  readonly calls: number;
  /** Days that it was solved from. */
  readonly days: number;
  readonly above: number;
  readonly held_out: number;
  readonly waiting: number;
  readonly done: number;
  /** Of those above who are to be called. */
  readonly prevented: number;
  readonly prevented_low: number;
  readonly prevented_high: number;
  readonly value: number;
}

export interface BackTestDay {
  readonly city: string;
  readonly day: string;
  readonly line: number;
  readonly above: number;
  readonly calls: number;
  readonly fits: boolean;
}

export interface BackTest {
  readonly days: readonly BackTestDay[];
  readonly fitted: number;
  readonly low: number;
  readonly high: number;
}

/** Grievances of the last days in one field of the map. */
export interface PeakCell {
  /** Branch of the knowledge map; null: unmapped. */
  readonly branch: string | null;
  /** null: not graded yet. */
  readonly level: number | null;
  readonly n: number;
  readonly above: number;
}

export interface PeaksView {
  readonly days: number;
  readonly today: string;
  readonly lines: readonly PeakLine[];
  /** People who call today; whoever calls for two cities is one. */
  readonly specialists: number;
  readonly effect: EffectNow;
  readonly hold_out: number;
  readonly cells: readonly PeakCell[];
  /** By which `segments` are told. */
  readonly scheme: SchemeId;
  /** By segment, for choosing one. */
  readonly segments: readonly { readonly segment: string | null; readonly n: number; readonly above: number }[];
  readonly back_test: BackTest | null;
  /** Share of grievances with a probability of the model; the others go by their cause. */
  readonly scored: number;
  /** Customers above the line whose cause or segment is nobody's duty. */
  readonly nobodys: number;
}

/** Customers at the ends 终: below the line, not comforted lately, by level and value. */
export interface ComfortGroup {
  readonly level: number;
  readonly tier: HandlingTier;
  readonly customers: number;
  readonly given: number;
  readonly spent: number;
  readonly budget: number;
  readonly each: number;
  readonly offer: Names | null;
}

export interface ComfortView {
  readonly city: string | null;
  readonly cities: readonly string[];
  readonly month: string;
  readonly groups: readonly ComfortGroup[];
}

export const comfortGiven = z.strictObject({
  city: z.string().min(1).max(100),
  level: z.int().min(1).max(5),
  tier: z.enum(HANDLING_TIERS),
  /** How many were seen: another number means that the group has changed. */
  customers: z.int().min(1).max(1_000_000),
});
