import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOfObject, growingColumns, parsedJson } from './json-cells.ts';
import { type JsonElement, jsonSplitter, ndjsonSplitter } from './json-splitter.ts';

function split(text: string, pieces: readonly number[] = [], limit = 10_000, make = jsonSplitter): JsonElement[] {
  const splitter = make(limit);
  const out: JsonElement[] = [];
  let at = 0;
  for (const size of pieces) {
    out.push(...splitter.push(text.slice(at, at + size)));
    at += size;
  }
  return [...out, ...splitter.push(text.slice(at)), ...splitter.end()];
}

const parsed = (elements: readonly JsonElement[]): unknown[] => elements.map(({ text }) => JSON.parse(text) as unknown);

test('an array of anything is split into its elements, whatever pieces it comes in', () => {
  const values = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 });
  fc.assert(
    fc.property(values, fc.boolean(), fc.array(fc.nat(5), { maxLength: 60 }), (array, pretty, pieces) => {
      const text = JSON.stringify(array, null, pretty ? 2 : 0);
      expect(parsed(split(text, pieces))).toEqual(JSON.parse(text));
      const wrapped = JSON.stringify({ total: 3, note: 'a [b] {c}', rows: array, next: ['x'] }, null, pretty ? 2 : 0);
      expect(parsed(split(wrapped, pieces))).toEqual(JSON.parse(text));
    }),
    { numRuns: 300 },
  );
});

test('objects one after the other are elements, and one object without an array is itself', () => {
  expect(parsed(split('{\n"a": 1\n}\n{\n"a": {"b": 2}\n}\n'))).toEqual([{ a: 1 }, { a: { b: 2 } }]);
});

test('a file that breaks off keeps its last, broken element as one', () => {
  expect(split('[{"a":1},{"a":').map(({ text }) => text)).toEqual(['{"a":1}', '{"a":']);
});

test('an element over the limit is told and forgotten; the next one is read', () => {
  const text = `[{"a":"${'x'.repeat(5_000)}"},{"a":2}]`;
  const found = split(text, Array<number>(200).fill(40), 500);
  expect(found.map(({ tooLarge }) => tooLarge)).toEqual([true, false]);
  const lines = split(`{"a":"${'x'.repeat(5_000)}"}\n{"a":2}\n`, Array<number>(200).fill(40), 500, ndjsonSplitter);
  expect(lines.map(({ tooLarge }) => tooLarge)).toEqual([true, false]);
});

describe('an object becomes cells', () => {
  test('nested objects under dotted titles, arrays as JSON, new keys as new columns', () => {
    const columns = growingColumns();
    expect(cellsOfObject(parsedJson('{"id":7,"who":{"phone":"0531"},"tags":["a"]}'), columns, 10)).toEqual(['7', '0531', '["a"]']);
    expect(cellsOfObject(parsedJson('{"text":"hi","id":8,"none":null}'), columns, 10)).toEqual(['8', null, null, 'hi']);
    expect(columns.titles).toEqual(['id', 'who.phone', 'tags', 'text', 'none']);
  });

  test('no digit of a long number is lost', () => {
    const cells = cellsOfObject(parsedJson('{"id":123456789012345678901,"price":1.5e2,"n":[12345678901234567890]}'), growingColumns(), 10);
    expect(cells).toEqual(['123456789012345678901', '150', '["12345678901234567890"]']);
  });

  test('a key that would be a prototype is an ordinary column', () => {
    const columns = growingColumns();
    cellsOfObject(JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":"c"}'), columns, 10);
    expect(columns.titles).toEqual(['column proto.polluted', 'column constructor']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
