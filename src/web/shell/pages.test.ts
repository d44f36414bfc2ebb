import { expect, it } from 'vitest';
import { pageAt } from './pages.ts';

it.each([
  ['/pain-points', 'pain-points'],
  ['/alarms/rules', 'alarms/rules'],
  ['/experiments/new', 'experiments/new'],
  ['/experiments/ex_7', 'experiments/:id'],
  ['/', undefined],
  ['/nowhere', undefined],
  ['/voices/1/2', undefined],
])('the page at %s is %s', (address, page) => {
  expect(pageAt(address)).toBe(page);
});
