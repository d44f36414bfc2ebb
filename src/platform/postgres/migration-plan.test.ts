import { expect, test } from 'vitest';
import { planMigrations, type Migration } from './migration-plan.ts';

const file = (number: number, name: string, checksum = `sum of ${name}`): Migration => ({ number, name, checksum, text: '' });
const one = file(1, '0001_people');
const two = file(2, '0002_voices');
const three = file(3, '0003_loop');

test('what is missing is applied in the order of the numbers', () => {
  expect(planMigrations([three, one, two], [one])).toEqual({ kind: 'go', missing: [two, three] });
});

test('nothing is applied twice', () => {
  expect(planMigrations([one, two], [one, two])).toEqual({ kind: 'go', missing: [] });
});

test.each([
  ['an applied file that was edited', [{ ...one, checksum: 'another' }, two], [one], /0001_people was edited/],
  ['an applied file that is missing', [two], [one, two], /0001_people was applied but its file is missing/],
  ['a file that slips in before applied ones', [one, two, three], [one, three], /0002_voices comes before 3/],
  ['two files of one number', [one, file(1, '0001_again')], [], /carry the same number/],
] as const)('refused: %s', (_what, files, applied, words) => {
  const plan = planMigrations(files, applied);
  expect(plan.kind === 'refused' ? plan.reasons.join('\n') : '').toMatch(words);
});

test('every reason is told at once', () => {
  const plan = planMigrations([{ ...one, checksum: 'another' }], [one, two]);
  expect(plan.kind === 'refused' && plan.reasons.length).toBe(2);
});
