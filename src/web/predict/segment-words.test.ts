import { expect, test } from 'vitest';
import { meanText, placeOnScale } from './segment-words.ts';

test.each([
  [0.25, 0],
  [1, 50],
  [4, 100],
  [100, 100],
  [2, 75],
])('%d times stands at %d per cent of the scale', (lift, place) => expect(placeOnScale(lift)).toBe(place));

test('means have digits where they are small', () => {
  expect([0.123, 12.34, 1234].map((value) => meanText(value, 'en'))).toEqual(['0.12', '12.3', '1,234']);
});
