import type { ActionEffect } from '../../model/complaint-odds.ts';
import { effectByTopic } from './action-topics.ts';
import { topicsOf } from './topics-of.ts';
import { type FeatureTable, featureTable } from '../../maths/features.ts';
import { type Moment, momentTable } from './moment-features.ts';
import { COMPLAINT, DAY, type MomentLog } from './moment-log.ts';
import { momentsOf } from './moments.ts';

/** An action that was recorded for a grievance, at a wall-clock minute. */
export interface ActionRow {
  readonly voice: number;
  readonly kind: string;
  readonly minutes: number;
}

/** Actions count when they happened within a day of the grievance, and complaints when they came after that day: who complains at once
 * leaves no time for an action, and would make any action look good. */
const LANDMARK = DAY;
const HORIZON = 30 * DAY;
/** What spares three complaints of a thousand grievances is beyond chance (z > 4) among so many; among 60,000 it hardly was (z 2.2). */
const MOST = 200_000;

export function actionEffects(log: MomentLog, actions: readonly ActionRow[]): readonly ActionEffect[] {
  if (actions.length === 0) return [];
  const byVoice = Map.groupBy(actions, ({ voice }) => voice);
  const atLandmark = momentsOf(log)
    .filter(({ entry }) => (log.minutes[entry] ?? 0) + HORIZON <= log.end)
    .filter((moment) => !complainedWithin(log, moment, 0, LANDMARK));
  const every = Math.max(1, Math.ceil(atLandmark.length / MOST));
  const moments = atLandmark.filter((_, i) => i % every === 0);
  const first = actions.reduce((a, { minutes }) => Math.min(a, minutes), Infinity);
  // Before anybody wrote actions down nothing is known of what was done.
  const known = moments.filter(({ entry }) => (log.minutes[entry] ?? 0) >= first - LANDMARK);
  const table = momentTable(log, known);
  const complained = Uint8Array.from(known, (moment) => (complainedWithin(log, moment, LANDMARK, HORIZON) ? 1 : 0));
  const groups = Int32Array.from(known, ({ customer }) => customer);
  const topics = topicsOf(known.map(({ entry }) => log.names.category[log.categories[entry] ?? -1] ?? null));
  const kinds = [...new Set(actions.map(({ kind }) => kind))].toSorted();
  return kinds.map((kind) => {
    const treated = Uint8Array.from(known, ({ entry }) => {
      const told = log.minutes[entry] ?? 0;
      const own = byVoice.get(log.voices[entry] ?? 0) ?? [];
      return own.some((one) => one.kind === kind && one.minutes >= told && one.minutes < told + LANDMARK) ? 1 : 0;
    });
    return effectByTopic(kind, { table: withoutTwin(table, treated), treated, complained, groups }, topics);
  });
}

/** Where both are known alike in so many of a hundred, a column is the action under another name. */
const TWIN = 0.9;

/** That the first contact solved it is a fact beside other actions; beside the action of that very name it is the action, and nobody is alike. */
function withoutTwin(table: FeatureTable, treated: Uint8Array): FeatureTable {
  const isTwin = (column: FeatureTable['columns'][number]): boolean => {
    if (column.name !== 'solved' || column.kind !== 'category') return false;
    const given = Array.from(column.codes, (code, row) => ({ code, row })).filter(({ code }) => code >= 0);
    return given.filter(({ code, row }) => code === treated[row]).length > TWIN * given.length;
  };
  return featureTable(table.columns.filter((column) => !isTwin(column)));
}

/** A complaint of the grievance's own category in (from, before] minutes after it. */
function complainedWithin(log: MomentLog, { customer, entry }: Moment, from: number, before: number): boolean {
  const told = log.minutes[entry] ?? 0;
  const category = log.categories[entry] ?? -1;
  for (let j = entry + 1; j < (log.starts[customer + 1] ?? 0); j++) {
    const after = (log.minutes[j] ?? 0) - told;
    if (after >= before) return false;
    if (after >= from && log.kinds[j] === COMPLAINT && category >= 0 && log.categories[j] === category) return true;
  }
  return false;
}
