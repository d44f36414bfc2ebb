/** What a thread had used when it was looked at, in milliseconds since it began. */
export interface Reading {
  readonly at: number;
  readonly cpu: number;
  /** Time in which it could have run while others had the processors. */
  readonly waited: number;
}

/**
 * The time between two turns of a timer. Whoever asked something meanwhile waited for all of `wall`; `blocked` of it is the loop's own doing:
 * its own work and its own waiting for disks and locks, without the time in which the machine gave the processors to others.
 */
export interface Hold {
  readonly wall: number;
  readonly cpu: number;
  readonly blocked: number;
}

export const holdTo = (last: Reading, next: Reading): Hold => {
  const wall = next.at - last.at;
  return { wall, cpu: next.cpu - last.cpu, blocked: wall - (next.waited - last.waited) };
};

/** The most of each within one hold, and the longest pause for collecting garbage; each in milliseconds. */
export interface LoopFigures extends Hold {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly pause: number;
}

export const mostOf = (holds: readonly Hold[]): Hold => {
  const most = { wall: 0, cpu: 0, blocked: 0 };
  for (const { wall, cpu, blocked } of holds) {
    most.wall = Math.max(most.wall, wall);
    most.cpu = Math.max(most.cpu, cpu);
    most.blocked = Math.max(most.blocked, blocked);
  }
  return most;
};
