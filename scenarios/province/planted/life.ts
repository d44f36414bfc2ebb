import type { SeededRandom } from '../../../src/maths/seeded-random.ts';
import { type Calendar, massBefore, minuteIn, minuteOfMass, type Rhythm } from './calendar.ts';
import type { NewEvent } from './columns.ts';
import { Alias } from './draws.ts';
import { excessTimes, holdsFor, IS_EXPLAINABLE, levelOf, LOWERED, RAISED, RAISING, type Standing } from './excess.ts';
import * as plan from './plan.ts';
import { CONFOUNDED, type IndexedPair, type Mix, type Rates } from './rates.ts';

const MINUTES_PER_DAY = 1440;
export const WINDOW_MINUTES = plan.WINDOW_DAYS * MINUTES_PER_DAY;
const LAG_MOST = Math.max(...Object.values(plan.LAGS).flat());

export interface Person {
  readonly activity: number;
  readonly region: number;
  readonly segment: number;
  readonly holds: number;
  readonly temperament: number;
  readonly careArm: number;
  /** See `keptShare`; by grievance type. */
  readonly kept: (type: number) => number;
}
interface Grievance extends Standing {
  readonly minute: number;
  readonly isElsewhere: boolean;
}
export interface Elsewhere {
  /** Since the begin of the world. */
  readonly minute: number;
  readonly type: number;
}
/** One part of when a complaint comes: a rhythm and how much of it. */
export interface Beat {
  readonly rhythm: Rhythm;
  readonly times: number;
}
interface Complaint {
  readonly minute: number;
  readonly type: number;
}

/** Raised pairs on the same complaint that come before one: it multiplies what they make of the calm. */
const EARLIER: ReadonlyMap<IndexedPair, readonly IndexedPair[]> = new Map(
  RAISED.flatMap((pairs) => pairs.map((pair, i) => [pair, pairs.slice(0, i)])),
);

/**
 * What one customer says. Grievances and the calm complaints come by themselves, with the calendar; a grievance adds complaints of the types that
 * it raises and thins out those that it lowers, for seven days or until the next of its type. Raised pairs on one complaint multiply.
 */
export class Lives {
  private readonly calendar: Calendar;
  private readonly rates: Rates;
  private readonly random: SeededRandom;
  private readonly durations = new Alias(plan.DURATIONS.map(({ share }) => share));
  /** By complaint type and region: the calm, and what confounders put on top of it. */
  private readonly rhythms: readonly (readonly (readonly Beat[])[])[];

  constructor(calendar: Calendar, rates: Rates, random: SeededRandom) {
    this.calendar = calendar;
    this.rates = rates;
    this.random = random;
    const regions = [...(calendar.extra[0] ?? []).keys()];
    this.rhythms = plan.COMPLAINT_TYPES.map((_, type) => regions.map((region) => beatsOf(calendar, type, region)));
  }

  /** In order of time; minutes since the begin of the world. */
  of(person: Person, elsewhere: readonly Elsewhere[] = []): readonly NewEvent[] {
    const mix = this.rates.mixes[person.holds] as Rates['mixes'][number];
    const grievances = this.grievancesOf(person, mix.grievances, elsewhere);
    const complaints = this.calmOf(person, 'complaint', mix.complaints);
    grievances.forEach((grievance, i) => this.raise(person, grievances, i, complaints));
    const kept = complaints.filter((complaint) => this.isKept(person, grievances, complaint));
    return this.inOrder(grievances, kept);
  }

  private calmOf(person: Person, side: 'grievance' | 'complaint', mix: Mix): Complaint[] {
    const { random, calendar } = this;
    const list: Complaint[] = [];
    if (mix.alias === null) return list;
    for (let left = random.poisson(person.activity * mix.sum); left > 0; left--) {
      list.push({ minute: minuteIn(calendar.calm, random), type: mix.alias.draw(random) });
    }
    CONFOUNDED.forEach((one, i) => {
      const rhythm = calendar.extra[i]?.[person.region] ?? null;
      const type = one[side];
      const rate = (side === 'grievance' ? this.rates.grievances : this.rates.complaints)[type] as number;
      if (rhythm === null || !needsHeld(side, type, person.holds)) return;
      for (let left = random.poisson(person.activity * rate * (one.times - 1) * rhythm.mass); left > 0; left--) {
        list.push({ minute: minuteIn(rhythm, random), type });
      }
    });
    return list;
  }

