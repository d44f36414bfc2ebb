import { type SeededRandom, seededRandom } from '../../src/maths/seeded-random.ts';
import type { EventLog } from '../../src/predict/pairs/event-log.ts';

export interface PairsWorldOptions {
  readonly seed: number;
  readonly customers: number;
  readonly days?: number;
  readonly regions?: number;
  readonly segments?: number;
  readonly grievanceTypes?: number;
  readonly complaintTypes?: number;
  readonly grievancesEach?: number;
  readonly complaintsEach?: number;
}
export interface TruePair {
  readonly grievance: number;
  readonly complaint: number;
  readonly ratio: number;
  /** Holds for these customers only. */
  readonly segment?: number;
}

const RATIOS = [1.3, 1.6, 2, 3, 5, 0.6, 0.3];
const DAY = 1440;
const WEEK = 7 * DAY;

/**
 * A small world of its own: gamma activity, thirty true pairs, and outages of a region's days that raise grievance 0 and complaint 0 together, of which neither
 * leads to the other. Written apart from the scenarios, so that the estimator is judged by two hands.
 */
export function pairsWorld(options: PairsWorldOptions): { readonly log: EventLog; readonly truth: readonly TruePair[] } {
  const { seed, customers, days = 180, regions = 12, segments = 4, grievanceTypes = 30, complaintTypes = 20 } = options;
  const { grievancesEach = 7.6, complaintsEach = 2 } = options;
  const random = seededRandom(seed, 'pairs-world');
  const truth = plantedPairs(grievanceTypes, complaintTypes);
  const outages = Array.from({ length: regions }, () => Array.from({ length: 4 }, () => random.int(days)));
  const out = { customers: [] as number[], at: [] as number[], types: [] as number[], kinds: [] as number[] };
  const regionOf = new Uint16Array(customers);
  const segmentOf = new Uint8Array(customers);
  const begin = 20_000 * DAY;
  const put = (customer: number, at: number, type: number, kind: number): void => {
    if (at < 0 || at >= days * DAY) return;
    out.customers.push(customer);
    out.at.push(begin + at);
    out.types.push(type);
    out.kinds.push(kind);
  };
  const byGrievance = Array.from({ length: grievanceTypes }, (_, g) => truth.filter((pair) => pair.grievance === g));
  for (let customer = 0; customer < customers; customer++) {
    const region = random.int(regions);
    const segment = random.int(segments);
    regionOf[customer] = region;
    segmentOf[customer] = segment;
    const activity = gamma(0.7, random) / 0.7;
    const dark = outages[region] ?? [];
    const told: [number, number][] = [];
    const grievances = random.poisson(activity * grievancesEach);
    for (let i = 0; i < grievances; i++) told.push([random.int(grievanceTypes), momentOf(random, days)]);
    const perType = (activity * complaintsEach) / complaintTypes;
    for (const day of dark) {
      for (let i = random.poisson((activity * grievancesEach * 25) / grievanceTypes / days); i > 0; i--)
        told.push([0, day * DAY + hourly(random)]);
      for (let i = random.poisson((perType * 25) / days); i > 0; i--) put(customer, day * DAY + hourly(random), 0, 1);
    }
    for (const [type, at] of told) put(customer, at, type, 0);
    const complaints = random.poisson(activity * complaintsEach);
    for (let i = 0; i < complaints; i++) {
      const type = random.int(complaintTypes);
      const at = momentOf(random, days);
      const kept = told.reduce((share, [g, t]) => {
        const pair = at >= t && at < t + WEEK ? byGrievance[g]?.find((one) => one.complaint === type && one.ratio < 1) : undefined;
        return pair !== undefined && holds(pair, segment) ? Math.min(share, pair.ratio) : share;
      }, 1);
      if (random.next() < kept) put(customer, at, type, 1);
    }
    for (const [g, t] of told)
      for (const pair of byGrievance[g] ?? [])
        if (pair.ratio > 1 && holds(pair, segment))
          for (let i = random.poisson(((pair.ratio - 1) * perType * 7) / days); i > 0; i--)
            put(customer, t + Math.floor(random.next() * WEEK), pair.complaint, 1);
  }
  return {
    truth,
    log: {
      customers: Uint32Array.from(out.customers),
      atMinutes: Int32Array.from(out.at),
      types: Uint16Array.from(out.types),
      kinds: Uint8Array.from(out.kinds),
      customerCount: customers,
      grievanceTypes,
      complaintTypes,
      regions: regionOf,
      regionCount: regions,
      segments: segmentOf,
      segmentCount: segments,
    },
  };
}

const holds = (pair: TruePair, segment: number): boolean => pair.segment === undefined || pair.segment === segment;

/** Thirty where there is room, on the diagonal of the table past its first row; every tenth among one segment only, then strong. */
function plantedPairs(grievanceTypes: number, complaintTypes: number): readonly TruePair[] {
  return Array.from({ length: Math.min(30, grievanceTypes - 1) }, (_, i) => {
    const pair = { grievance: (i % (grievanceTypes - 1)) + 1, complaint: (i * 7 + 3) % complaintTypes };
    return i % 10 === 9 ? { ...pair, ratio: 4, segment: i % 4 } : { ...pair, ratio: RATIOS[i % RATIOS.length] ?? 2 };
  });
}

const momentOf = (random: SeededRandom, days: number): number => random.int(days) * DAY + hourly(random);
/** By day rather than by night: two draws over the hours from 7 to 22. */
const hourly = (random: SeededRandom): number => 420 + Math.floor(((random.next() + random.next()) / 2) * 900);

/** Marsaglia and Tsang (2000), with their power of a uniform for shapes below 1. */
function gamma(shape: number, random: SeededRandom): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
