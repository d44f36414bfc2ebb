import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arranged, type Column, fittingWidth, moved, sortedBy, visible, widthOf, withColumn } from './table-columns.ts';
import { tsvOf } from './tsv.ts';

type Row = Readonly<Record<string, string | number | null>>;
const column = (name: string, more: Partial<Column<Row>> = {}): Column<Row> => ({
  name,
  title: name.toUpperCase(),
  width: 100,
  show: (row) => row[name],
  text: (row) => row[name] ?? null,
  ...more,
});
const COLUMNS = ['a', 'b', 'c', 'd'].map((name) => column(name));
const names = (columns: readonly Column<Row>[]): string => columns.map((one) => one.name).join('');

describe('columns of a table', () => {
  it('stand as the member placed them, and a new one beside its neighbour', () => {
    expect(names(arranged(COLUMNS, undefined))).toBe('abcd');
    expect(names(arranged(COLUMNS, { columns: [{ name: 'd' }, { name: 'a' }, { name: 'gone' }] }))).toBe('dabc');
    expect(names(arranged(COLUMNS, { columns: [{ name: 'b' }] }))).toBe('abcd');
  });

  it('are never lost or doubled, whatever was moved, hidden and widened', () => {
    const step = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'x'), by: fc.integer({ min: -5, max: 5 }), hidden: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const look = steps.reduce<ReturnType<typeof moved> | undefined>(
          (old, { name, by, hidden }) => withColumn(COLUMNS, moved(COLUMNS, old, name, by), name, { hidden }),
          undefined,
        );
        expect([...names(arranged(COLUMNS, look))].toSorted().join('')).toBe('abcd');
        expect(visible(COLUMNS, look).length).toBeGreaterThan(0);
      }),
    );
  });

  it('keep their width beside other changes', () => {
    const look = moved(COLUMNS, withColumn(COLUMNS, undefined, 'b', { width: 240 }), 'b', 2);
    expect([names(arranged(COLUMNS, look)), widthOf(COLUMNS[1]!, look), widthOf(COLUMNS[0]!, look)]).toEqual(['acdb', 240, 100]);
    expect([fittingWidth(3), fittingWidth(99_999), fittingWidth(180.4)]).toEqual([56, 1200, 180]);
  });

  it('sort numbers as numbers, Chinese by its sound, and what is missing last', () => {
    const rows = [
      { a: 10, b: '重庆' },
      { a: null, b: '北京' },
      { a: 9, b: '安徽' },
    ];
    expect(sortedBy(rows, COLUMNS[0]!, false).map((row) => row['a'])).toEqual([9, 10, null]);
    expect(sortedBy(rows, COLUMNS[0]!, true).map((row) => row['a'])).toEqual([10, 9, null]);
    const times = [{ a: '2026-03-10T02:00:00.000Z' }, { a: '2026-03-10T09:00:00+08:00' }];
    expect(sortedBy(times, column('a', { format: 'time' }), false)).toEqual(times.toReversed());
    expect(sortedBy(rows, COLUMNS[1]!, false).map((row) => row['b'])).toEqual(['安徽', '北京', '重庆']);
  });
});

describe('rows for the clipboard', () => {
  it('carry titles with units, quote what would break the grid, and hold no formula', () => {
    const rows = [
      { a: '一\t二', b: -3 },
      { a: '=1+1', b: null },
      { a: '他说"好"', b: 0.5 },
    ];
    expect(tsvOf([column('a'), column('b', { unit: '条', number: true })], rows)).toBe(
      'A\tB (条)\n"一\t二"\t-3\n\'=1+1\t\n"他说""好"""\t0.5',
    );
  });

  it('carry times on the product’s clock and shares as percentages, as the screen shows them', () => {
    const columns = [
      column('at', { format: 'time' }),
      column('share', { format: 'share', number: true }),
      column('rate', { format: 'decimal' }),
    ];
    const rows = [
      { at: '2026-03-10T23:30:00.000Z', share: 0.0838, rate: 1.2345 },
      { at: null, share: -0.5, rate: 2 },
    ];
    expect(tsvOf(columns, rows)).toBe('AT\tSHARE\tRATE\n2026-03-11 07:30:00\t8.4%\t1.23\n\t-50%\t2.00');
  });
});
