import * as plan from '../../scenarios/province/planted/plan.ts';
import { has } from '../../scenarios/province/planted/excess.ts';
import { type PlantedWorld, plantedEvents } from '../../scenarios/province/planted/world.ts';
import type { LevelValidation } from '../../src/model/levels.ts';
import type { GrievanceFacts } from '../../src/predict/levels/grade.ts';
import { associationsByPairs } from '../../src/predict/levels/association.ts';
import { FIRST_SETTINGS } from '../../src/predict/levels/settings.ts';
import { type Followed, followedFor, validationOf } from '../../src/predict/levels/validate.ts';
import { earlierStrengths } from '../../src/predict/pairs/earlier-strengths.ts';
import { orderLog } from '../../src/predict/pairs/event-log.ts';
import { countPairs } from '../../src/predict/pairs/pairs-of.ts';
import { logOf } from './planted-pairs.ts';

const [HOUR, DAY] = [60, 1440];
const [LANDMARK, FOLLOWED, LOOKED_BACK, SAME_MATTER] = [DAY, 30 * DAY, 180 * DAY, 90 * DAY];

/** The levels of a planted world as the product judges them: causes by pairs from before a day, grievances from it on, complaints after the landmark. */
export function judgeLevels(seed: number, customers: number): LevelValidation {
  const world = plantedEvents({ seed, customers, days: 180 });
  const log = logOf(world);
  const named = {
    log,
    grievances: plan.GRIEVANCE_TYPES.map(({ category }) => category),
    complaints: plan.COMPLAINT_TYPES.map(({ category }) => category),
    customers: [],
    told: { events: log.types.length, recorded: log.types.length, read: 0, unmapped: 0, regions: 'district' as const, outside: 0 },
  };
  const earlier = earlierStrengths(named, countPairs(orderLog(log), { windowDays: plan.WINDOW_DAYS }));
  const known = associationsByPairs(earlier?.of ?? []);
  if (earlier === null || known === null) throw new Error('No pair was found before the cutoff.');
  const begin = world.begin / 60_000;
  // Days of the log are those of the province, eight hours east.
  const cutoff = Date.parse(earlier.before) / 60_000 - 480 - begin;
  const [followed, early, called] = followedFrom(world, cutoff, known.of);
  return validationOf(followed, FIRST_SETTINGS, {
    cutoff: earlier.before,
    before: new Date((begin + 180 * DAY - FOLLOWED - LANDMARK) * 60_000).toISOString(),
    set_at: null,
    settings_knew: false,
    ground: known.ground,
    landmark_hours: LANDMARK / HOUR,
    outcome_days: FOLLOWED / DAY,
    complained_before: early,
    called,
  });
}

function followedFrom(world: PlantedWorld, cutoff: number, strengths: ReadonlyMap<string, number>): [readonly Followed[], number, number] {
  const { events } = world;
  const begin = world.begin / 60_000;
  const at = (i: number): number => (events.atMinutes[i] as number) - begin;
  const followed: Followed[] = [];
  let [early, called] = [0, 0];
  for (let first = 0; first < events.customers.length;) {
    let after = first;
    while (after < events.customers.length && events.customers[after] === events.customers[first]) after++;
    const own = Array.from({ length: after - first }, (_, k) => first + k);
    for (const i of own) {
      const landmark = at(i) + LANDMARK;
      if (events.kinds[i] === 1 || at(i) < cutoff || landmark + FOLLOWED > 180 * DAY) continue;
      const firstDay = (is: (k: number) => boolean): number | null => {
        const found = own.filter((k) => at(k) >= at(i) && at(k) <= landmark + FOLLOWED && is(k)).map((k) => (at(k) - landmark) / DAY);
        return found.length === 0 ? null : Math.min(...found);
      };
      const found = followedFor(
        {
          complaint: firstDay((k) => events.kinds[k] === 1 && at(k) > at(i)),
          dealt: firstDay((k) => isCalled(events.actions[k] as number)),
        },
        FOLLOWED / DAY,
      );
      if (found.is === 'complained-before') early++;
      else if (found.is === 'called-before') called++;
      else if (found.is === 'followed') followed.push({ ...factsOf(world, own, i, at, strengths), ...found });
    }
    first = after;
  }
  return [followed, early, called];
}

const isCalled = (actions: number): boolean => has(actions, 'callback') || has(actions, 'care-call');

function factsOf(
  { events }: PlantedWorld,
  own: readonly number[],
  i: number,
  at: (i: number) => number,
  strengths: ReadonlyMap<string, number>,
): GrievanceFacts {
  const landmark = at(i) + LANDMARK;
  const others = own.filter((k) => k !== i && at(k) < landmark && at(k) >= landmark - LOOKED_BACK);
  const same = others.filter((k) => events.kinds[k] === 0 && events.types[k] === events.types[i] && at(k) >= at(i) - SAME_MATTER);
  const first = Math.min(at(i), ...same.map(at));
  const lasted = plan.DURATIONS[events.durations[i] as number]?.days ?? 0;
  const category = plan.GRIEVANCE_TYPES[events.types[i] as number]?.category ?? '';
  return {
    hours: Math.max((landmark - first) / HOUR, LANDMARK / HOUR + 24 * lasted),
    effect: has(events.actions[i] as number, 'solve-now') ? 'solved' : 'unsolved',
    association: strengths.get(category) ?? null,
    ground: 'pairs',
    complaints: others.filter((k) => events.kinds[k] === 1).length,
    grievances: others.filter((k) => events.kinds[k] === 0).length,
    temperament: null,
  };
}
