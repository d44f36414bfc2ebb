import { describe, expect, it } from 'vitest';
import { inSightFirst } from './first-rows.ts';

describe('a long list', () => {
  const rows = [1, 2, 3, 4, 5, 6];

  it('is drawn as far as the window holds before anything else', () => {
    expect(inSightFirst(rows, [], 2)).toEqual([1, 2]);
    expect(inSightFirst(rows, rows, 2)).toEqual(rows);
  });

  it('stands in its new order where it is in sight, and keeps every row', () => {
    const fallen = rows.toReversed();
    expect(inSightFirst(fallen, rows, 2)).toEqual([6, 5, 1, 2, 3, 4]);
    expect(inSightFirst(fallen, fallen, 2)).toBe(fallen);
  });

  it('is drawn whole when other rows came, or fewer', () => {
    for (const next of [
      [1, 2, 3, 7, 8, 9],
      [1, 2, 3],
      [...rows, 7],
    ])
      expect(inSightFirst(next, rows, 2)).toBe(next);
  });
});
