import { expect, test } from 'vitest';
import { isBackupDue, localMinuteOf, minuteOf } from './schedule.ts';

const at = (text: string): number => Date.parse(text);
const due = (now: string, times: { began?: string; done?: string; tried?: string }): boolean =>
  isBackupDue({
    nowMs: at(now),
    atMinute: minuteOf('03:00'),
    localMinute: localMinuteOf(at(now), 'Asia/Shanghai'),
    beganMs: at(times.began ?? '2026-01-01T00:00:00Z'),
    doneMs: times.done === undefined ? null : at(times.done),
    triedMs: (times.tried ?? times.done) === undefined ? null : at(times.tried ?? times.done ?? ''),
  });

// 03:00 in Shanghai is 19:00 of the day before in UTC.
test.each([
  ['a minute before the hour, with yesterday’s there', '2026-03-02T18:59:00Z', { done: '2026-03-01T19:00:05Z' }, false],
  ['at the hour', '2026-03-02T19:00:00Z', { done: '2026-03-01T19:00:05Z' }, true],
  ['once it is made', '2026-03-02T19:05:00Z', { done: '2026-03-02T19:00:10Z' }, false],
  ['all day long, when the machine slept at the hour', '2026-03-03T08:30:00Z', { done: '2026-03-01T19:00:05Z' }, true],
  ['never made, in a home that began after the hour', '2026-03-03T01:00:00Z', { began: '2026-03-03T00:00:00Z' }, false],
  ['never made, in a home that is older', '2026-03-03T01:00:00Z', {}, true],
  ['half an hour after a failure', '2026-03-02T19:30:00Z', { done: '2026-03-01T19:00:00Z', tried: '2026-03-02T19:00:00Z' }, false],
  ['an hour after a failure', '2026-03-02T20:00:30Z', { done: '2026-03-01T19:00:00Z', tried: '2026-03-02T19:00:00Z' }, true],
  [
    'after a failure noted by a clock that was ahead',
    '2026-03-02T19:10:00Z',
    { done: '2026-03-01T19:00:00Z', tried: '2026-03-02T22:00:00Z' },
    true,
  ],
])('the daily backup %s', (_when, now, times, expected) => {
  expect(due(now, times)).toBe(expected);
});

test('one day of minutes makes one backup', () => {
  let done = at('2026-03-01T19:00:00Z');
  let made = 0;
  for (let now = at('2026-03-02T10:17:20Z'); now < at('2026-03-03T10:17:20Z'); now += 60_000) {
    if (!due(new Date(now).toISOString(), { done: new Date(done).toISOString() })) continue;
    made += 1;
    done = now;
  }
  expect(made).toBe(1);
});
