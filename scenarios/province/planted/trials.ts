import { seededRandom } from '../../../src/maths/seeded-random.ts';
import { SEGMENTS } from './plan.ts';
import { BILL_LETTER, CARE_CALL, CARE_CALL_CONTENT, CHURN, CONTENT_BASE, type Strategy } from './strategies.ts';
import { beginMinute, type PlantedWorld } from './world.ts';

/** What each customer went through in the three experiments of the second half; by customer. */
export interface Trials {
  /** 1 treated, 0 not. */
  readonly arms: Readonly<Record<Strategy, Uint8Array>>;
  /** Grievances and complaints before the experiments began. */
  readonly eventsBefore: Uint16Array;
  readonly grievancesAfter: Uint16Array;
  readonly complaintsAfter: Uint16Array;
  /** Left by the end: 0 or 1. */
  readonly churned: Uint8Array;
  /** Content with how grievances were handled: 0 or 1; 2 where none was told after the begin. */
  readonly content: Uint8Array;
}

/** True differences, treated less untreated, that a fair reckoning must find: none for two of the three. */
export const TRUE_EFFECTS: readonly {
  readonly strategy: Strategy;
  readonly metric: 'churned' | 'content';
  readonly bySegment: readonly number[];
}[] = [
  { strategy: 'care-call', metric: 'churned', bySegment: SEGMENTS.map((segment) => CARE_CALL[segment].churn) },
  { strategy: 'care-call', metric: 'content', bySegment: SEGMENTS.map(() => CARE_CALL_CONTENT) },
  { strategy: 'comfort-message', metric: 'churned', bySegment: SEGMENTS.map(() => 0) },
  { strategy: 'comfort-message', metric: 'content', bySegment: SEGMENTS.map(() => 0) },
  { strategy: 'bill-letter', metric: 'churned', bySegment: SEGMENTS.map(() => 0) },
  { strategy: 'bill-letter', metric: 'content', bySegment: SEGMENTS.map(() => 0) },
];

export function trialsOf(world: PlantedWorld): Trials {
  const { options, souls, places } = world;
  const counts = countsOf(world);
  const random = seededRandom(options.seed, 'planted-trials');
  const median = medianOf(counts.eventsBefore);
  const arms = { ...souls.arms, 'bill-letter': new Uint8Array(options.customers) };
  const [churned, content] = [new Uint8Array(options.customers), new Uint8Array(options.customers)];
  for (let customer = 0; customer < options.customers; customer++) {
    const before = counts.eventsBefore[customer] as number;
    arms['bill-letter'][customer] = random.chance(before <= median ? BILL_LETTER.quiet : BILL_LETTER.lively) ? 1 : 0;
    const name = SEGMENTS[places.segmentOf[customer] as number];
    const called = arms['care-call'][customer] === 1;
    const usual = Math.min(CHURN.most, CHURN.base + CHURN.perEvent * before);
    churned[customer] = random.chance(usual + (called && name !== undefined ? CARE_CALL[name].churn : 0)) ? 1 : 0;
    const isContent = random.chance(CONTENT_BASE + (called ? CARE_CALL_CONTENT : 0)) ? 1 : 0;
    content[customer] = (counts.grievancesAfter[customer] as number) === 0 ? 2 : isContent;
  }
  return { ...counts, arms, churned, content };
}

function countsOf(world: PlantedWorld): Pick<Trials, 'eventsBefore' | 'grievancesAfter' | 'complaintsAfter'> {
  const { events, options, calendar } = world;
  const half = beginMinute(world) + calendar.minutes / 2;
  const counts = {
    eventsBefore: new Uint16Array(options.customers),
    grievancesAfter: new Uint16Array(options.customers),
    complaintsAfter: new Uint16Array(options.customers),
  };
  events.customers.forEach((customer, i) => {
    const after = events.kinds[i] === 0 ? counts.grievancesAfter : counts.complaintsAfter;
    const list = (events.atMinutes[i] as number) < half ? counts.eventsBefore : after;
    list[customer] = (list[customer] as number) + 1;
  });
  return counts;
}

function medianOf(counts: Uint16Array): number {
  return counts.toSorted()[counts.length >> 1] ?? 0;
}
