import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmId } from '../model/ids.ts';
import { type AlarmChange, HISTORICAL_AFTER_MS, type KnownAlarm, reconcile, stateAt } from './alarm-lifecycle.ts';
import { type BreachLimits, breachesOf, instantsTouchedBy } from './breaches.ts';
import { bruteForceBreaches } from './brute-force.ts';

/** A store of alarms in memory: applies changes as the tables do. */
class Shelf {
  alarms: KnownAlarm[] = [];
  readonly gone: KnownAlarm[] = [];
  announced = 0;
  #next = 1;

  apply(changes: readonly AlarmChange[]): void {
    for (const change of changes) {
      if (change.kind === 'open') {
        this.alarms.push({ ...change.face, id: `al_${this.#next++}` as AlarmId, acknowledged: false });
        if (change.announce) this.announced++;
        continue;
      }
      const alarm = this.alarms.find((a) => a.id === change.id)!;
      this.alarms = this.alarms.filter((a) => a !== alarm);
      if (change.kind === 'update') {
        this.alarms.push({ ...change.face, id: alarm.id, acknowledged: alarm.acknowledged || change.acknowledgementOf !== null });
        if (change.announce) this.announced++;
      } else {
        this.gone.push(alarm);
      }
    }
  }

  see(all: readonly number[], fresh: readonly number[], limits: BreachLimits, nowMs: number): void {
    if (fresh.length === 0) return;
    const span = instantsTouchedBy({ firstMs: Math.min(...fresh), lastMs: Math.max(...fresh) }, limits.windowMs);
    this.apply(
      reconcile(
        this.alarms,
        breachesOf(
          [...all].sort((a, b) => a - b),
          limits,
        ),
        span,
        nowMs,
      ),
    );
  }

  tick(all: readonly number[], limits: BreachLimits, nowMs: number): void {
    for (const alarm of this.alarms.filter((a) => a.state !== 'resolved')) {
      const span = { fromMs: alarm.beganMs, beforeMs: alarm.endsMs };
      this.apply(
        reconcile(
          this.alarms,
          breachesOf(
            [...all].sort((a, b) => a - b),
            limits,
          ),
          span,
          nowMs,
        ),
      );
    }
  }

  acknowledgeFirst(): void {
    const firing = this.alarms.find((alarm) => alarm.state === 'firing');
    if (firing) this.alarms = this.alarms.map((a) => (a === firing ? { ...a, state: 'acknowledged', acknowledged: true } : a));
  }

  faces(): unknown {
    const shown = this.alarms.map(({ id: _, historical: __, ...face }) => face);
    return shown.sort((a, b) => a.beganMs - b.beganMs);
  }
}

const limits = fc.record({
  windowMs: fc.integer({ min: 1, max: 10 }),
  threshold: fc.integer({ min: 1, max: 4 }),
  holdMs: fc.integer({ min: 0, max: 6 }),
});
const batches = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 6 }), { maxLength: 10 });

