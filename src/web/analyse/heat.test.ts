import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/question.ts';
import { heatOf, heatShade, heatValue, mostOf, sumOf } from './heat.ts';

const rows = [
  { stage: 'usage', category_1: 'fixed', voices: 100, complaints: 20 },
  { stage: 'usage', category_1: 'mobile', voices: 10, complaints: 9 },
  { stage: 'billing', category_1: 'fixed', voices: 50, complaints: 25 },
  { stage: null, category_1: null, voices: 7, complaints: 0 },
];
const answer: Answer = { columns: [], rows, total_rows: rows.length, as_of: '', labels: {} };
const table = heatOf(answer, ['stage', 'category_1'], { stage: ['billing', 'usage'] });

describe('a table of heat', () => {
  it('keeps the order of the trade, then the larger first, and what is unknown last', () => {
    expect(table.rows).toEqual(['billing', 'usage', null]);
    expect(table.columns).toEqual(['fixed', 'mobile', null]);
  });

  it('adds up to the whole along rows and along columns', () => {
    const along = (sums: readonly { voices: number }[]): number => sums.reduce((all, sum) => all + sum.voices, 0);
    expect(along(table.rows.map((row) => sumOf(table.columns.map((column) => table.cell(row, column)))))).toBe(167);
    expect(along(table.columns.map((column) => sumOf(table.rows.map((row) => table.cell(row, column)))))).toBe(167);
  });

  it('makes the share of a row of its sums, never a mean of shares', () => {
    const usage = sumOf(table.columns.map((column) => table.cell('usage', column)));
    expect(heatValue(usage, 'complaint_share')).toBeCloseTo(29 / 110);
    expect(heatValue({ voices: 0, complaints: 0 }, 'complaint_share')).toBeNull();
  });

  it('shades no share of a handful, however large', () => {
    const cells = rows.map(({ voices, complaints }) => ({ voices, complaints }));
    expect(mostOf(cells, 'complaint_share')).toBe(0.5);
    expect(heatShade({ voices: 10, complaints: 9 }, 'complaint_share', 0.5)).toBe(0);
    expect(heatShade({ voices: 100, complaints: 20 }, 'voices', 100)).toBe(1);
  });
});
