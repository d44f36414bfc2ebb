import { expect, test } from 'vitest';
import { type Grieved, preferences } from './preferences.ts';

const cell = (segment: string, category: string, voices: number, customers = voices): Grieved => ({ segment, category, voices, customers });

test('a segment that says more of everything prefers nothing', () => {
  const rows = preferences([cell('loud', 'a', 900, 300), cell('loud', 'b', 600, 200), cell('calm', 'a', 90), cell('calm', 'b', 60)]);
  for (const { lift, q } of rows) {
    expect(lift).toBeCloseTo(1, 9);
    expect(q).toBeGreaterThan(0.9);
  }
});

test('a cause that one segment speaks of twice as often is told, with its interval and base', () => {
  const [top] = preferences([cell('x', 'a', 400), cell('x', 'b', 600), cell('y', 'a', 200), cell('y', 'b', 800)]);
  expect(top).toMatchObject({ base: 1000, others_base: 1000 });
  const ofX = preferences([cell('x', 'a', 400), cell('x', 'b', 600), cell('y', 'a', 200), cell('y', 'b', 800)]).find(
    (row) => row.segment === 'x' && row.category === 'a',
  );
  expect(ofX?.lift).toBeCloseTo(2, 9);
  expect(ofX?.low).toBeGreaterThan(1.6);
  expect(ofX?.q).toBeLessThan(0.001);
});

test('few customers who say it again and again are few witnesses', () => {
  const width = (customers: number): number => {
    const row = preferences([cell('x', 'a', 400, customers), cell('x', 'b', 600), cell('y', 'a', 200), cell('y', 'b', 800)]).find(
      (one) => one.segment === 'x' && one.category === 'a',
    );
    return Math.log((row?.high ?? 0) / (row?.low ?? 1));
  };
  expect(width(20)).toBeGreaterThan(width(400) * 1.5);
});

test('cells with fewer than five expected voices are left out', () => {
  expect(preferences([cell('x', 'a', 3), cell('x', 'b', 100), cell('y', 'a', 1), cell('y', 'b', 100)]).map((row) => row.category)).toEqual([
    'b',
    'b',
  ]);
});
