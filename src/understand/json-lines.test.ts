import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOfJson } from './json-lines.ts';

test('every value has the line on which it begins', () => {
  const lines = linesOfJson('{\n "a": [1,\n  {"b c": "x, \\"y\\" {"},\n  null],\n "d": true\n}');
  expect([...lines]).toEqual([
    ['a', 2],
    ['a.0', 2],
    ['a.1', 3],
    ['a.1.b c', 3],
    ['a.2', 4],
    ['d', 5],
  ]);
});

/** Paths of all values, found the slow way. */
function pathsOf(value: unknown, path: string): readonly string[] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const own = path === '' ? [] : [path];
  return [...own, ...below.flatMap(([key, each]) => pathsOf(each, path === '' ? key : `${path}.${key}`))];
}

test('whatever JSON writes, its values are found, a line each when it is indented', () => {
  const key = fc.stringMatching(/^[a-z]{1,3}$/);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(key, fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(tie('tree'), { maxLength: 3 }), tie('tree'))),
  }));
  fc.assert(
    fc.property(tree, fc.constantFrom(0, 1, 2), (value, indent) => {
      expect([...linesOfJson(JSON.stringify(value, null, indent)).keys()].toSorted()).toEqual([...pathsOf(value, '')].toSorted());
    }),
  );
});
