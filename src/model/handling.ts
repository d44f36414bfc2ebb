import { z } from 'zod';
import type { Filter, Names } from './question.ts';

/**
 * What customers expect when something hurts, who answers for it, and what may be offered to whom: data of the pack that people of
 * the house change. Every change is a version with its reason.
 */
const names = z.strictObject({ zh: z.string().min(1).max(300), en: z.string().min(1).max(300) });
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

/** Pain × segment → expectation → solution → department. */
const expectation = z.strictObject({
  /** Branch or leaf of the knowledge map. */
  pain: z.string().min(1).max(200),
  /** By rule, a temperament or a usage group; null: every segment that has no line of its own. */
  segment: z.string().max(100).nullable(),
  expectation: names,
  solution: names,
  department: id,
});

/** What a customer's value 价值等级 counts as, the highest first. */
export const HANDLING_TIERS = ['high', 'usual', 'low'] as const;
export type HandlingTier = (typeof HANDLING_TIERS)[number];

/** Level of a grievance × value of the customer → who turns to them, within how many working hours, with what. */
const strategy = z.strictObject({
  level: z.int().min(1).max(5),
  tier: z.enum(HANDLING_TIERS),
  who: names,
  within_hours: z.number().positive().max(720),
  offer: names,
});

/** A quality that several departments answer for: what customers ask of it, what it depends on, who can change that. */
const chain = z.strictObject({
  id,
  names,
  items: z.array(z.strictObject({ id, names })).min(1),
  factors: z.array(z.strictObject({ names, items: z.array(id).min(1), departments: z.array(id).min(1) })).min(1),
  /** Causes of the knowledge map in which it shows. */
  categories: z.array(z.string()).min(1),
});

/** What one of a kind costs; an assumption until somebody has counted it. */
const cost = z.strictObject({
  code: id,
  names,
  unit_cost: z.number().min(0),
  low: z.number().min(0),
  high: z.number().min(0),
  assumption: z.boolean(),
});

export const handlingSchema = z.strictObject({
  expectations: z.array(expectation),
  /** Values 价值等级 that count as high, and those that count as low; all others, and none, are usual. */
  high_tiers: z.array(z.string()).default([]),
  low_tiers: z.array(z.string()).default([]),
  strategies: z.array(strategy),
  chains: z.array(chain),
  costs: z.array(cost),
});
export type Handling = z.infer<typeof handlingSchema>;
export type Expectation = Handling['expectations'][number];
export type Strategy = Handling['strategies'][number];
export type ResponsibilityChain = Handling['chains'][number];
export type CostOfKind = Handling['costs'][number];

export const NO_HANDLING: Handling = { expectations: [], high_tiers: [], low_tiers: [], strategies: [], chains: [], costs: [] };

export const handlingChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('expectation'), value: expectation }),
  z.strictObject({ kind: z.literal('strategy'), value: strategy }),
  z.strictObject({ kind: z.literal('cost'), value: cost }),
]);
export type HandlingChange = z.infer<typeof handlingChange>;

/** Under which name a line is kept. */
export function handlingKey(change: HandlingChange): string {
  switch (change.kind) {
    case 'expectation':
      return `${change.value.pain}|${change.value.segment ?? '*'}`;
    case 'strategy':
      return `${change.value.level}|${change.value.tier}`;
    case 'cost':
      return change.value.code;
  }
}

export interface Versioned {
  /** 0: as the pack says. */
  readonly version: number;
}

export interface ValueTiers {
  readonly high_tiers: readonly string[];
  readonly low_tiers: readonly string[];
}

/** The whole of it as it holds now. */
export interface HandlingView extends ValueTiers {
  readonly expectations: readonly (Expectation & Versioned)[];
  readonly strategies: readonly (Strategy & Versioned)[];
  readonly chains: readonly ResponsibilityChain[];
  readonly costs: readonly (CostOfKind & Versioned)[];
}

/**
 * The line that fits best: the leaf before its branches, then one of the customer's own segments (in their order, by rule first) before
 * that of all.
 */
