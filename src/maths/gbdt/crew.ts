/** Threads that grow the same trees together, each on its own stretch of rows and of columns. */
export interface Crew {
  readonly threads: number;
  /** 0 … threads − 1 */
  readonly me: number;
  /** Goes on when all have come here. */
  meet(): void;
}

export const ALONE: Crew = { threads: 1, me: 0, meet: () => undefined };

/** Numbers in shared memory: how many are at the meeting place, which meeting it is, how many helpers have started, whether one has failed. */
const [HERE, ROUND, STARTED, FAILED] = [0, 1, 2, 3];
/** Looks before sleeping: the others are usually only microseconds behind. */
const LOOKS = 2000;
/** How often a sleeper looks whether another one has failed. */
const PATIENCE_MS = 1000;

/** A crew over shared memory: the last to come wakes the others. A meeting throws when another one has failed. */
export function crewOver(signals: Int32Array, threads: number, me: number): Crew {
  if (threads === 1) return ALONE;
  return {
    threads,
    me,
    meet: () => {
      const round = Atomics.load(signals, ROUND);
      if (Atomics.add(signals, HERE, 1) === threads - 1) {
        Atomics.store(signals, HERE, 0);
        Atomics.store(signals, ROUND, round + 1);
        Atomics.notify(signals, ROUND);
        return;
      }
      for (let look = 0; look < LOOKS; look++) if (Atomics.load(signals, ROUND) !== round) return;
      while (Atomics.load(signals, ROUND) === round) {
        if (Atomics.load(signals, FAILED) === 1) throw new Error('A helping thread failed.');
        Atomics.wait(signals, ROUND, round, PATIENCE_MS);
      }
    },
  };
}

export function failCrew(signals: Int32Array): void {
  Atomics.store(signals, FAILED, 1);
}

/** A helper is there; false when the others have begun without it. */
export function comeToCrew(signals: Int32Array, threads: number): boolean {
  for (;;) {
    const started = Atomics.load(signals, STARTED);
    if (started >= threads) return false;
    if (Atomics.compareExchange(signals, STARTED, started, started + 1) !== started) continue;
    Atomics.notify(signals, STARTED);
    return true;
  }
}

/** The first thread waits until all helpers are there; false, and none may come any more, when that takes too long. */
export function gathered(signals: Int32Array, threads: number, ms: number): boolean {
  for (;;) {
    const started = Atomics.load(signals, STARTED);
    if (started === threads - 1) return true;
    if (Atomics.wait(signals, STARTED, started, ms) !== 'timed-out') continue;
    if (Atomics.compareExchange(signals, STARTED, started, threads) === started) return false;
  }
}

/** The part [from, before) of n that is one's own. */
export function shareOf(n: number, { threads, me }: Crew): readonly [number, number] {
  return [Math.floor((n * me) / threads), Math.floor((n * (me + 1)) / threads)];
}
