import type { FeatureTable } from '../../maths/features.ts';
import { type SeededRandom, seededRandom } from '../../maths/seeded-random.ts';
import { shuffled } from '../../maths/shuffle.ts';
import { TEMPERAMENT_IDS, type TemperamentId } from '../../model/segment.ts';
import { numbersOf } from './feature-columns.ts';

/** One thing that a customer does often or seldom: how many of how many. */
interface Sign {
  readonly id: SignId;
  readonly of: string;
  readonly base: string;
}
export const SIGN_IDS = [
  'fast-repeats',
  'repeats',
  'escalated',
  'complaints',
  'money',
  'angry',
  'negative',
  'positive',
  'said-impatient',
  'said-price',
  'said-cooperative',
  'said-assertive',
  'said-tolerant',
  'asks',
] as const;
export type SignId = (typeof SIGN_IDS)[number];

const SIGNS: readonly Sign[] = [
  { id: 'fast-repeats', of: 'fast_repeats', base: 'pressing' },
  { id: 'repeats', of: 'repeats', base: 'pressing' },
  { id: 'escalated', of: 'escalated', base: 'grievances' },
  { id: 'complaints', of: 'complaints', base: 'pressing' },
  { id: 'money', of: 'money', base: 'voices' },
  { id: 'angry', of: 'angry', base: 'voices' },
  { id: 'negative', of: 'negative', base: 'voices' },
  { id: 'positive', of: 'positive', base: 'voices' },
  { id: 'said-impatient', of: 'said_impatient', base: 'voices' },
  { id: 'said-price', of: 'said_price', base: 'voices' },
  { id: 'said-cooperative', of: 'said_cooperative', base: 'voices' },
  { id: 'said-assertive', of: 'said_assertive', base: 'voices' },
  { id: 'said-tolerant', of: 'said_tolerant', base: 'voices' },
  { id: 'asks', of: 'consultations', base: 'voices' },
];

/**
 * The rules as numbers: what speaks for (+) and against (−) each type. Impatient customers come again at once, escalate and are angry;
 * price-sensitive ones speak of money and ask beforehand; cooperative ones stay calm, thank and say again what is not solved; assertive ones insist with
 * reasons, complain and stay cool; tolerant ones let things pass without anger.
 */
const WEIGHTS: Readonly<Record<TemperamentId, Partial<Record<SignId, number>>>> = {
  impatient: { 'fast-repeats': 0.8, escalated: 0.6, angry: 1, 'said-impatient': 1, 'said-tolerant': -0.4, positive: -0.4 },
  'price-sensitive': { money: 1, 'said-price': 1, asks: 0.8 },
  cooperative: { 'said-cooperative': 1, positive: 0.7, angry: -0.6, escalated: -0.4 },
  assertive: { 'said-assertive': 1, complaints: 0.7, escalated: 0.5, angry: -0.3 },
  tolerant: { 'said-tolerant': 1, positive: 0.6, angry: -0.8, repeats: -0.4, complaints: -0.7, escalated: -0.4 },
};

/** What is usual among all customers of the run: each sign's share, from which single customers are judged. */
export type UsualShares = Readonly<Record<SignId, number>>;

/** Voices below which nobody is judged. */
export const FEWEST_VOICES = 3;
/**
 * A type must score so much, and so much more than the next, or the customer is called undecided. Scores are standard deviations of
 * chance: of customers who all behave alike, about one in seven reaches 1.8 for some type.
 */
const LEAST_SCORE = 1.8;
const LEAST_LEAD = 0.3;
/** Of those who say much, small differences are sure as well; the leading sign must be at least so many times as usual. */
const LEAST_TIMES = 1.25;

/** What decides, as it is written down with the scheme: who changes any of it makes another version. */
export const TEMPERAMENT_RULES = {
  signs: SIGNS,
  weights: WEIGHTS,
  fewest_voices: FEWEST_VOICES,
  least_score: LEAST_SCORE,
  least_lead: LEAST_LEAD,
  least_times: LEAST_TIMES,
};

export interface Reason {
  readonly sign: SignId;
  readonly count: number;
  readonly base: number;
  /** Share that is usual. */
  readonly usual: number;
  /** What it adds to the type's score. */
  readonly adds: number;
}
export type Judged =
  | {
      readonly kind: 'type';
      readonly type: TemperamentId;
      readonly score: number;
      readonly lead: number;
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'too-few' }
  | { readonly kind: 'undecided' };

export function usualShares(table: FeatureTable): UsualShares {
  const shareOf = ({ of, base }: Sign): number => {
    const [counts, bases] = [numbersOf(table, of), numbersOf(table, base)];
    let [count, total] = [0, 0];
    for (let row = 0; row < table.rows; row++) {
      if (!((bases[row] as number) > 0)) continue;
      count += counts[row] as number;
      total += bases[row] as number;
    }
    // Never 0 or 1: the log odds of what nobody does would be infinite.
    return (count + 0.5) / (total + 1);
  };
  return Object.fromEntries(SIGNS.map((sign) => [sign.id, shareOf(sign)])) as UsualShares;
}

