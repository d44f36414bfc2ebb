import { describe, expect, it } from 'vitest';
import { dueOf } from './due.ts';

const DUE = '2026-03-02T09:00:00.000Z';

describe('the clock of an order', () => {
  it.each([
    [
      { state: 'new', overdue: false, minutes_left: 300 },
      { kind: 'left', minutes: 300, soon: false },
    ],
    [
      { state: 'accepted', overdue: false, minutes_left: 90 },
      { kind: 'left', minutes: 90, soon: true },
    ],
    [
      { state: 'new', overdue: true, minutes_left: -20 },
      { kind: 'late', minutes: 20 },
    ],
    [
      { state: 'new', overdue: true, minutes_left: 0 },
      { kind: 'late', minutes: null },
    ],
    [
      { state: 'closed', overdue: false, minutes_left: null, closed_at: DUE },
      { kind: 'over', inTime: true },
    ],
    [
      { state: 'closed', overdue: false, minutes_left: null, closed_at: '2026-03-02T09:00:00.001Z' },
      { kind: 'over', inTime: false },
    ],
    [
      { state: 'done', overdue: false, minutes_left: 40 },
      { kind: 'over', inTime: null },
    ],
  ] as const)('%o is %o', (order, due) => {
    expect(dueOf({ due_at: DUE, closed_at: null, ...order })).toEqual(due);
  });
});
