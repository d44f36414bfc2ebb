import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { featureTable, numberColumn } from '../features.ts';
import { binners, binRows } from './bin-rows.ts';
import { columnCuts, numberCuts } from './column-cuts.ts';

const anyNumber = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -5, max: 5 }));

describe('the cuts of a column', () => {
  test('give every value a bin of its own when there are enough', () => {
    expect([...numberCuts(Float64Array.of(1, 1, 2, 4), 4)]).toEqual([1.5, 3]);
  });

  test('give about equal shares otherwise', () => {
    const cuts = numberCuts(
      Float64Array.from({ length: 1000 }, (_, i) => i),
      10,
    );
    expect([...cuts]).toEqual([99.5, 199.5, 299.5, 399.5, 499.5, 599.5, 699.5, 799.5, 899.5]);
  });

  test('part a frequent value from those beside it', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 20 ? -i : i < 900 ? 0 : i)).sort();
    const cuts = numberCuts(values, 10);
    expect(cuts.some((cut) => cut < 0 && cut >= -1)).toBe(true);
    expect(cuts.some((cut) => cut >= 0 && cut < 900)).toBe(true);
  });

  test('ascend, are finite and at most one fewer than bins, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { maxLength: 80 }), fc.integer({ min: 2, max: 20 }), (values, bins) => {
        const cuts = [...numberCuts(Float64Array.from(values).sort(), bins)];
        expect(cuts.length).toBeLessThan(bins);
        expect(cuts.every((cut, i) => Number.isFinite(cut) && (i === 0 || cut > (cuts[i - 1] as number)))).toBe(true);
      }),
    );
  });
});

describe('the bins of rows', () => {
  test('are 0 for gaps and else one more than the number of cuts below the value, by cells or one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.option(anyNumber), { minLength: 1, maxLength: 60 }), fc.integer({ min: 2, max: 30 }), (some, bins) => {
        const values = Array.from({ length: 300 }, (_, i) => some[i % some.length] ?? null);
        const table = featureTable([numberColumn('x', values)]);
        const rows = Uint32Array.from(values, (_, i) => i);
        const columns = columnCuts(table, rows, bins);
        const cuts = columns[0]?.kind === 'number' ? [...columns[0].cuts] : [];
        const [many, alone] = [new Uint8Array(300), new Uint8Array(1)];
        binRows(binners(columns, table), rows, 0, 300, many);
        expect([...many]).toEqual(values.map((value) => (value === null ? 0 : 1 + cuts.filter((cut) => cut < value).length)));
        binRows(binners(columns, table), rows, 7, 8, alone);
        expect(alone[0]).toBe(many[7]);
      }),
    );
  });
});