/** Judges one row after the other. Columns are looked up once. */
export function temperamentJudge(table: FeatureTable, usual: UsualShares): (row: number) => Judged {
  const voices = numbersOf(table, 'voices');
  const signs = SIGNS.map((sign) => ({ ...sign, counts: numbersOf(table, sign.of), bases: numbersOf(table, sign.base) }));
  return (row) => {
    if (!((voices[row] as number) >= FEWEST_VOICES)) return { kind: 'too-few' };
    const evidence = new Map(
      signs.map(({ id, counts, bases }) => {
        const [count, base] = [counts[row] as number, bases[row] as number];
        return [id, { count, base, away: deviationsAway(count, base, usual[id]) }];
      }),
    );
    const scored = TEMPERAMENT_IDS.map((type) => ({ type, score: scoreOf(type, evidence) })).toSorted((a, b) => b.score - a.score);
    const [first, second] = scored;
    if (first === undefined || second === undefined || first.score < LEAST_SCORE || first.score - second.score < LEAST_LEAD)
      return { kind: 'undecided' };
    const reasons = reasonsFor(first.type, evidence, usual);
    if (!reasons.some(isMarked)) return { kind: 'undecided' };
    return { kind: 'type', type: first.type, score: first.score, lead: first.score - second.score, reasons };
  };
}

/**
 * The share of customers (of enough voices) who would be told a type if all behaved as is usual: their own voices, with signs drawn by
 * chance. What a run tells beyond it is signal.
 */
export function shareByChance(table: FeatureTable, usual: UsualShares, seed: number): number {
  const random = seededRandom(seed, 'temperaments by chance');
  const voices = numbersOf(table, 'voices');
  const rows = shuffled(table.rows, seed)
    .filter((row) => (voices[row] as number) >= FEWEST_VOICES)
    .subarray(0, SIMULATED);
  if (rows.length === 0) return 0;
  const taken = (name: string): Float64Array => {
    const all = numbersOf(table, name);
    return Float64Array.from(rows, (row) => all[row] as number);
  };
  const bases = ['voices', 'pressing', 'grievances'].map((name) => ({ name, kind: 'number' as const, values: taken(name) }));
  const drawn = SIGNS.filter((sign) => !bases.some((base) => base.name === sign.of)).map(({ id, of, base }) => {
    const most = bases.find((one) => one.name === base)?.values ?? new Float64Array(rows.length);
    return { name: of, kind: 'number' as const, values: most.map((tries) => drawnOf(tries, usual[id], random)) };
  });
  const judge = temperamentJudge({ rows: rows.length, columns: [...bases, ...drawn] }, usual);
  return Array.from(rows.keys()).filter((row) => judge(row).kind === 'type').length / rows.length;
}

const SIMULATED = 4_000;

function drawnOf(tries: number, share: number, random: SeededRandom): number {
  let hits = 0;
  for (let i = 0; i < tries; i++) if (random.chance(share)) hits += 1;
  return hits;
}

type Evidence = ReadonlyMap<SignId, { readonly count: number; readonly base: number; readonly away: number }>;

/** How far the count lies from the usual one, in standard deviations of chance; 0 where there was no occasion. A quarter of a case more variance tames rare signs. */
function deviationsAway(count: number, base: number, usual: number): number {
  if (!(base > 0)) return 0;
  return (Math.min(count, base) - base * usual) / Math.sqrt(base * usual * (1 - usual) + 0.25);
}

const isMarked = ({ count, base, usual }: Reason): boolean => {
  const share = base > 0 ? count / base : usual;
  return share >= usual * LEAST_TIMES || share <= usual / LEAST_TIMES;
};

const weightsOf = (type: TemperamentId): readonly (readonly [SignId, number])[] => Object.entries(WEIGHTS[type]) as [SignId, number][];

/** Weighted sum of the evidence, divided so that chance gives it variance 1: a type with many signs has no advantage. */
function scoreOf(type: TemperamentId, evidence: Evidence): number {
  const weights = weightsOf(type);
  const norm = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0));
  return weights.reduce((sum, [sign, weight]) => sum + weight * (evidence.get(sign)?.away ?? 0), 0) / norm;
}

function reasonsFor(type: TemperamentId, evidence: Evidence, usual: UsualShares): readonly Reason[] {
  return weightsOf(type)
    .map(([sign, weight]): Reason => {
      const { count = 0, base = 0, away = 0 } = evidence.get(sign) ?? {};
      return { sign, count, base, usual: usual[sign], adds: weight * away };
    })
    .filter((reason) => reason.adds > 0.05)
    .toSorted((a, b) => b.adds - a.adds)
    .slice(0, 4);
}