  private grievancesOf(person: Person, mix: Mix, elsewhere: readonly Elsewhere[]): readonly Grievance[] {
    const own = this.calmOf(person, 'grievance', mix).filter(({ type }) => {
      const kept = person.kept(type);
      return kept === 1 || this.random.chance(kept);
    });
    const told = [...own, ...elsewhere].sort((a, b) => a.minute - b.minute);
    return told.map((one) => {
      const { minute, type } = one;
      const duration = this.durations.draw(this.random);
      const solved = this.random.chance(plan.SOLVE_NOW.share) ? plan.ACTIONS['solve-now'] : 0;
      const isExplained = IS_EXPLAINABLE[type] === true && this.random.chance(plan.EXPLAIN_BILL.shares[duration] ?? 0);
      const arm = minute * 2 >= this.calendar.minutes ? person.careArm : -1;
      const actions = solved | (isExplained ? plan.ACTIONS['explain-bill'] : 0) | (arm === 1 ? plan.ACTIONS['care-call'] : 0);
      const { segment, temperament } = person;
      return { minute, type, duration, actions, arm, segment, temperament, isElsewhere: elsewhere.includes(one) };
    });
  }

  private raise(person: Person, grievances: readonly Grievance[], i: number, complaints: Complaint[]): void {
    const grievance = grievances[i] as Grievance;
    const pairs = RAISING[grievance.type] ?? [];
    if (pairs.length === 0) return;
    const before = Math.min(grievance.minute + WINDOW_MINUTES, this.calendar.minutes, nextOf(grievances, i));
    const times = excessTimes(grievance);
    for (const pair of pairs) {
      if (!holdsFor(pair, person.segment) || !needsHeld('complaint', pair.complaint, person.holds)) continue;
      const rate = person.activity * (this.rates.complaints[pair.complaint] as number) * (pair.ratio - 1) * times * LAG_MOST;
      this.lead(person, grievances, grievance.minute, before, pair, rate, complaints);
    }
  }

  /** Complaints that a grievance leads to: by the rhythm of the calendar, thinned to the shape of the lag. */
  private lead(
    person: Person,
    grievances: readonly Grievance[],
    from: number,
    before: number,
    pair: IndexedPair,
    rate: number,
    complaints: Complaint[],
  ): void {
    const earlier = EARLIER.get(pair) ?? [];
    for (const { rhythm, times } of this.rhythms[pair.complaint]?.[person.region] ?? []) {
      const first = massBefore(rhythm, from);
      const mass = massBefore(rhythm, before) - first;
      const most = earlier.reduce((product, one) => product * mostOf(one, grievances, from - WINDOW_MINUTES, before), 1);
      for (let left = this.random.poisson(rate * times * mass * most); left > 0; left--) {
        const minute = Math.min(before - 1, Math.max(from, minuteOfMass(rhythm, first + this.random.next() * mass)));
        const product = earlier.reduce((all, one) => all * ratioAt(one, grievances, minute), 1);
        const kept = (lagOf(pair, minute - from) / LAG_MOST) * (product / most);
        if (this.random.chance(kept)) complaints.push({ minute, type: pair.complaint });
      }
    }
  }

  private isKept(person: Person, grievances: readonly Grievance[], { minute, type }: Complaint): boolean {
    const pairs = LOWERED[type] ?? [];
    return pairs.every((pair) => {
      if (!holdsFor(pair, person.segment)) return true;
      const since = lastBefore(grievances, pair.grievance, minute);
      return since < 0 || this.random.chance(1 + (pair.ratio - 1) * lagOf(pair, since));
    });
  }

