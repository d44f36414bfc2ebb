import type { AlarmState } from '../model/alarm.ts';
import type { AlarmId } from '../model/ids.ts';
import { type Breach, meets, type Span } from './breaches.ts';

/**
 * The life of an alarm. One alarm per breach of (rule, definition, entity).
 *
 * | from                   | what happens                                             | to           |
 * |------------------------|----------------------------------------------------------|--------------|
 * | –                      | the count reaches the threshold                          | pending      |
 * | pending                | it has held for the rule's hold time (at once when zero) | firing       |
 * | pending                | it falls before that                                     | (withdrawn)  |
 * | firing                 | a member acknowledges it with a reason                   | acknowledged |
 * | firing, acknowledged   | the count falls below the threshold (event time)         | resolved     |
 * | resolved               | late voices make the same breach last until now          | firing, or acknowledged if it was |
 * | any but pending        | late voices join its breach to an earlier one            | resolved (merged; the earlier one takes over its acknowledgement) |
 * | any but pending        | its voices were read anew and the breach is gone         | resolved (recounted) |
 * | firing, acknowledged   | the rule was redefined                                   | resolved (superseded) |
 *
 * An alarm that becomes known late passes several lines at once. Only the reader of the clock decides between
 * pending, firing and resolved; began, fires and ends come from the voices alone.
 */
export interface KnownAlarm {
  readonly id: AlarmId;
  readonly state: AlarmState;
  readonly beganMs: number;
  readonly firedMs: number | null;
  readonly endsMs: number;
  readonly windowFromMs: number;
  readonly lastSaidMs: number;
  readonly voices: number;
  readonly historical: boolean;
  readonly acknowledged: boolean;
}

/** What an alarm looks like after it was brought up to date. */
export interface AlarmFace extends Omit<KnownAlarm, 'id' | 'acknowledged'> {
  readonly resolvedMs: number | null;
  /** When the clock alone changes the state next. */
  readonly dueMs: number | null;
}

export type AlarmChange =
  | { readonly kind: 'open'; readonly face: AlarmFace; readonly announce: boolean }
  | {
      readonly kind: 'update';
      readonly id: AlarmId;
      readonly face: AlarmFace;
      readonly announce: boolean;
      readonly acknowledgementOf: AlarmId | null;
    }
  | { readonly kind: 'merge'; readonly id: AlarmId; readonly into: AlarmId }
  | { readonly kind: 'withdraw'; readonly id: AlarmId }
  | { readonly kind: 'recount'; readonly id: AlarmId };

/** A breach older than this when it becomes known is historical: listed, never announced. */
export const HISTORICAL_AFTER_MS = 24 * 3_600_000;

/** null: nothing to show, the breach ended before it had held long enough. */
export function stateAt(breach: Pick<Breach, 'firesMs' | 'endsMs'>, nowMs: number, acknowledged: boolean): AlarmState | null {
  if (breach.firesMs === null) return nowMs < breach.endsMs ? 'pending' : null;
  if (nowMs < breach.firesMs) return 'pending';
  if (nowMs >= breach.endsMs) return 'resolved';
  return acknowledged ? 'acknowledged' : 'firing';
}

/** The span together with the alarms that meet it: a change inside an alarm may change what the rest of it belongs to. */
export function widened(span: Span, existing: readonly KnownAlarm[]): Span {
  const inside = existing.filter((alarm) => meets(alarm, span));
  return {
    fromMs: Math.min(span.fromMs, ...inside.map((alarm) => alarm.beganMs)),
    beforeMs: Math.max(span.beforeMs, ...inside.map((alarm) => alarm.endsMs)),
  };
}

/**
 * Brings the alarms of one rule and entity in line with its breaches recomputed over `span`. `existing` are its alarms
 * that meet the span or one of those breaches; those that meet neither are left alone.
 */
export function reconcile(existing: readonly KnownAlarm[], breaches: readonly Breach[], span: Span, nowMs: number): readonly AlarmChange[] {
  const wide = widened(span, existing);
  const touched = breaches.filter((breach) => meets(breach, wide));
  const claims = claimsOf(existing, touched);
  const changes: AlarmChange[] = [];
  for (const breach of touched) changes.push(...changesOf(breach, claims.get(breach) ?? [], nowMs));
  const claimed = new Set([...claims.values()].flat());
  for (const alarm of existing) {
    if (!claimed.has(alarm) && meets(alarm, span)) changes.push(...goneChange(alarm));
  }
  return changes;
}

