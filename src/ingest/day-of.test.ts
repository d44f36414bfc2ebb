import { expect, test } from 'vitest';
import { dayOf } from './day-of.ts';

test('the day is the one of the province, not of Greenwich', () => {
  const at = (instant: string, timeZone: string): string => dayOf({ clock: { nowMs: () => Date.parse(instant) }, config: { timeZone } });
  expect(at('2026-03-09T17:00:00Z', 'Asia/Shanghai')).toBe('2026-03-10');
  expect(at('2026-03-09T15:59:59Z', 'Asia/Shanghai')).toBe('2026-03-09');
});
