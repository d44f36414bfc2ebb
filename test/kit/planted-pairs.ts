import * as plan from '../../scenarios/province/planted/plan.ts';
import { type PlantedWorld, plantedEvents } from '../../scenarios/province/planted/world.ts';
import { type EstimateOptions, differencesOf, ESTIMATE, familyOf, type PairEstimate } from '../../src/predict/pairs/estimate-pairs.ts';
import { type EventLog, orderLog } from '../../src/predict/pairs/event-log.ts';
import { countPairs } from '../../src/predict/pairs/pairs-of.ts';

/** The province lies eight hours east. */
const ZONE_MINUTES = 480;

/** The planted events of a seed as a log. */
export const plantedLog = (seed: number, customers: number): EventLog => logOf(plantedEvents({ seed, customers, days: 180 }));

/** The events of a planted world as a log. */
export function logOf({ events, places, options: { customers } }: PlantedWorld): EventLog {
  return {
    customers: events.customers,
    atMinutes: events.atMinutes.map((at) => at + ZONE_MINUTES),
    types: events.types,
    kinds: events.kinds,
    customerCount: customers,
    grievanceTypes: plan.GRIEVANCE_TYPES.length,
    complaintTypes: plan.COMPLAINT_TYPES.length,
    regions: places.regionOf,
    regionCount: places.regions,
    segments: Uint8Array.from(places.segmentOf, (segment) => (segment < 0 ? plan.SEGMENTS.length : segment)),
    segmentCount: plan.SEGMENTS.length,
  };
}

export interface Judged {
  readonly claims: number;
  /** Share of claims that are false, and true pairs that are claimed; by all customers' rows. */
  readonly falseShare: number;
  readonly found: number;
  /** The same with the rows of segments where segments differ: a pair of one segment counts when that segment claims it. */
  readonly falseShareBySegment: number;
  readonly foundBySegment: number;
  readonly wrongSign: number;
  /** Share of intervals of pairs of nothing that hold 1. */
  readonly coverage: number;
  readonly outage: PairEstimate;
}

type Named = { readonly grievance: number; readonly complaint: number };
const same = (pair: Named, known: { readonly grievance: string; readonly complaint: string }): boolean =>
  plan.GRIEVANCE_TYPES[pair.grievance]?.category === known.grievance && plan.COMPLAINT_TYPES[pair.complaint]?.category === known.complaint;
const truthOf = (pair: Named) => plan.PAIRS.find((known) => same(pair, known));

/** What is found in a log, judged by the plan. */
export function judgePairs(log: EventLog, options: EstimateOptions = ESTIMATE): Judged {
  const { sums } = countPairs(orderLog(log), { windowDays: plan.WINDOW_DAYS });
  const family = familyOf(sums, null, options);
  const claims = family.pairs.filter(({ significant }) => significant);
  const nulls = family.pairs.filter((pair) => truthOf(pair) === undefined && !plan.CONFOUNDERS.some((known) => same(pair, known)));
  const outage = family.pairs.find((pair) => plan.CONFOUNDERS.some((known) => known.id === 'outage' && same(pair, known)));
  if (outage === undefined) throw new Error('The outage pair was not tested.');
  const differing = differencesOf(sums, log.segmentCount, options).filter(({ significant }) => significant);
  const differs = (pair: Named): boolean => differing.some((one) => one.grievance === pair.grievance && one.complaint === pair.complaint);
  const rows = [null, ...plan.SEGMENTS.keys()].flatMap((segment) =>
    familyOf(sums, segment, options)
      .pairs.filter((pair) => pair.significant && differs(pair) === (segment !== null))
      .map((pair) => ({ ...pair, segment })),
  );
  const isRight = (row: (typeof rows)[number]): boolean => {
    const truth = truthOf(row);
    return truth !== undefined && (truth.segment === undefined || row.segment === null || plan.SEGMENTS[row.segment] === truth.segment);
  };
  return {
    claims: claims.length,
    falseShare: claims.filter((pair) => truthOf(pair) === undefined).length / Math.max(1, claims.length),
    found: claims.filter((pair) => truthOf(pair) !== undefined).length,
    falseShareBySegment: rows.filter((row) => !isRight(row)).length / Math.max(1, rows.length),
    foundBySegment: plan.PAIRS.filter((known) =>
      rows.some(
        (row) =>
          same(row, known) && (known.segment === undefined || (row.segment !== null && plan.SEGMENTS[row.segment] === known.segment)),
      ),
    ).length,
    wrongSign: claims.filter((pair) => truthOf(pair) !== undefined && pair.ratio > 1 !== (truthOf(pair)?.ratio ?? 1) > 1).length,
    coverage: nulls.filter(({ low, high }) => low <= 1 && high >= 1).length / nulls.length,
    outage,
  };
}
