import { type Calendar } from './calendar.ts';
import { Alias } from './draws.ts';
import { ALL_HELD, holderShares, keptShare, mayHave, type Places } from './people.ts';
import * as plan from './plan.ts';

/** Two weights per type that give the means of the plan: a customer of activity a says things of type i at a × rate × rhythm. */
export interface Rates {
  /** Per customer of activity 1 over the whole time, for those who may; index of the types. */
  readonly grievances: Float64Array;
  readonly complaints: Float64Array;
  /** By what a customer holds: the sum over types, and a draw of one of them. */
  readonly mixes: readonly { readonly grievances: Mix; readonly complaints: Mix }[];
}
export interface Mix {
  readonly sum: number;
  readonly alias: Alias | null;
}

export interface IndexedPair {
  readonly grievance: number;
  readonly complaint: number;
  readonly ratio: number;
  readonly lag: readonly number[];
  /** Index of `SEGMENTS`; −1: everybody. */
  readonly segment: number;
}

const indexOf = (types: readonly plan.PlantedType[], category: string): number => types.findIndex((type) => type.category === category);
export const grievanceIndex = (category: string): number => indexOf(plan.GRIEVANCE_TYPES, category);
export const complaintIndex = (category: string): number => indexOf(plan.COMPLAINT_TYPES, category);

export const INDEXED_PAIRS: readonly IndexedPair[] = plan.PAIRS.map(({ grievance, complaint, ratio, lag, segment }) => ({
  grievance: grievanceIndex(grievance),
  complaint: complaintIndex(complaint),
  ratio,
  lag: plan.LAGS[lag],
  segment: segment === undefined ? -1 : plan.SEGMENTS.findIndex((each) => each === segment),
}));
/** The complaint type of the same category, by grievance type; −1 where there is none. */
export const SAME_CATEGORY = Int8Array.from(plan.GRIEVANCE_TYPES, ({ category }) => complaintIndex(category));
export const CONFOUNDED = plan.CONFOUNDERS.map(({ grievance, complaint, times }) => ({
  grievance: grievanceIndex(grievance),
  complaint: complaintIndex(complaint),
  times,
}));

/** `share`: part of the plan's means. */
export function ratesOf(places: Places, calendar: Calendar, share: number): Rates {
  const shareOf = holderShares(places);
  const each = (mean: number): number => (mean * share * calendar.days) / 180;
  const weights = (types: readonly plan.PlantedType[]): Float64Array => {
    const total = types.reduce((sum, { weight }) => sum + weight, 0);
    return Float64Array.from(types, (type) => type.weight / total);
  };
  const [ofGrievances, ofComplaints] = [weights(plan.GRIEVANCE_TYPES), weights(plan.COMPLAINT_TYPES)];
  const onTop = (side: 'grievance' | 'complaint', list: Float64Array): number =>
    CONFOUNDED.reduce((sum, one, i) => sum + (list[one[side]] as number) * (one.times - 1) * extraMass(i, places, calendar), 0);
  const spread = (types: readonly plan.PlantedType[], list: Float64Array, total: number): Float64Array =>
    list.map((weight, i) => (weight * total) / Math.max(1e-9, shareOf(types[i] as plan.PlantedType)));
  const calmGrievances = each(plan.GRIEVANCES_EACH) / (1 + onTop('grievance', ofGrievances));
  const told = spread(plan.GRIEVANCE_TYPES, ofGrievances, calmGrievances);
  const led = ledShare(told, ofComplaints, calendar.days, places);
  const grievances = told.map((rate, type) => rate / meanKept(places, type));
  const calm = each(plan.COMPLAINTS_EACH) / (1 + onTop('complaint', ofComplaints) + led);
  const complaints = spread(plan.COMPLAINT_TYPES, ofComplaints, calm);
  const mixes = Array.from({ length: ALL_HELD + 1 }, (_, holds) => ({
    grievances: mixOf(plan.GRIEVANCE_TYPES, grievances, holds),
    complaints: mixOf(plan.COMPLAINT_TYPES, complaints, holds),
  }));
  return { grievances, complaints, mixes };
}

/** Mean of `keptShare` over those who may tell of a type. */
export function meanKept(places: Places, type: number): number {
  if (places.leanings === undefined) return 1;
  let [sum, count] = [0, 0];
  places.holds.forEach((holds, customer) => {
    if (!mayHave(plan.GRIEVANCE_TYPES[type] as plan.PlantedType, holds)) return;
    sum += keptShare(places, customer, type);
    count++;
  });
  return count === 0 ? 1 : sum / count;
}

function mixOf(types: readonly plan.PlantedType[], rates: Float64Array, holds: number): Mix {
  const list = rates.map((rate, i) => (mayHave(types[i] as plan.PlantedType, holds) ? rate : 0));
  const sum = list.reduce((total, rate) => total + rate, 0);
  return { sum, alias: sum > 0 ? new Alias(list) : null };
}

/** Mean over the customers of the share of the calm intensity that falls into a confounder. */
function extraMass(confounder: number, { regions, regionOf }: Places, calendar: Calendar): number {
  const people = new Float64Array(regions);
  for (const region of regionOf) people[region] = (people[region] as number) + 1;
  const masses = calendar.extra[confounder] ?? [];
  return people.reduce((sum, count, region) => sum + count * (masses[region]?.mass ?? 0), 0) / Math.max(1, regionOf.length);
}

/**
 * Complaints that the pairs add, as a share of the calm ones. A customer of activity a is exposed for 1 − exp(−a x) of the time, x = grievances
 * expected in a window; with a gamma of mean 1 and shape κ, E[a (1 − exp(−a x))] = 1 − (1 + x/κ)^−(κ+1).
 */
function ledShare(grievances: Float64Array, complaintWeights: Float64Array, days: number, places: Places): number {
  const kappa = plan.ACTIVITY_SHAPE;
  const shareOf = holderShares(places);
  const inSegment = (segment: number): number =>
    segment < 0 ? 1 : places.segmentOf.reduce((sum, each) => sum + (each === segment ? 1 : 0), 0) / Math.max(1, places.segmentOf.length);
  return INDEXED_PAIRS.reduce((sum, { grievance, complaint, ratio, segment }) => {
    const x = ((grievances[grievance] as number) * plan.WINDOW_DAYS) / days;
    const exposed = (1 - (1 + x / kappa) ** -(kappa + 1)) * (1 - plan.WINDOW_DAYS / 2 / days);
    const [g, k] = [plan.GRIEVANCE_TYPES[grievance] as plan.PlantedType, plan.COMPLAINT_TYPES[complaint] as plan.PlantedType];
    const who = inSegment(segment) * (g.needs === k.needs ? 1 : shareOf(g));
    return sum + (complaintWeights[complaint] as number) * (ratio - 1) * who * exposed;
  }, 0);
}
