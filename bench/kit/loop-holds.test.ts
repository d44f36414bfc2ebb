import { expect, test } from 'vitest';
import { holdTo, mostOf } from './loop-holds.ts';

test('a hold is the loop’s own doing but for the time in which others had the processors', () => {
  const hold = holdTo({ at: 100, cpu: 40, waited: 7 }, { at: 180, cpu: 52, waited: 57 });
  expect(hold).toEqual({ wall: 80, cpu: 12, blocked: 30 });
});

test('the most of each is told, of whichever hold', () => {
  expect(
    mostOf([
      { wall: 80, cpu: 12, blocked: 30 },
      { wall: 60, cpu: 20, blocked: 59 },
    ]),
  ).toEqual({ wall: 80, cpu: 20, blocked: 59 });
});
