import { describe, expect, test } from 'vitest';
import { codedFilters, nearest, problemsOfUnknown } from './unknown-values.ts';

const coded = (code: string, zh: string, en: string) => ({ code, names: { zh, en } });
const KINDS = [coded('complaint', '投诉', 'Complaint'), coded('grievance', '抱怨', 'Grievance'), coded('fault', '报障', 'Fault report')];
const PLACES = [coded('890101', '历上区', 'Lishang'), coded('890102', '历下区', 'Lixia'), coded('890201', '江北区', 'Jiangbei')];

describe('a value that nobody knows', () => {
  test.each([
    ['complaints', KINDS, 'complaint'],
    ['投诉', KINDS, 'complaint'],
    ['faults', KINDS, 'fault'],
    ['Lixia', PLACES, '890102'],
    ['历下', PLACES, '890102'],
    ['89010', PLACES, '890101'],
  ])('%s is answered with what was most likely meant', (value, known, code) => {
    expect(nearest(value, known)[0]?.code).toBe(code);
  });

  test('has no neighbours where nothing is alike', () => {
    expect(nearest('zzzzzz', KINDS)).toEqual([]);
  });

  test('is a problem with its place, and only of dimensions whose values are codes', () => {
    const filters = codedFilters([{ field: 'status', in: ['x'] }, { field: 'kind', in: ['complaints', null] }, { text: 'x' }]);
    expect(filters).toMatchObject([{ at: 1, values: ['complaints'] }]);
    expect(filters.flatMap((filter) => problemsOfUnknown(filter, ['complaints'], KINDS))).toEqual([
      {
        code: 'value-unknown',
        column: 'where[1].in',
        params: { name: 'kind', value: 'complaints', near: 'complaint (投诉, Complaint)' },
      },
    ]);
  });

  test('spoils no filter of places that also names one the viewer knows', () => {
    const [filter] = codedFilters([{ field: 'district', in: ['890102', '770101'] }]);
    expect(filter === undefined ? null : problemsOfUnknown(filter, ['770101'], PLACES)).toEqual([]);
  });

  test('is never “unmapped”, which stands for no category', () => {
    expect(codedFilters([{ field: 'category', in: ['unmapped', null] }])).toEqual([]);
  });
});
