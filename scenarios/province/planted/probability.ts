import { massBefore } from './calendar.ts';
import { excessTimes, holdsFor, LOWERED, type Standing } from './excess.ts';
import { type Beat, beatsOf, needsHeld, WINDOW_MINUTES } from './life.ts';
import { keptShare } from './people.ts';
import * as plan from './plan.ts';
import { CONFOUNDED, INDEXED_PAIRS, type IndexedPair, meanKept, SAME_CATEGORY } from './rates.ts';
import { beginMinute, type PlantedWorld } from './world.ts';

const MINUTES_PER_DAY = 1440;

export interface Asked {
  /** 7 or 30 days, as a rule. */
  readonly withinDays: number;
  /** A complaint of the category of the grievance, or any. */
  readonly of: 'same' | 'any';
}

export interface TrueProbabilities {
  /** By event; NaN for complaints. Knows activity and temperament, which nobody can see. */
  readonly known: Float64Array;
  /** The best that what came before, the segment, the action and the calendar can say. */
  readonly visible: Float64Array;
  /** 1 it happened, 0 it did not, 2 the world ended before. By event; 2 for complaints. */
  readonly happened: Uint8Array;
}

/**
 * The true probability of a complaint within some days of each grievance, as the world was made. `visible` puts the posterior of the activity in
 * place of the activity: gamma (shape + events before, shape + events expected at activity 1), so 1 − (β / (β + H))^α. Grievances still to come add
 * their mean. Two pairs on one complaint at one time count as a sum, which is off by less than a hundredth of the probability.
 */
export function trueProbabilities(world: PlantedWorld, asked: Asked): TrueProbabilities {
  const { customers } = world.events;
  const size = customers.length;
  const known = new Float64Array(size).fill(Number.NaN);
  const result = { known, visible: known.slice(), happened: new Uint8Array(size).fill(2) };
  const hazards = new Hazards(world, asked.withinDays * MINUTES_PER_DAY);
  for (let first = 0; first < size;) {
    let after = first;
    while (after < size && customers[after] === customers[first]) after++;
    ofCustomer(world, hazards, asked, first, after, result);
    first = after;
  }
  return result;
}

function ofCustomer(
  world: PlantedWorld,
  hazards: Hazards,
  { of, withinDays }: Asked,
  first: number,
  after: number,
  into: TrueProbabilities,
): void {
  const { events, souls, calendar } = world;
  const customer = events.customers[first] as number;
  const activity = souls.activity[customer] as number;
  const last: (Told | undefined)[] = [];
  const begin = beginMinute(world);
  for (let i = first; i < after; i++) {
    if (events.kinds[i] === 1) continue;
    const told = toldOf(world, i, (events.atMinutes[i] as number) - begin);
    last[told.type] = told;
    const same = SAME_CATEGORY[told.type] as number;
    const alpha = plan.ACTIVITY_SHAPE + i - first + 1;
    const beta = plan.ACTIVITY_SHAPE + hazards.expectedBefore(customer, told.minute);
    const guess = { known: activity, visible: alpha / beta };
    const { hazard, later } =
      of === 'same' ? hazards.ofOne(customer, same, told.minute, last, guess) : hazards.ofAny(customer, told.minute, last, guess);
    into.known[i] = 1 - Math.exp(-activity * hazard.known * more(later, guess.known));
    into.visible[i] = 1 - (beta / (beta + hazard.visible * more(later, guess.visible))) ** alpha;
    const until = told.minute + withinDays * MINUTES_PER_DAY;
    if (until > calendar.minutes) continue;
    into.happened[i] = 0;
    for (let j = i + 1; j < after && (events.atMinutes[j] as number) - begin < until; j++) {
      if (events.kinds[j] === 1 && (of === 'any' || events.types[j] === same)) into.happened[i] = 1;
    }
  }
}

