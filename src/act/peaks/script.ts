import { expectationFor, type HandlingTier, type HandlingView, type TriedOffer } from '../../model/handling.ts';
import type { Pack } from '../../model/pack.ts';
import type { CallScript } from '../../model/peaks.ts';
import type { Names } from '../../model/question.ts';

interface Asked {
  readonly category: string | null;
  readonly level: number | null;
  /** By rule first. */
  readonly segments: readonly string[];
  readonly tier: HandlingTier;
}

/** Who is called and not graded yet is offered what the highest level is: the line was passed. */
export const offeredAs = ({ level }: Pick<Asked, 'level'>): number => level ?? 5;

/**
 * What is said to a customer: how to begin, what explains the cause, what this segment expects, what may be offered for its level and
 * value, and what an experiment has for this customer instead.
 */
export function scriptFor(pack: Pack, handling: HandlingView, asked: Asked, tried: TriedOffer | null): CallScript {
  const { category, segments, tier } = asked;
  const cause = pack.categories.find((one) => one.code === category)?.names ?? null;
  const line = expectationFor(handling.expectations, category, segments);
  const strategy = handling.strategies.find((one) => one.level === offeredAs(asked) && one.tier === tier) ?? null;
  return {
    opening: openingOf(cause),
    explanation: pack.scripts.find((one) => one.category === category)?.say ?? null,
    expectation: line === null ? null : { expectation: line.expectation, solution: line.solution },
    strategy,
    tried,
  };
}

const openingOf = (cause: Names | null): Names =>
  cause === null
    ? {
        zh: '您好，我是品质专员。看到您前两天反映了问题，想先跟您确认解决了没有，再听听您的意见。',
        en: 'Good day, I am the quality specialist. You told us of a problem the other day: I would like to know whether it is solved, and to hear you out.',
      }
    : {
        zh: `您好，我是品质专员。看到您前两天反映“${cause.zh}”，想先跟您确认解决了没有，再听听您的意见。`,
        en: `Good day, I am the quality specialist. You told us about “${cause.en}” the other day: I would like to know whether it is solved, and to hear you out.`,
      };
