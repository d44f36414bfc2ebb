import { TEMPERAMENT_IDS, type TemperamentId } from '../../../src/model/segment.ts';

/** What is planted in every world: which grievance leads to which complaint, what only looks so, and what handling does about it. */
export interface PlantedType {
  readonly category: string;
  /** Its share of all grievances, or of all complaints, relative to the others. */
  readonly weight: number;
  /** Only holders of it speak of this. */
  readonly needs?: 'broadband' | 'mobile';
}

export interface PlantedPair {
  readonly grievance: string;
  readonly complaint: string;
  /** How many times as often the same customer complains in the seven days after, against other days; the mean over all such grievances. */
  readonly ratio: number;
  /** Where in the seven days most of it falls. */
  readonly lag: Lag;
  /** Rule segment in which alone it holds. */
  readonly segment?: string;
}

export interface Confounder {
  readonly id: 'outage' | 'billing-day';
  readonly grievance: string;
  readonly complaint: string;
  /** Both sides are this many times as frequent while it lasts; neither leads to the other. */
  readonly times: number;
}

export const WINDOW_DAYS = 7;
/** Means per customer in 180 days. */
export const GRIEVANCES_EACH = 7.6;
export const COMPLAINTS_EACH = 2;
/** Shape of the gamma distribution of activity over customers; its mean is 1. */
export const ACTIVITY_SHAPE = 0.7;

/** Weight of each of the seven days after a grievance; the mean is 1. */
export const LAGS = { soon: [1.4, 1.3, 1.1, 1, 0.8, 0.7, 0.7], late: [0.6, 0.7, 0.9, 1.1, 1.4, 1.3, 1] } as const;
export type Lag = keyof typeof LAGS;

export const SEGMENTS = ['business-high', 'business-usual', 'young-high', 'young-usual', 'family-high', 'family-usual'] as const;
/** Where nobody says otherwise: five brands alike, 18 in 100 customers of high value. */
export const SEGMENT_SHARES = [0.036, 0.164, 0.072, 0.328, 0.072, 0.328];

const of = (category: string, weight: number, needs?: PlantedType['needs']): PlantedType =>
  needs === undefined ? { category, weight } : { category, weight, needs };

/** Thirty leaves of the pack; the weak pairs and those of one segment are on frequent ones. */
export const GRIEVANCE_TYPES: readonly PlantedType[] = [
  of('fixed/broadband/slow', 1, 'broadband'),
  of('fixed/broadband/drops', 1.1, 'broadband'),
  of('fixed/repair/late', 1.3, 'broadband'),
  of('install/new/late', 1.1),
  of('mobile/coverage/indoor', 1.5, 'mobile'),
  of('mobile/data/slow', 1.5, 'mobile'),
  of('mobile/data/no-access', 1, 'mobile'),
  of('mobile/voice/dropped', 1.3, 'mobile'),
  of('mobile/5g/unavailable', 0.9, 'mobile'),
  of('data/usage/unexplained', 1, 'mobile'),
  of('data/package/throttled', 1, 'mobile'),
  of('data/overage/charged', 1.3, 'mobile'),
  of('vas/unaware/subscribed', 1.1),
  of('vas/cancel/failed', 0.8),
  of('vas/trial/auto-renew', 1.2),
  of('vas/refund/refused', 0.8),
  of('billing/charge/wrong', 1.1),
  of('billing/charge/duplicate', 0.8),
  of('billing/plan/price-rise', 1.8),
  of('billing/plan/unclear', 1.1),
  of('billing/suspension/wrongful', 1.4),
  of('billing/payment/not-credited', 0.7),
  of('market/campaign/hidden-threshold', 1),
  of('market/contract/cannot-leave', 1.7),
  of('market/handling/without-consent', 0.9),
  of('market/port/out-blocked', 0.7),
  of('service/hotline/unreachable', 0.8),
  of('service/hotline/attitude', 1.8),
  of('service/complaint/unresolved', 0.7),
  of('security/nuisance/calls', 1),
];

/** Twenty of the same leaves. */
export const COMPLAINT_TYPES: readonly PlantedType[] = [
  of('fixed/broadband/slow', 0.9, 'broadband'),
  of('fixed/repair/late', 1.2, 'broadband'),
  of('install/new/late', 1),
  of('mobile/coverage/indoor', 1.4, 'mobile'),
  of('mobile/data/slow', 1.5, 'mobile'),
  of('mobile/data/no-access', 0.9, 'mobile'),
  of('data/usage/unexplained', 0.9, 'mobile'),
  of('data/overage/charged', 1.3, 'mobile'),
  of('vas/unaware/subscribed', 0.9),
  of('vas/cancel/failed', 0.8),
  of('vas/refund/refused', 0.8),
  of('billing/charge/wrong', 1),
  of('billing/plan/price-rise', 1.3),
  of('billing/suspension/wrongful', 1.5),
  of('market/campaign/hidden-threshold', 1.2),
  of('market/contract/cannot-leave', 1.4),
  of('market/handling/without-consent', 0.9),
  of('market/port/out-blocked', 0.7),
  of('service/hotline/attitude', 1.9),
  of('service/complaint/unresolved', 0.7),
];