interface Told extends Standing {
  readonly minute: number;
}
function toldOf({ events, souls, places, calendar }: PlantedWorld, i: number, minute: number): Told {
  const customer = events.customers[i] as number;
  return {
    minute,
    type: events.types[i] as number,
    duration: events.durations[i] as number,
    actions: events.actions[i] as number,
    temperament: souls.temperament[customer] as number,
    segment: places.segmentOf[customer] as number,
    arm: minute * 2 >= calendar.minutes ? (souls.arms['care-call'][customer] as number) : -1,
  };
}

/** The same figure for who knows everything and for who sees what can be seen. */
interface Both {
  readonly known: number;
  readonly visible: number;
}
/** What grievances still to come put on top for an activity of 1, and how their windows overlap: a × first − a² × second. */
interface Later {
  readonly first: number;
  readonly second: number;
}
const more = ({ first, second }: Later, activity: number): number => 1 + Math.max(0, activity * first - activity ** 2 * second);

interface Hazard {
  readonly hazard: Both;
  readonly later: Later;
}

const PAIRS_OF = plan.GRIEVANCE_TYPES.map((_, type) => INDEXED_PAIRS.filter((pair) => pair.grievance === type));
const LOWERING: ReadonlySet<IndexedPair> = new Set(LOWERED.flat());
const MEAN_TEMPER = plan.TEMPERAMENT_TIMES.reduce((sum, times, i) => sum + times * (plan.TEMPERAMENT_SHARES[i] ?? 0), 0);

/** Complaints to expect of a customer of activity 1 within a span. */
class Hazards {
  private readonly world: PlantedWorld;
  private readonly span: number;
  private readonly beats: readonly (readonly (readonly Beat[])[])[];
  private readonly later: readonly Later[];
  private asked = -1;
  private told = 0;

  constructor(world: PlantedWorld, span: number) {
    const { calendar, rates, places } = world;
    this.world = world;
    this.span = span;
    const regions = Array.from({ length: places.regions }, (_, region) => region);
    this.beats = plan.COMPLAINT_TYPES.map((_, type) => regions.map((region) => beatsOf(calendar, type, region)));
    const exposed = span <= WINDOW_MINUTES ? span / 2 : WINDOW_MINUTES * (1 - WINDOW_MINUTES / 2 / span);
    this.later = plan.COMPLAINT_TYPES.map((_, k) => {
      const pairs = INDEXED_PAIRS.filter((pair) => pair.complaint === k && pair.segment < 0);
      const shareOf = ({ grievance }: IndexedPair): number =>
        ((rates.grievances[grievance] as number) * meanKept(places, grievance) * exposed) / calendar.minutes;
      const sum = (of: (share: number) => number): number => pairs.reduce((all, pair) => all + (pair.ratio - 1) * of(shareOf(pair)), 0);
      return { first: sum((share) => share), second: sum((share) => share ** 2 / 2) };
    });
  }

  ofOne(customer: number, complaint: number, minute: number, last: readonly (Told | undefined)[], guess: Both): Hazard {
    if (complaint < 0) return { hazard: { known: 0, visible: 0 }, later: { first: 0, second: 0 } };
    const rate = this.rateOf(customer, complaint);
    const calm = rate * this.massOf(customer, complaint, minute, minute + this.span);
    const hazard = { known: calm, visible: calm };
    for (const told of last) if (told !== undefined) this.add(hazard, customer, told, minute, complaint, guess);
    return { hazard: floored(hazard), later: this.later[complaint] as Later };
  }

  ofAny(customer: number, minute: number, last: readonly (Told | undefined)[], guess: Both): Hazard {
    let [calm, first, second] = [0, 0, 0];
    for (let k = 0; k < plan.COMPLAINT_TYPES.length; k++) {
      const one = this.rateOf(customer, k) * this.massOf(customer, k, minute, minute + this.span);
      calm += one;
      first += one * (this.later[k] as Later).first;
      second += one * (this.later[k] as Later).second;
    }
    const hazard = { known: calm, visible: calm };
    for (const told of last) if (told !== undefined) this.add(hazard, customer, told, minute, -1, guess);
    return { hazard: floored(hazard), later: { first: first / Math.max(1e-12, calm), second: second / Math.max(1e-12, calm) } };
  }

