import { expect, test } from 'vitest';
import { plotOf } from './plot-shape.ts';

test('both axes share one scale that holds every interval', () => {
  const bins = [
    { rows: 100, events: 2, stated: 0.02, happened: 0.02, low: 0.005, high: 0.07 },
    { rows: 100, events: 30, stated: 0.28, happened: 0.3, low: 0.22, high: 0.4 },
  ];
  const { points, ticks, size, at } = plotOf(bins);
  expect(ticks).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  for (const { x, low, high } of points) {
    expect(x).toBeGreaterThanOrEqual(at(0));
    expect(high).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(size - at(0));
    expect(high).toBeLessThan(low);
  }
});
