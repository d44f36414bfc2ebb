import { TEMPERAMENT_IDS } from '../../src/model/segment.ts';
import { has } from './planted/excess.ts';
import * as plan from './planted/plan.ts';
import { LEVEL_WEIGHTS, SATISFACTION, SURVEY_ITEMS } from './planted/surveys.ts';
import * as strategies from './planted/strategies.ts';
import { beginMinute } from './planted/world.ts';
import { type Province, segmentOf } from './province.ts';
import { DAY, type IncidentKind, INCIDENT_KINDS } from './world.ts';
import { INCIDENT_TOPICS } from './incident-voices.ts';

interface PairOfNames {
  readonly grievance: string;
  readonly complaint: string;
}
const isSame = (a: PairOfNames, b: PairOfNames): boolean => a.grievance === b.grievance && a.complaint === b.complaint;

/** Everything that was planted, as `truth.json` tells it. `perIncident`: voices of each incident. */
export function truthFile(province: Province, perIncident: ReadonlyMap<string, number>): unknown {
  const confounded = [
    ...plan.CONFOUNDERS.map(({ id, grievance, complaint }) => ({ grievance, complaint, by: id as string })),
    ...byIncidents(province),
  ];
  return {
    incidents: province.incidents.map(({ id, kind, entity, category, from, before }) => {
      const [begins, ends] = [new Date(from).toISOString(), new Date(before).toISOString()];
      return { id, kind, entity, category, from: begins, before: ends, voices: perIncident.get(id) ?? 0 };
    }),
    window_days: plan.WINDOW_DAYS,
    pairs: plan.PAIRS.map(({ grievance, complaint, ratio, segment }) =>
      segment === undefined ? { grievance, complaint, ratio } : { grievance, complaint, segment, ratio },
    ),
    nulls: plan.NULLS.filter((pair) => !confounded.some((other) => isSame(pair, other))),
    confounded,
    calendar: calendarTruth(province),
    strategies: strategiesTruth(),
    levels: {
      durations: plan.DURATIONS,
      solve_now: plan.SOLVE_NOW,
      explain_bill: { ...plan.EXPLAIN_BILL, topics: 'billing, vas, data/overage, data/usage' },
    },
    temperaments: plan.TEMPERAMENT_EFFECT,
    satisfaction: { ...SATISFACTION, level_weights: LEVEL_WEIGHTS.slice(1), items: SURVEY_ITEMS },
  };
}

/** An incident raises both sides of its own leaves; such pairs are neither true nor null, unless they are planted. */
function byIncidents({ incidents }: Province): readonly (PairOfNames & { readonly by: string })[] {
  const kinds = INCIDENT_KINDS.filter((kind) => incidents.some((incident) => incident.kind === kind));
  return kinds.flatMap((kind: IncidentKind) => {
    const touched = new Set(INCIDENT_TOPICS[kind].map(([category]) => category));
    return plan.NULLS.filter(({ grievance, complaint }) => touched.has(grievance) && touched.has(complaint)).map((pair) => ({
      ...pair,
      by: kind,
    }));
  });
}

function calendarTruth({ planted, land }: Province): unknown {
  const { calendar, begin } = planted;
  const dayText = (day: number): string => new Date(begin + day * DAY).toISOString();
  const outages = land.cities.flatMap(({ code }, region) =>
    [...Array(calendar.days).keys()]
      .filter((day) => calendar.outages[region * calendar.days + day] === 1 && calendar.outages[region * calendar.days + day - 1] !== 1)
      .map((day) => ({ city: code, from: dayText(day), before: dayText(day + plan.OUTAGE_DAYS) })),
  );
  return {
    outages,
    billing_days: `1 to ${plan.BILLING_DAYS} of each month`,
    times: Object.fromEntries(plan.CONFOUNDERS.map(({ id, times }) => [id, times])),
  };
}

function strategiesTruth(): unknown {
  return {
    'care-call': {
      kind: 'experiment',
      file: 'experiments/care-call.csv',
      by_segment: strategies.CARE_CALL,
      content: strategies.CARE_CALL_CONTENT,
    },
    'comfort-message': { kind: 'experiment', file: 'experiments/comfort-message.csv', effect: 0 },
    'bill-letter': { kind: 'experiment', file: 'experiments/bill-letter.csv', effect: 0, biased: strategies.BILL_LETTER },
    'solve-now': { kind: 'action', excess_left: plan.SOLVE_NOW.times },
    'explain-bill': { kind: 'action', excess_left: plan.EXPLAIN_BILL.times },
    callback: { kind: 'action', excess_left: 1, confounded: plan.CALLBACK },
  };
}

/** `truth.customers.ndjson`: what nobody sees of each customer. */
export function* customerTruths(province: Province): Generator<string> {
  const { souls } = province;
  for (const customer of province.customers) {
    const segment = plan.SEGMENTS[segmentOf(customer)] ?? null;
    const temperament = TEMPERAMENT_IDS[souls.temperament[customer.index] ?? 0];
    const activity = Math.round((souls.activity[customer.index] ?? 0) * 10_000) / 10_000;
    yield `${JSON.stringify({ customer: customer.id, temperament, segment, activity })}\n`;
  }
}

/** Minutes from the grievance to the action, [from, before). */
const DELAYS: Readonly<Record<plan.PlantedAction, readonly [number, number]>> = {
  'solve-now': [3, 20],
  'explain-bill': [5, 40],
  callback: [120, 1800],
  'care-call': [120, 1440],
};

/** What was done about an event and when, in milliseconds since the epoch; the delay is the event's own, so that it needs no stream of chance. */
export function actionsOf({ planted }: Province, event: number): readonly { readonly action: plan.PlantedAction; readonly at: number }[] {
  const done = planted.events.actions[event] as number;
  const minute = planted.events.atMinutes[event] as number;
  return (Object.keys(plan.ACTIONS) as plan.PlantedAction[])
    .filter((action) => has(done, action))
    .map((action) => {
      const [from, before] = DELAYS[action];
      const delay = from + (((event + 1) * 7919 + (minute - beginMinute(planted)) * 31) % (before - from));
      return { action, at: (minute + delay) * 60_000 };
    });
}