  /** Grievances and complaints together, each grievance with whether somebody called back: that looks at what came before. */
  private inOrder(grievances: readonly Grievance[], complaints: readonly Complaint[]): readonly NewEvent[] {
    const events: { -readonly [K in keyof NewEvent]: NewEvent[K] }[] = [];
    for (const one of grievances) {
      if (one.isElsewhere) continue;
      events.push({ minute: one.minute, kind: 0, type: one.type, duration: one.duration, actions: one.actions, level: levelOf(one) });
    }
    for (const { minute, type } of complaints) events.push({ minute, kind: 1, type, duration: 0, actions: 0, level: 0 });
    events.sort((a, b) => a.minute - b.minute);
    const { base, perEvent, perDuration, most, withinDays } = plan.CALLBACK;
    let first = 0;
    events.forEach((event, i) => {
      if (event.kind === 1) return;
      while ((events[first] as NewEvent).minute < event.minute - withinDays * MINUTES_PER_DAY) first++;
      const calls = this.random.chance(Math.min(most, base + perEvent * (i - first) + perDuration * event.duration));
      if (calls) event.actions |= plan.ACTIONS.callback;
    });
    return events;
  }
}

export function beatsOf({ calm, extra }: Calendar, complaint: number, region: number): readonly Beat[] {
  const more = CONFOUNDED.flatMap((one, i) => {
    const rhythm = one.complaint === complaint ? (extra[i]?.[region] ?? null) : null;
    return rhythm === null ? [] : [{ rhythm, times: one.times - 1 }];
  });
  return [{ rhythm: calm, times: 1 }, ...more];
}

export function needsHeld(side: 'grievance' | 'complaint', type: number, holds: number): boolean {
  const { needs } = (side === 'grievance' ? plan.GRIEVANCE_TYPES : plan.COMPLAINT_TYPES)[type] as plan.PlantedType;
  return needs === undefined || (holds & (needs === 'broadband' ? 1 : 2)) > 0;
}

function nextOf(grievances: readonly Grievance[], i: number): number {
  const { type } = grievances[i] as Grievance;
  for (let j = i + 1; j < grievances.length; j++)
    if ((grievances[j] as Grievance).type === type) return (grievances[j] as Grievance).minute;
  return Infinity;
}

/** Minutes since the last grievance of a type within the window; −1 without one. */
function lastBefore(grievances: readonly Grievance[], type: number, minute: number): number {
  for (let j = grievances.length - 1; j >= 0; j--) {
    const one = grievances[j] as Grievance;
    if (one.type === type && one.minute <= minute) return minute - one.minute < WINDOW_MINUTES ? minute - one.minute : -1;
  }
  return -1;
}

function lagOf(pair: IndexedPair, minutes: number): number {
  return pair.lag[Math.floor(minutes / MINUTES_PER_DAY)] ?? 0;
}

/** How many times as likely a pair above 1 makes its complaint at a minute. */
function ratioAt(pair: IndexedPair, grievances: readonly Grievance[], minute: number): number {
  for (let j = grievances.length - 1; j >= 0; j--) {
    const one = grievances[j] as Grievance;
    if (one.type !== pair.grievance || one.minute > minute) continue;
    if (minute - one.minute >= WINDOW_MINUTES || !holdsFor(pair, one.segment)) return 1;
    return 1 + (pair.ratio - 1) * excessTimes(one) * lagOf(pair, minute - one.minute);
  }
  return 1;
}

/** The most that `ratioAt` can be for grievances in [from, before). */
function mostOf(pair: IndexedPair, grievances: readonly Grievance[], from: number, before: number): number {
  let most = 1;
  for (const one of grievances) {
    if (one.type === pair.grievance && one.minute > from && one.minute < before && holdsFor(pair, one.segment)) {
      most = Math.max(most, 1 + (pair.ratio - 1) * excessTimes(one) * LAG_MOST);
    }
  }
  return most;
}
