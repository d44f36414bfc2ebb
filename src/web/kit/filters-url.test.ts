import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../model/question.ts';
import { filtersIn, narrowed, putFilters } from './filters-url.ts';

const throughAddress = (filters: readonly Filter[]) => {
  const params = new URLSearchParams();
  putFilters(params, filters);
  return filtersIn(new URLSearchParams(params.toString()));
};
const word = fc.string({ minLength: 1, unit: 'grapheme' }).filter((s) => s.isWellFormed());

describe('filters in the address', () => {
  it('come back as they went, whatever the values hold', () => {
    const lists = fc.record({ field: word, in: fc.array(fc.oneof(word, fc.constant(null)), { minLength: 1, maxLength: 4 }) });
    const ranges = fc.record({ field: word, from: word, before: word });
    const texts = fc.record({ text: word.filter((s) => s.trim() !== '') });
    const all = fc.tuple(fc.array(lists), fc.array(ranges), fc.array(texts)).map((parts) => parts.flat());
    fc.assert(
      fc.property(all, (filters) => {
        expect(throughAddress(filters)).toEqual(filters);
      }),
      { numRuns: 200 },
    );
  });

  it('keep a half-open range open', () => {
    expect(throughAddress([{ field: 'said_at', from: '2026-01-01' }])).toEqual([{ field: 'said_at', from: '2026-01-01' }]);
  });

  it('show one time range where several lie within each other', () => {
    const month = { field: 'said_at', from: '2026-10-24', before: '2026-11-23' };
    const hour = { field: 'said_at', from: '2026-10-24T08:00', before: '2026-10-24T09:00' };
    expect(narrowed([month, { text: '光改' }, hour])).toEqual([
      { field: 'said_at', from: '2026-10-24T08:00', before: '2026-10-24T09:00' },
      { text: '光改' },
    ]);
    const instant = { field: 'said_at', from: '2026-10-24T00:00:00.000Z' };
    expect(narrowed([month, instant])).toEqual([month, instant]);
  });

  it('drop what nobody can read instead of failing', () => {
    expect(filtersIn(new URLSearchParams('f=&f=city&r=said_at:..&q=%20'))).toEqual([]);
  });
});
