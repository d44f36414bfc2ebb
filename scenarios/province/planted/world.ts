import { seededRandom } from '../../../src/maths/seeded-random.ts';
import { DAY, dayOf, MINUTE } from '../world.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { Columns, type PlantedEvents } from './columns.ts';
import { type Elsewhere, Lives } from './life.ts';
import { keptShare, type Places, placesOf, type Souls, soulsOf } from './people.ts';
import { COMPLAINTS_EACH, GRIEVANCES_EACH } from './plan.ts';
import { type Rates, ratesOf } from './rates.ts';

export interface PlantOptions {
  readonly seed: number;
  readonly customers: number;
  readonly days: number;
  /** Milliseconds since the epoch: the world begins with this local day. */
  readonly begin?: number;
  /** Ten regions, all segments and every product unless somebody says who lives where. */
  readonly places?: Places;
  readonly souls?: Souls;
  /** Part of the plan's means per customer, where other types are told beside the planted ones; 1 unless given. */
  readonly share?: number;
  /** Grievances that are told elsewhere, by customer: they lead to complaints as any others, but are no events here. */
  readonly elsewhere?: ReadonlyMap<number, readonly Elsewhere[]>;
}

export interface PlantedWorld {
  readonly options: PlantOptions;
  /** Local midnight, ms since the epoch. */
  readonly begin: number;
  readonly places: Places;
  readonly souls: Souls;
  readonly calendar: Calendar;
  readonly rates: Rates;
  readonly events: PlantedEvents;
}

const REGIONS = 10;
const BEGIN = Date.parse('2026-05-25T16:00:00.000Z');

/** Grievances and complaints of a province with everything that `plan.ts` names in them. Same options, same events. */
export function plantedEvents(options: PlantOptions): PlantedWorld {
  const { seed, customers, days } = options;
  const begin = dayOf(options.begin ?? BEGIN);
  const places = options.places ?? placesOf(customers, REGIONS, seededRandom(seed, 'planted-places'));
  const souls = options.souls ?? soulsOf(customers, seededRandom(seed, 'planted-souls'));
  const calendar = calendarOf(begin, days, places.regions, seededRandom(seed, 'planted-calendar'));
  const rates = ratesOf(places, calendar, options.share ?? 1);
  const lives = new Lives(calendar, rates, seededRandom(seed, 'planted-lives'));
  const columns = new Columns((customers * (GRIEVANCES_EACH + COMPLAINTS_EACH) * days * 1.1) / 180);
  for (let customer = 0; customer < customers; customer++) {
    const person = {
      activity: souls.activity[customer] as number,
      region: places.regionOf[customer] as number,
      segment: places.segmentOf[customer] as number,
      holds: places.holds[customer] as number,
      temperament: souls.temperament[customer] as number,
      careArm: souls.arms['care-call'][customer] as number,
      kept: (type: number) => keptShare(places, customer, type),
    };
    for (const event of lives.of(person, options.elsewhere?.get(customer))) columns.add(customer, begin / MINUTE + event.minute, event);
  }
  return { options, begin, places, souls, calendar, rates, events: columns.finished() };
}

/** Minutes since the epoch at which a planted world begins, and ends. */
export function beginMinute({ begin }: PlantedWorld): number {
  return begin / MINUTE;
}
export function endMinute({ begin, options }: PlantedWorld): number {
  return (begin + options.days * DAY) / MINUTE;
}
