import { publish } from '../people/live.sql.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/postgres/db.ts';
import { type KnownAlarm, reconcile, widened } from './alarm-lifecycle.ts';
import { type AlarmPlace, type EntityChanges, standingAlarms, writeChanges } from './alarm-rows.sql.ts';
import { type BreachLimits, breachesOf, isWhole, meets, type Span } from './breaches.ts';
import { announceAlarms } from './recipients.sql.ts';
import type { StoredRule } from './rules.sql.ts';
import { type SaidAts, saidAtsOf, type Wanted } from './said-ats.sql.ts';

/** Before all voices and after them. */
const ALL_TIME: Span = { fromMs: Date.parse('0001-01-01T00:00:00Z'), beforeMs: Date.parse('9999-01-01T00:00:00Z') };

/**
 * Recomputes a rule's breaches at the entities and instants given, brings the alarms in line, and writes alarms,
 * announcements and live events. True: an alarm changed.
 */
export async function bringUpToDate(
  tx: Tx, ctx: Context, rule: StoredRule, spans: ReadonlyMap<string, Span> | 'everything',
): Promise<boolean> {
  if (spans !== 'everything' && spans.size === 0) return false;
  const decided = spans === 'everything' ? await lookAtAll(tx, ctx, rule) : await lookAround(tx, ctx, rule, spans);
  const changed = decided.filter((entity) => entity.changes.length > 0);
  if (changed.length === 0) return false;
  const { places, announce } = await writeChanges(tx, ctx, rule, changed);
  await announceAlarms(tx, ctx, rule, places.filter((place) => announce.has(place.id)));
  await publishPlaces(tx, ctx, rule, places);
  return true;
}

async function lookAtAll(tx: Tx, ctx: Context, rule: StoredRule): Promise<readonly EntityChanges[]> {
  const alarms = await standingAlarms(tx, rule, null);
  const entities = await saidAtsOf(tx, rule, ctx.config.timeZone, null, [...alarms.keys()]);
  return withSilent(entities, alarms).map(({ value, saidAts }) => ({
    value, changes: reconcile(alarms.get(value) ?? [], breachesOf(saidAts, limitsOf(rule)), ALL_TIME, ctx.clock.nowMs()),
  }));
}

/** Loads the neighbourhood of each span; where a breach reaches beyond what was loaded, that entity's whole time. */
async function lookAround(tx: Tx, ctx: Context, rule: StoredRule, spans: ReadonlyMap<string, Span>): Promise<readonly EntityChanges[]> {
  const margin = 2 * rule.windowMinutes * 60_000 + rule.holdMinutes * 60_000;
  const near = [...spans].map(([value, span]): Wanted => ({ value, fromMs: span.fromMs - margin, beforeMs: span.beforeMs + margin }));
  const first = await look(tx, ctx, rule, near, spans);
  if (first.cut.length === 0) return first.decided;
  const whole = first.cut.map((value): Wanted => ({ value, ...ALL_TIME }));
  return [...first.decided, ...(await look(tx, ctx, rule, whole, spans)).decided];
}

async function look(
  tx: Tx, ctx: Context, rule: StoredRule, wanted: readonly Wanted[], spans: ReadonlyMap<string, Span>,
): Promise<{ readonly decided: readonly EntityChanges[]; readonly cut: readonly string[] }> {
  const alarms = await standingAlarms(tx, rule, wanted);
  const entities = await saidAtsOf(tx, rule, ctx.config.timeZone, wanted, [...alarms.keys()]);
  const loaded = new Map(wanted.map((one) => [one.value, one]));
  const limits = limitsOf(rule);
  const decided: EntityChanges[] = [];
  const cut: string[] = [];
  for (const { value, saidAts } of withSilent(entities, alarms)) {
    const standing = alarms.get(value) ?? [];
    const span = spans.get(value)!;
    const breaches = breachesOf(saidAts, limits);
    const wide = widened(span, standing);
    const part = loaded.get(value)!;
    const isKnown = wide.fromMs - limits.windowMs > part.fromMs && wide.beforeMs <= part.beforeMs
      && breaches.filter((breach) => meets(breach, wide)).every((breach) => isWhole(breach, part, limits.windowMs));
    if (isKnown) decided.push({ value, changes: reconcile(standing, breaches, span, ctx.clock.nowMs()) });
    else cut.push(value);
  }
  return { decided, cut };
}

/** Entities that have alarms but no voice left still need a look. */
function withSilent(entities: readonly SaidAts[], alarms: ReadonlyMap<string, readonly KnownAlarm[]>): readonly SaidAts[] {
  const heard = new Set(entities.map((entity) => entity.value));
  return [...entities, ...[...alarms.keys()].filter((value) => !heard.has(value)).map((value) => ({ value, saidAts: [] }))];
}

export function limitsOf(rule: { readonly windowMinutes: number; readonly threshold: number; readonly holdMinutes: number }): BreachLimits {
  return { windowMs: rule.windowMinutes * 60_000, threshold: rule.threshold, holdMs: rule.holdMinutes * 60_000 };
}

/** One live event per place, however many alarms a bulk import brings to it. */
async function publishPlaces(tx: Tx, ctx: Context, rule: StoredRule, places: readonly AlarmPlace[]): Promise<void> {
  const grouped = Map.groupBy(places, (place) => JSON.stringify([place.city, place.district, place.unitPath]));
  for (const [key, group] of grouped) {
    const [{ city, district, unitPath }] = group as [AlarmPlace];
    const ids = group.map((place) => place.id).sort();
    await publish(tx, ctx, {
      topic: 'alarm', key: `${rule.id}:${key}:${ctx.clock.now()}:${ids[0]}`, city, district, unitPath, department: rule.department,
      payload: { rule: rule.id, alarms: ids.length, id: ids.length === 1 ? ids[0] : null },
    });
  }
}