/** Each alarm belongs to the first breach that it overlaps; a breach may be claimed by several alarms, earliest first. */
function claimsOf(existing: readonly KnownAlarm[], breaches: readonly Breach[]): Map<Breach, KnownAlarm[]> {
  const claims = new Map<Breach, KnownAlarm[]>();
  const earliestFirst = [...existing].sort((a, b) => a.beganMs - b.beganMs || (a.id < b.id ? -1 : 1));
  for (const alarm of earliestFirst) {
    const breach = breaches.find((b) => meets(b, { fromMs: alarm.beganMs, beforeMs: alarm.endsMs }));
    if (breach !== undefined) claims.set(breach, [...(claims.get(breach) ?? []), alarm]);
  }
  return claims;
}

function changesOf(breach: Breach, alarms: readonly KnownAlarm[], nowMs: number): readonly AlarmChange[] {
  const keeper = alarms.find((alarm) => alarm.firedMs !== null) ?? alarms[0];
  const acknowledged = alarms.find((alarm) => alarm.acknowledged);
  const state = stateAt(breach, nowMs, acknowledged !== undefined);
  if (keeper === undefined) {
    if (state === null) return [];
    const face = faceOf(breach, state, breach.beganMs < nowMs - HISTORICAL_AFTER_MS, null);
    return [{ kind: 'open', face, announce: shouldAnnounce(face, []) }];
  }
  if (state === null && keeper.firedMs === null) return alarms.map((alarm) => ({ kind: 'withdraw', id: alarm.id }));
  // A voice that was read anew may leave a breach too short to fire: what has fired stays fired.
  const kept = state === null || (state === 'pending' && keeper.firedMs !== null) ? { ...breach, firesMs: keeper.firedMs } : breach;
  const historical = alarms.every((alarm) => alarm.historical);
  const face = faceOf(breach, stateAt(kept, nowMs, acknowledged !== undefined) ?? 'resolved', historical, kept.firesMs);
  const others = alarms.filter((alarm) => alarm !== keeper);
  const absorbed = others.map((alarm): AlarmChange =>
    alarm.firedMs === null ? { kind: 'withdraw', id: alarm.id } : { kind: 'merge', id: alarm.id, into: keeper.id },
  );
  const acknowledgementOf = acknowledged === undefined || keeper.acknowledged ? null : acknowledged.id;
  if (sameFace(keeper, face) && acknowledgementOf === null) return absorbed;
  // Absorbed ones first: two current alarms of one breach never stand side by side, not even within the transaction.
  return [...absorbed, { kind: 'update', id: keeper.id, face, announce: shouldAnnounce(face, alarms), acknowledgementOf }];
}

function faceOf(breach: Breach, state: AlarmState, historical: boolean, firedMs: number | null): AlarmFace {
  const resolved = state === 'resolved';
  return {
    state,
    beganMs: breach.beganMs,
    firedMs: state === 'pending' ? null : (firedMs ?? breach.firesMs),
    endsMs: breach.endsMs,
    resolvedMs: resolved ? breach.endsMs : null,
    dueMs: resolved ? null : state === 'pending' ? (breach.firesMs ?? breach.endsMs) : breach.endsMs,
    windowFromMs: breach.windowFromMs,
    lastSaidMs: breach.lastSaidMs,
    voices: breach.voices,
    historical,
  };
}

/** Once per breach: when the first of its alarms fires, and never for history. */
function shouldAnnounce(face: AlarmFace, before: readonly KnownAlarm[]): boolean {
  return face.firedMs !== null && !face.historical && before.every((alarm) => alarm.firedMs === null);
}

function goneChange(alarm: KnownAlarm): readonly AlarmChange[] {
  return [alarm.firedMs === null ? { kind: 'withdraw', id: alarm.id } : { kind: 'recount', id: alarm.id }];
}

function sameFace(alarm: KnownAlarm, face: AlarmFace): boolean {
  return (
    alarm.state === face.state &&
    alarm.beganMs === face.beganMs &&
    alarm.firedMs === face.firedMs &&
    alarm.endsMs === face.endsMs &&
    alarm.windowFromMs === face.windowFromMs &&
    alarm.lastSaidMs === face.lastSaidMs &&
    alarm.voices === face.voices &&
    alarm.historical === face.historical
  );
}