  /** Grievances and complaints of a customer of activity 1 up to a minute, without what the pairs add. */
  expectedBefore(customer: number, minute: number): number {
    const { rates, places, calendar } = this.world;
    const mix = rates.mixes[places.holds[customer] as number];
    const region = places.regionOf[customer] as number;
    let sum = (this.toldBy(customer) + (mix?.complaints.sum ?? 0)) * massBefore(calendar.calm, minute);
    CONFOUNDED.forEach((one, i) => {
      const rhythm = calendar.extra[i]?.[region] ?? null;
      const both =
        (rates.grievances[one.grievance] as number) * keptShare(places, customer, one.grievance) +
        (rates.complaints[one.complaint] as number);
      if (rhythm !== null) sum += both * (one.times - 1) * massBefore(rhythm, minute);
    });
    return sum;
  }

  /** Grievances of a customer of activity 1 over the whole time; asked for one customer after the other. */
  private toldBy(customer: number): number {
    const { rates, places } = this.world;
    if (customer !== this.asked) {
      this.asked = customer;
      this.told = rates.grievances.reduce((sum, rate, type) => {
        return needsHeld('grievance', type, places.holds[customer] as number) ? sum + rate * keptShare(places, customer, type) : sum;
      }, 0);
    }
    return this.told;
  }

  /** What a grievance adds until the next of its type takes its place. */
  private add(hazard: Writable<Both>, customer: number, told: Told, minute: number, only: number, guess: Both): void {
    if (minute - told.minute >= WINDOW_MINUTES) return;
    const { rates, calendar, places } = this.world;
    const next = ((rates.grievances[told.type] as number) * keptShare(places, customer, told.type)) / calendar.minutes;
    for (const pair of PAIRS_OF[told.type] ?? []) {
      if ((only >= 0 && pair.complaint !== only) || !holdsFor(pair, told.segment)) continue;
      const rate = this.rateOf(customer, pair.complaint) * (pair.ratio - 1);
      const times = LOWERING.has(pair) ? 1 : excessTimes(told);
      const usual = LOWERING.has(pair) ? 1 : (times * MEAN_TEMPER) / (plan.TEMPERAMENT_TIMES[told.temperament] as number);
      pair.lag.forEach((weight, day) => {
        const from = Math.max(minute, told.minute + day * MINUTES_PER_DAY);
        const before = Math.min(minute + this.span, told.minute + (day + 1) * MINUTES_PER_DAY);
        if (before <= from) return;
        const mass = rate * weight * this.massOf(customer, pair.complaint, from, before);
        const wait = next * ((from + before) / 2 - minute);
        hazard.known += mass * times * Math.exp(-guess.known * wait);
        hazard.visible += mass * usual * Math.exp(-guess.visible * wait);
      });
    }
  }

  private rateOf(customer: number, complaint: number): number {
    const { rates, places } = this.world;
    return needsHeld('complaint', complaint, places.holds[customer] as number) ? (rates.complaints[complaint] as number) : 0;
  }

  private massOf(customer: number, complaint: number, from: number, before: number): number {
    const region = this.world.places.regionOf[customer] as number;
    const end = Math.min(before, this.world.calendar.minutes);
    let sum = 0;
    for (const { rhythm, times } of this.beats[complaint]?.[region] ?? []) {
      sum += times * (massBefore(rhythm, end) - massBefore(rhythm, Math.min(from, end)));
    }
    return sum;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function floored({ known, visible }: Both): Both {
  return { known: Math.max(0, known), visible: Math.max(0, visible) };
}