export function expectationFor<T extends Expectation>(lines: readonly T[], category: string | null, segments: readonly string[]): T | null {
  if (category === null) return null;
  const fitting = lines.filter(
    (line) =>
      (line.pain === category || category.startsWith(`${line.pain}/`)) && (line.segment === null || segments.includes(line.segment)),
  );
  const place = ({ segment }: Expectation): number => (segment === null ? segments.length : segments.indexOf(segment));
  return fitting.toSorted((a, b) => b.pain.length - a.pain.length || place(a) - place(b))[0] ?? null;
}

/** Of a customer whose value nobody knows: usual. `tier.sql.ts` says the same in SQL. */
export function tierOf({ high_tiers, low_tiers }: ValueTiers, valueTier: string | null): HandlingTier {
  if (valueTier === null) return 'usual';
  return high_tiers.includes(valueTier) ? 'high' : low_tiers.includes(valueTier) ? 'low' : 'usual';
}

export interface TriedOffer {
  readonly experiment: { readonly id: string; readonly name: string };
  readonly arm: string;
  /** null: as the strategy says. */
  readonly offer: string | null;
}

/** The study's inbound chain for one voice: who speaks, about what, how likely it escalates, who handles it how. */
export interface InboundChain {
  readonly voice: number;
  readonly kind: string;
  readonly said_at: string;
  readonly customer: { readonly id: string; readonly segment: string | null; readonly value_tier: string | null } | null;
  readonly category: string | null;
  /** Share of earlier grievances of this category after which the customer complained of it within 30 days. */
  readonly risk: { readonly share: number; readonly low: number; readonly high: number; readonly grievances: number } | null;
  /** What the model that scores now says of this grievance; null without a model, and for voices that are no grievances. */
  readonly odds: { readonly p30: number; readonly low: number; readonly high: number } | null;
  /** 1–5 as of now; null for voices that are no grievances. */
  readonly level: number | null;
  readonly department: string | null;
  readonly expectation: (Expectation & Versioned) | null;
  readonly tier: HandlingTier;
  /** What holds for the customer's value on each level, the highest first. */
  readonly strategies: readonly (Strategy & Versioned)[];
  /** What an experiment has for this customer instead; null: nothing is tried on them. */
  readonly tried: TriedOffer | null;
  readonly order: { readonly id: string; readonly title: string } | null;
}

/** Where problems stand: open and overdue orders of one place in the house. */
export interface PressureRow {
  readonly key: string;
  readonly names: Names;
  readonly open: number;
  readonly overdue: number;
  /** Working minutes of the one that is overdue longest; null where none is. */
  readonly oldest_due: string | null;
  readonly closed_30d: number;
  /** Shares of closed ones that were closed in time; null without any. */
  readonly in_time: number | null;
  /** How the list of its orders is asked for; null where no list shows exactly those. */
  readonly list: Readonly<Record<string, string>> | null;
}

/** What comes to a window unit: voices of the last 30 days, complaints, and how content those are who answered. */
export interface WindowRow {
  readonly unit: string;
  readonly names: Names;
  readonly voices: number;
  readonly complaints: number;
  readonly score: number | null;
  readonly where: readonly Filter[];
}

export interface PressureView {
  /** 三横: departments of the province company, those of branches, window units. */
  readonly departments: readonly PressureRow[];
  readonly branches: readonly PressureRow[];
  readonly windows: readonly WindowRow[];
  /** 两纵: from above (satisfaction by city), and from the front (orders raised by whom for which department). */
  readonly down: readonly {
    readonly city: string;
    readonly names: Names;
    readonly score: number | null;
    readonly answers: number;
    readonly where: readonly Filter[];
  }[];
  readonly up: readonly { readonly from: Names; readonly department: string; readonly orders: number; readonly overdue: number }[];
}

export interface CostView {
  readonly from: string;
  readonly before: string;
  readonly kinds: readonly {
    readonly code: string;
    readonly names: Names;
    readonly count: number;
    readonly cost: number;
    readonly low: number;
    readonly high: number;
    readonly assumption: boolean;
    readonly where: readonly Filter[];
  }[];
  /** Voices that did not come after closed orders, by their outcomes; null without a final outcome. */
  readonly saved: {
    readonly orders: number;
    readonly voices: number;
    readonly voices_low: number;
    readonly voices_high: number;
    readonly cost: number;
    readonly low: number;
    readonly high: number;
  } | null;
}
