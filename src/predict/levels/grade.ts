import { type Level, type LevelReason, type LevelSettings, INDICATORS, type Indicator } from '../../model/levels.ts';
import type { Effect } from '../../model/recording.ts';
import type { TemperamentId } from '../../model/segment.ts';

/** What is known of a grievance at some time; nothing in it is later than that time. */
export interface GrievanceFacts {
  /** Hours since the customer first told this matter. */
  readonly hours: number;
  /** Of the newest look at it, or what the source says of the first contact; null: nobody recorded any. */
  readonly effect: Effect | 'solved' | 'unsolved' | null;
  /** How strongly its cause leads to complaints ÷ the mean of all; null: the cause is not known, or too seldom. */
  readonly association: number | null;
  readonly ground: 'pairs' | 'history';
  /** Complaints and other grievances of the customer in the 180 days before. */
  readonly complaints: number;
  readonly grievances: number;
  readonly temperament: TemperamentId | null;
}

export interface Grade {
  readonly level: Level;
  /** 0–1 */
  readonly score: number;
  readonly reasons: readonly LevelReason[];
}

const MIDDLE = 3;
/** 未解决 5 … 全部解决，客户满意 1; a source that only says solved or not says less, and stands one step inwards. */
const OF_EFFECT: Readonly<Record<NonNullable<GrievanceFacts['effect']>, number>> = {
  none: 5,
  little: 4,
  unsolved: 4,
  most: 3,
  'all-unhappy': 2,
  solved: 2,
  'all-happy': 1,
};
/** How little each temperament bears: 非常低 5 … 非常高 1. */
const OF_TEMPERAMENT: Readonly<Record<TemperamentId, number>> = {
  assertive: 5,
  impatient: 4,
  'price-sensitive': 4,
  cooperative: 2,
  tolerant: 1,
};

/** The level of a grievance: its four indicators on scales of 1 to 5, weighted, and cut. A pure function of the facts. */
export function gradeOf(facts: GrievanceFacts, settings: LevelSettings): Grade {
  const values = valuesOf(facts, settings);
  const weight = (name: Indicator): number => settings.weights[name];
  const total = INDICATORS.reduce((sum, name) => sum + weight(name), 0);
  const parts = INDICATORS.map((name) => (weight(name) * (values[name].value - 1)) / (4 * total));
  const score = parts.reduce((sum, part) => sum + part, 0);
  return {
    score,
    level: levelOf(score, settings.cuts),
    reasons: INDICATORS.map((indicator, i) => ({ indicator, ...values[indicator], part: parts[i] ?? 0 })),
  };
}

const EPSILON = 1e-9;
/** A score on a cut belongs above it. */
export const levelOf = (score: number, cuts: readonly number[]): Level =>
  (1 + cuts.filter((cut) => score >= cut - EPSILON).length) as Level;

type Valued = Pick<LevelReason, 'value' | 'fact' | 'ground'>;

function valuesOf(facts: GrievanceFacts, { scales }: LevelSettings): Readonly<Record<Indicator, Valued>> {
  return {
    duration: { value: onScale(facts.hours, scales.duration), fact: facts.hours },
    effect: { value: facts.effect === null ? MIDDLE : OF_EFFECT[facts.effect], fact: facts.effect },
    association: {
      value: facts.association === null ? MIDDLE : onScale(facts.association, scales.association),
      fact: facts.association,
      ground: facts.ground,
    },
    tolerance: toleranceOf(facts),
  };
}

const onScale = (value: number, from: readonly number[]): number => 1 + from.filter((cut) => value >= cut).length;

/** By temperament where it is known; else by what he did: who complained bears little, who grieved often and never complained bears much. */
function toleranceOf({ temperament, complaints, grievances }: GrievanceFacts): Valued {
  if (temperament !== null) return { value: OF_TEMPERAMENT[temperament], fact: temperament };
  if (complaints >= 2) return { value: 5, fact: complaints };
  if (complaints === 1) return { value: 4, fact: complaints };
  return { value: grievances >= 4 ? 1 : grievances >= 2 ? 2 : MIDDLE, fact: complaints };
}
