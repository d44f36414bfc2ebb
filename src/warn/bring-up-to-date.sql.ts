import { publish } from '../people/live.sql.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/postgres/db.ts';
import { type KnownAlarm, reconcile, widened } from './alarm-lifecycle.ts';
import { type AlarmPlace, type EntityChanges, standingAlarms, writeChanges } from './alarm-rows.sql.ts';
import { type Breach, type BreachLimits, breachesOf, isWhole, meets, type Span } from './breaches.ts';
import { announceAlarms } from './recipients.sql.ts';
import type { StoredRule } from './rules.sql.ts';
import { ALL_TIME, type Part, type SaidAts, saidAtsOf } from './said-ats.sql.ts';

/** Which instants to look at: of some entities each its own, or the same of all. */
export type Scene =
  | { readonly kind: 'entities'; readonly spans: ReadonlyMap<string, Span> }
  | { readonly kind: 'all'; readonly span: Span };

/**
 * Recomputes a rule's breaches at the instants given, brings the alarms in line, and writes alarms, announcements and
 * live events. True: an alarm changed.
 */
export async function bringUpToDate(tx: Tx, ctx: Context, rule: StoredRule, scene: Scene): Promise<boolean> {
  if (scene.kind === 'entities' && scene.spans.size === 0) return false;
  const changed = (await lookAround(tx, ctx, rule, scene)).filter((entity) => entity.changes.length > 0);
  if (changed.length === 0) return false;
  const { places, announce } = await writeChanges(tx, ctx, rule, changed);
  await announceAlarms(
    tx,
    ctx,
    rule,
    places.filter((place) => announce.has(place.id)),
  );
  await publishPlaces(tx, ctx, rule, places);
  return true;
}

/** Loads the neighbourhood of each span; where a breach reaches beyond what was loaded, that entity's whole time. */
async function lookAround(tx: Tx, ctx: Context, rule: StoredRule, scene: Scene): Promise<readonly EntityChanges[]> {
  const margin = 2 * rule.windowMinutes * 60_000 + rule.holdMinutes * 60_000;
  const around = (span: Span): Span => ({ fromMs: span.fromMs - margin, beforeMs: span.beforeMs + margin });
  const near: Part =
    scene.kind === 'all'
      ? { kind: 'all', span: around(scene.span) }
      : { kind: 'entities', wanted: [...scene.spans].map(([value, span]) => ({ value, ...around(span) })) };
  const first = await look(tx, ctx, rule, near, scene);
  if (first.cut.length === 0) return first.decided;
  const whole: Part = { kind: 'entities', wanted: first.cut.map((value) => ({ value, ...ALL_TIME })) };
  return [...first.decided, ...(await look(tx, ctx, rule, whole, scene)).decided];
}

async function look(
  tx: Tx,
  ctx: Context,
  rule: StoredRule,
  part: Part,
  scene: Scene,
): Promise<{ readonly decided: readonly EntityChanges[]; readonly cut: readonly string[] }> {
  const alarms = await standingAlarms(tx, rule, part);
  const entities = await saidAtsOf(tx, rule, ctx.config.timeZone, part, [...alarms.keys()]);
  const loadedOf = part.kind === 'all' ? () => part.span : spanFinder(new Map(part.wanted.map((one) => [one.value, one])));
  const spanOf = scene.kind === 'all' ? () => scene.span : spanFinder(scene.spans);
  const limits = limitsOf(rule);
  const decided: EntityChanges[] = [];
  const cut: string[] = [];
  for (const { value, saidAts } of withSilent(entities, alarms)) {
    const standing = alarms.get(value) ?? [];
    const breaches = breachesOf(saidAts, limits);
    if (isKnownWhole(breaches, widened(spanOf(value), standing), loadedOf(value), limits.windowMs)) {
      decided.push({ value, changes: reconcile(standing, breaches, spanOf(value), ctx.clock.nowMs()) });
    } else cut.push(value);
  }
  return { decided, cut };
}

const spanFinder =
  (spans: ReadonlyMap<string, Span>) =>
  (value: string): Span =>
    spans.get(value)!;

function isKnownWhole(breaches: readonly Breach[], wide: Span, loaded: Span, windowMs: number): boolean {
  const covered = wide.fromMs - windowMs >= loaded.fromMs && wide.beforeMs <= loaded.beforeMs;
  return covered && breaches.filter((breach) => meets(breach, wide)).every((breach) => isWhole(breach, loaded, windowMs));
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
      topic: 'alarm',
      key: `${rule.id}:${key}:${ctx.clock.now()}:${ids[0]}`,
      city,
      district,
      unitPath,
      department: rule.department,
      payload: { rule: rule.id, alarms: ids.length, id: ids.length === 1 ? ids[0] : null },
    });
  }
}
