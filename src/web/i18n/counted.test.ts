import { expect, test } from 'vitest';
import { countedWords } from './counted.ts';

test.each([
  ['1 work order(s)', '1 work order'],
  ['0 work order(s)', '0 work orders'],
  ['2 experiment(s), 1 of them running', '2 experiments, 1 of them running'],
  ['1,001 voice(s), 1 file(s)', '1,001 voices, 1 file'],
  ['0.1 point(s)', '0.1 points'],
  ['11 row(s)', '11 rows'],
  ['the first 1 hour(s) of 1 day(s)', 'the first 1 hour of 1 day'],
  ['time (s)', 'time (s)'],
])('%s reads %s', (text, words) => {
  expect(countedWords(text)).toBe(words);
});
