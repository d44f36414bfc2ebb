import { describe, expect, it } from 'vitest';
import type { TickState } from '../../platform/jobs/jobs.ts';
import { diskState, isStalled, silentSeconds } from './stalls.ts';

const tick = (part: Partial<TickState>): TickState => ({
  queue: 'q',
  everySeconds: 1,
  mayTakeSeconds: 0,
  endedAgoMs: 500,
  startedAgoMs: 400,
  running: false,
  failed: null,
  ...part,
});

describe('a tick', () => {
  it('is stalled when a minute passed without it, whether it hangs or never came', () => {
    expect(isStalled(tick({}))).toBe(false);
    expect(isStalled(tick({ endedAgoMs: 61_999, running: true }))).toBe(false);
    expect(isStalled(tick({ endedAgoMs: 62_000, running: true }))).toBe(true);
    expect(isStalled(tick({ endedAgoMs: null, startedAgoMs: 70_000, running: true }))).toBe(true);
    expect(silentSeconds(tick({ endedAgoMs: null, startedAgoMs: 3000 }))).toBe(3);
  });
  it('that may honestly take long is stalled only after that, and only while it runs', () => {
    expect(isStalled(tick({ mayTakeSeconds: 600, endedAgoMs: 590_000, running: true }))).toBe(false);
    expect(isStalled(tick({ mayTakeSeconds: 600, endedAgoMs: 602_000, running: true }))).toBe(true);
    expect(isStalled(tick({ mayTakeSeconds: 600, endedAgoMs: 62_000 }))).toBe(true);
  });
  it('that comes rarely may rest for its own interval and a minute', () => {
    expect(isStalled(tick({ everySeconds: 300, endedAgoMs: 350_000 }))).toBe(false);
    expect(isStalled(tick({ everySeconds: 300, endedAgoMs: 362_000 }))).toBe(true);
  });
});

describe('a disk', () => {
  const GB = 1024 ** 3;
  it('is low below a tenth or 5 GB, full below a fiftieth or 256 MB', () => {
    expect([diskState(200 * GB, 1000 * GB), diskState(4 * GB, 1000 * GB), diskState(0.2 * GB, 1000 * GB)]).toEqual([
      'enough',
      'low',
      'full',
    ]);
    expect([diskState(0.02 * GB, 0.09 * GB), diskState(0.005 * GB, 0.09 * GB), diskState(0.001 * GB, 0.09 * GB)]).toEqual([
      'enough',
      'low',
      'full',
    ]);
  });
});
