import { expect, test } from 'vitest';
import { begun, followed, isChanged } from './versioned-draft.ts';

const first = { version: 1, settings: { a: 1 } };
const second = { version: 2, settings: { a: 2 } };

test('an untouched draft follows the newest version', () => {
  expect(followed(begun(first), second)).toEqual(begun(second));
});

test('what was typed outlives a version of somebody else', () => {
  const typed = { ...begun(first), draft: { a: 5 } };
  expect(isChanged(typed)).toBe(true);
  expect(followed(typed, second)).toBe(typed);
});

test('what was just saved is not replaced by the older version that still stands on the screen', () => {
  const saved = begun(second);
  expect(followed(saved, first)).toBe(saved);
});
