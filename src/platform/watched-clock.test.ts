import { expect, test } from 'vitest';
import { watchedClock } from './watched-clock.ts';

function scene() {
  const jumps: number[] = [];
  const state = { wall: Date.parse('2026-03-01T00:00:00Z'), count: 1000 };
  const clock = watchedClock(
    () => state.wall,
    () => state.count,
    (by) => jumps.push(by),
  );
  const pass = (ms: number, wallMs = ms): void => {
    state.count += ms;
    state.wall += wallMs;
  };
  return { clock, jumps, pass };
}

test.each([
  ['two hours ahead', 2 * 3_600_000],
  ['three hours back', -3 * 3_600_000],
])('timers wait while the clock stands %s, and go on when it is set right', (_how, jump) => {
  const { clock, jumps, pass } = scene();
  expect(clock.isSteady?.()).toBe(true);
  pass(2_000, 2_000 + jump);
  expect(clock.isSteady?.()).toBe(false);
  expect(jumps).toEqual([jump]);
  pass(60_000);
  expect(clock.isSteady?.()).toBe(false);
  pass(1_000, 1_000 - jump);
  expect(clock.isSteady?.()).toBe(true);
  expect(jumps).toHaveLength(1);
});

test('a time that stands for five minutes is believed', () => {
  const { clock, pass } = scene();
  pass(1_000, 3_600_000);
  expect(clock.isSteady?.()).toBe(false);
  pass(4 * 60_000);
  expect(clock.isSteady?.()).toBe(false);
  pass(61_000);
  expect(clock.isSteady?.()).toBe(true);
  expect(clock.now()).toBe('2026-03-01T01:05:01.000Z');
});

test('a clock that drifts, is corrected by seconds, or belongs to a process that was stopped for a minute stays trusted', () => {
  const { clock, jumps, pass } = scene();
  for (let i = 0; i < 500; i++) {
    pass(1_000, 1_000 + (i % 2 === 0 ? 900 : -300));
    expect(clock.isSteady?.()).toBe(true);
  }
  pass(60_000);
  expect(clock.isSteady?.()).toBe(true);
  expect(jumps).toEqual([]);
});