type PairRow = readonly [grievance: string, complaint: string, ratio: number, lag?: Lag, segment?: string];
const PAIR_ROWS: readonly PairRow[] = [
  ['vas/cancel/failed', 'vas/refund/refused', 3],
  ['market/contract/cannot-leave', 'market/contract/cannot-leave', 5],
  ['billing/charge/duplicate', 'billing/charge/wrong', 5, 'late'],
  ['vas/trial/auto-renew', 'market/campaign/hidden-threshold', 5, 'late', 'young-usual'],
  ['data/usage/unexplained', 'data/overage/charged', 3, 'late'],
  ['fixed/broadband/drops', 'fixed/repair/late', 2],
  ['fixed/repair/late', 'service/complaint/unresolved', 3],
  ['service/hotline/attitude', 'service/hotline/attitude', 3],
  ['mobile/coverage/indoor', 'market/contract/cannot-leave', 3, 'late', 'business-usual'],
  ['data/package/throttled', 'mobile/data/slow', 3, 'soon', 'family-usual'],
  ['vas/unaware/subscribed', 'billing/charge/wrong', 2],
  ['data/overage/charged', 'data/overage/charged', 5],
  ['service/hotline/unreachable', 'service/complaint/unresolved', 1.6],
  ['billing/suspension/wrongful', 'billing/suspension/wrongful', 3],
  ['billing/plan/unclear', 'market/contract/cannot-leave', 1.6, 'late'],
  ['mobile/data/slow', 'mobile/data/slow', 2],
  ['market/campaign/hidden-threshold', 'market/handling/without-consent', 1.6],
  ['market/handling/without-consent', 'market/handling/without-consent', 1.6],
  ['mobile/voice/dropped', 'mobile/coverage/indoor', 1.6],
  ['billing/charge/wrong', 'billing/suspension/wrongful', 1.3, 'late'],
  ['mobile/5g/unavailable', 'mobile/data/slow', 1.3],
  ['mobile/coverage/indoor', 'mobile/coverage/indoor', 1.3],
  ['billing/plan/price-rise', 'service/hotline/attitude', 1.3],
  ['service/hotline/unreachable', 'service/hotline/attitude', 0.6],
  ['billing/payment/not-credited', 'billing/suspension/wrongful', 0.6],
  ['mobile/coverage/indoor', 'mobile/data/slow', 0.6],
  ['billing/plan/price-rise', 'market/campaign/hidden-threshold', 0.6],
  ['fixed/repair/late', 'fixed/broadband/slow', 0.3],
  ['vas/unaware/subscribed', 'vas/cancel/failed', 0.3],
  ['security/nuisance/calls', 'mobile/coverage/indoor', 0.3, 'soon', 'family-usual'],
];

export const PAIRS: readonly PlantedPair[] = PAIR_ROWS.map(([grievance, complaint, ratio, lag = 'soon', segment]) => ({
  grievance,
  complaint,
  ratio,
  lag,
  ...(segment === undefined ? {} : { segment }),
}));

/** An outage darkens one region for two days, four times in 180 days; bills come on the first three days of a month. */
export const CONFOUNDERS: readonly Confounder[] = [
  { id: 'outage', grievance: 'mobile/data/no-access', complaint: 'mobile/data/no-access', times: 12 },
  { id: 'billing-day', grievance: 'billing/plan/unclear', complaint: 'billing/plan/price-rise', times: 4 },
];
export const OUTAGE_DAYS = 2;
export const OUTAGES_EACH = 4;
export const BILLING_DAYS = 3;

/** Every pair that is neither planted nor raised on both sides by the calendar: 568 of 600. */
export const NULLS: readonly { readonly grievance: string; readonly complaint: string }[] = GRIEVANCE_TYPES.flatMap((g) =>
  COMPLAINT_TYPES.map((k) => ({ grievance: g.category, complaint: k.category })),
).filter((one) => ![...PAIRS, ...CONFOUNDERS].some((known) => known.grievance === one.grievance && known.complaint === one.complaint));

/** What raises or lowers the excess (ratio − 1) of a pair above 1. Times are relative: over all grievances their mean is made 1. */
export const TEMPERAMENT_EFFECT: Readonly<Record<TemperamentId, { readonly share: number; readonly times: number }>> = {
  impatient: { share: 0.18, times: 1.7 },
  'price-sensitive': { share: 0.24, times: 1 },
  cooperative: { share: 0.26, times: 0.7 },
  assertive: { share: 0.14, times: 1.5 },
  tolerant: { share: 0.18, times: 0.4 },
};
/** In the order of `TEMPERAMENT_IDS`. */
export const TEMPERAMENT_TIMES = TEMPERAMENT_IDS.map((id) => TEMPERAMENT_EFFECT[id].times);
export const TEMPERAMENT_SHARES = TEMPERAMENT_IDS.map((id) => TEMPERAMENT_EFFECT[id].share);

/** How many days the matter had lasted when it was told. */
export const DURATIONS: readonly { readonly days: number; readonly share: number; readonly times: number }[] = [
  { days: 0, share: 0.3, times: 0.5 },
  { days: 1, share: 0.25, times: 0.75 },
  { days: 3, share: 0.2, times: 1 },
  { days: 7, share: 0.15, times: 1.4 },
  { days: 15, share: 0.1, times: 2 },
];

/** What was done about a grievance; one bit each. */
export const ACTIONS = { 'solve-now': 1, 'explain-bill': 2, callback: 4, 'care-call': 8 } as const;
export type PlantedAction = keyof typeof ACTIONS;
/** Solved in the first contact: by chance, for anybody. */
export const SOLVE_NOW = { share: 0.55, times: 0.4 };
/** The bill explained: for matters of money only, and more often the longer they last. Shares in the order of `DURATIONS`. */
export const EXPLAIN_BILL = { shares: [0.2, 0.25, 0.3, 0.4, 0.5], times: 0.5, topics: /^(billing|data\/overage|data\/usage|vas)/ };
/** A call back, which changes nothing, for those who look at risk: told often, lasted long. */
export const CALLBACK = { base: 0.08, perEvent: 0.07, perDuration: 0.05, most: 0.75, withinDays: 60 };