describe('the life of an alarm', () => {
  it('ends the same whatever the order and the batches in which the voices arrive', () => {
    fc.assert(
      fc.property(batches, limits, fc.integer({ min: 0, max: 80 }), (parts, rule, nowMs) => {
        const [late, once] = [new Shelf(), new Shelf()];
        let seen: number[] = [];
        for (const part of parts) {
          seen = [...seen, ...part];
          late.see(seen, part, rule, nowMs);
        }
        once.see(seen, seen, rule, nowMs);
        expect(late.faces()).toEqual(once.faces());
      }),
      { numRuns: 2000 },
    );
  });

  it('does not change when the same voices are evaluated again', () => {
    fc.assert(
      fc.property(batches, limits, fc.integer({ min: 0, max: 80 }), (parts, rule, nowMs) => {
        const shelf = new Shelf();
        shelf.see(parts.flat(), parts.flat(), rule, nowMs);
        const before = structuredClone(shelf.alarms);
        for (const part of parts) shelf.see(parts.flat(), part, rule, nowMs);
        expect(shelf.alarms).toEqual(before);
      }),
    );
  });

  it('shows one alarm per breach that fires, and none else once all is over', () => {
    fc.assert(
      fc.property(batches, limits, (parts, rule) => {
        const shelf = new Shelf();
        let seen: number[] = [];
        parts.forEach((part, i) => {
          seen = [...seen, ...part];
          shelf.see(seen, part, rule, i * 8);
          shelf.acknowledgeFirst();
        });
        shelf.tick(seen, rule, 1000);
        const fired = bruteForceBreaches(seen, rule).filter((breach) => breach.firesMs !== null);
        expect(shelf.alarms.map((alarm) => [alarm.beganMs, alarm.endsMs, alarm.state]).sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual(
          fired.map((breach) => [breach.beganMs, breach.endsMs, 'resolved']),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('never loses an acknowledgement when late voices join two breaches', () => {
    const rule = { windowMs: 10, threshold: 2, holdMs: 0 };
    const shelf = new Shelf();
    shelf.see([0, 1, 20, 21], [0, 1, 20, 21], rule, 22);
    shelf.acknowledgeFirst();
    shelf.see([0, 1, 9, 10, 18, 20, 21], [9, 10, 18], rule, 22);
    expect(shelf.alarms).toMatchObject([{ id: 'al_1', state: 'acknowledged', acknowledged: true, beganMs: 1, endsMs: 30, voices: 7 }]);
    expect(shelf.gone).toMatchObject([{ id: 'al_2', acknowledged: true }]);
  });

  it('keeps the alarm whose breach turns out to have begun earlier', () => {
    const rule = { windowMs: 10, threshold: 2, holdMs: 0 };
    const shelf = new Shelf();
    shelf.see([5, 8], [5, 8], rule, 9);
    shelf.see([4, 5, 8], [4], rule, 9);
    expect(shelf.alarms).toMatchObject([{ id: 'al_1', beganMs: 5, firedMs: 5, voices: 3, state: 'firing' }]);
    expect(shelf.announced).toBe(1);
  });

  it('withdraws a pending alarm whose count falls before it has held', () => {
    const rule = { windowMs: 10, threshold: 2, holdMs: 20 };
    const shelf = new Shelf();
    shelf.see([0, 1], [0, 1], rule, 2);
    expect(shelf.alarms).toMatchObject([{ state: 'pending', dueMs: 10, firedMs: null }]);
    shelf.tick([0, 1], rule, 10);
    expect(shelf.alarms).toEqual([]);
    expect(shelf.announced).toBe(0);
  });

  it('opens an alarm anew when late voices make its breach last until now', () => {
    const rule = { windowMs: 10, threshold: 2, holdMs: 0 };
    const shelf = new Shelf();
    shelf.see([0, 1], [0, 1], rule, 12);
    expect(shelf.alarms).toMatchObject([{ state: 'resolved', endsMs: 10 }]);
    shelf.see([0, 1, 9], [9], rule, 10.5);
    expect(shelf.alarms).toMatchObject([{ id: 'al_1', state: 'firing', endsMs: 11 }]);
  });

  it('never announces a breach that had begun more than a day before it became known', () => {
    const rule = { windowMs: 3_600_000, threshold: 2, holdMs: 0 };
    const known = (nowMs: number): Shelf => {
      const shelf = new Shelf();
      shelf.see([0, 1], [0, 1], rule, nowMs);
      return shelf;
    };
    expect(known(1 + HISTORICAL_AFTER_MS)).toMatchObject({ announced: 1, alarms: [{ historical: false }] });
    expect(known(2 + HISTORICAL_AFTER_MS)).toMatchObject({ announced: 0, alarms: [{ historical: true, state: 'resolved' }] });
  });

  it('follows voices that were read anew and left the entity', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 30 }), fc.nat(), limits, (times, pick, some) => {
        const rule = { ...some, holdMs: 0 };
        const shelf = new Shelf();
        shelf.see(times, times, rule, 1000);
        const leaves = pick % times.length;
        const stay = times.filter((_, i) => i !== leaves);
        shelf.see(stay, [times[leaves]!], rule, 1000);
        const shown = shelf.alarms.map((alarm) => [alarm.beganMs, alarm.endsMs, alarm.voices]).sort((a, b) => a[0]! - b[0]!);
        expect(shown).toEqual(bruteForceBreaches(stay, rule).map((breach) => [breach.beganMs, breach.endsMs, breach.voices]));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps on record what fired although its voices were read anew', () => {
    const rule = { windowMs: 10, threshold: 2, holdMs: 0 };
    const shelf = new Shelf();
    shelf.see([0, 1], [0, 1], rule, 2);
    expect(reconcile(shelf.alarms, [], { fromMs: 0, beforeMs: 11 }, 3)).toEqual([{ kind: 'recount', id: 'al_1' }]);
  });

  it.each([
    [0, 'pending'],
    [5, 'firing'],
    [9, 'firing'],
    [10, 'resolved'],
  ])('at %i is %s', (nowMs, state) => {
    expect(stateAt({ firesMs: 5, endsMs: 10 }, nowMs, false)).toBe(state);
  });
});
