import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvRecord, csvSplitter } from './csv-splitter.ts';

function split(text: string, delimiter = ',', rowChars = 10_000, pieces: readonly number[] = []): CsvRecord[] {
  const splitter = csvSplitter(delimiter, rowChars);
  const out: CsvRecord[] = [];
  let at = 0;
  for (const size of pieces) {
    out.push(...splitter.push(text.slice(at, at + size)));
    at += size;
  }
  out.push(...splitter.push(text.slice(at)), ...splitter.end());
  return out;
}

const cellsOf = (records: readonly CsvRecord[]): string[][] => records.map((record) => record.cells);

describe('a table that a writer wrote', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '好', '"', ',', ';', '\n', '\r\n', ' ', '\t', '0'), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });

  test('is read back cell by cell, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(9), { maxLength: 20 }),
        (rows, delimiter, br, pieces) => {
          const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter)).join(br);
          expect(cellsOf(split(text, delimiter, 10_000, pieces))).toEqual(rows);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('is read the same in one piece as in pieces of one character, even when it is broken', () => {
    const dirt = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', '=======\n'), maxLength: 60 });
    fc.assert(
      fc.property(dirt, (text) => {
        const whole = split(`x,y\n${text}`, ',', 40);
        const ones = split(`x,y\n${text}`, ',', 40, Array<number>(text.length + 4).fill(1));
        expect(ones).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });
});

test('blank lines are not records; a line of delimiters is', () => {
  expect(cellsOf(split('a,b\n\n  \r\n,\n1,2\n'))).toEqual([
    ['a', 'b'],
    ['', ''],
    ['1', '2'],
  ]);
});

test('line ends of all three kinds are read', () => {
  expect(cellsOf(split('a,b\r1,2\r3,4'))).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ]);
  expect(cellsOf(split('a,b\r\n1,"2"\r\n3,4\n'))).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ]);
});

test('a quote inside a cell closes nothing', () => {
  expect(cellsOf(split('1,"he said "hello" to me",x\n2,5" pipe,y'))).toEqual([
    ['1', 'he said "hello" to me', 'x'],
    ['2', '5" pipe', 'y'],
  ]);
});

test('a quote that never closes costs its own line and nothing else', () => {
  const records = split('1,"open\n2,b\n3,"c"\n4,d\n');
  expect(records.map((record) => record.problem)).toEqual(['quote-unclosed', null, null, null]);
  expect(cellsOf(records).slice(1)).toEqual([
    ['2', 'b'],
    ['3', 'c'],
    ['4', 'd'],
  ]);
});

test('conflict markers are records of their own, also between rows', () => {
  const records = split('<<<<<<< HEAD\na,b\n=======\n1,2\n>>>>>>> 0123abcd\n');
  expect(records.map((record) => record.problem)).toEqual(['conflict-marker', null, 'conflict-marker', null, 'conflict-marker']);
});

test('a line over the limit is one bad record and is never held whole', () => {
  const splitter = csvSplitter(',', 1_000);
  const records = splitter.push('a,b\n1,');
  for (let i = 0; i < 100; i++) records.push(...splitter.push('x'.repeat(500)));
  records.push(...splitter.push('\n2,y\n'), ...splitter.end());
  expect(records.map((record) => record.problem)).toEqual([null, 'row-too-large', null]);
  expect(records[1]?.cells[0]?.length).toBeLessThanOrEqual(200);
});

test('many open quotes stay linear', () => {
  const started = performance.now();
  const records = split('a,"b\n'.repeat(50_000), ',', 1_048_576);
  expect(records).toHaveLength(50_000);
  expect(performance.now() - started).toBeLessThan(3_000);
});
