import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERIODS } from '../kit/periods.ts';
import { addressOfView, nextOrder, questionOf, viewIn } from './explorer-view.ts';
import type { ExplorerView } from './explorer-view.ts';

const now = new Date(2026, 2, 1, 9);
const view: ExplorerView = { measures: ['voices'], by: ['city'], filters: [], period: '7d', compare: 'previous', order: null, limit: 100 };

describe('the explorer view', () => {
  it('survives its own address', () => {
    const name = fc.constantFrom('voices', 'complaints', 'city', 'day', 'attr:Zip code');
    const views = fc.record({
      measures: fc.array(name),
      by: fc.array(name),
      filters: fc.constant([{ field: 'city', in: ['a,b', null] }, { text: '光改' }]),
      period: fc.constantFrom(...PERIODS),
      compare: fc.constantFrom(null, 'previous' as const, 'same-weekday' as const),
      order: fc.option(fc.record({ by: name, descending: fc.boolean() })),
      limit: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(views, (v) => {
        expect(viewIn(new URLSearchParams(addressOfView(v).toString()))).toEqual(v);
      }),
    );
  });

  it('asks for the largest first, and for times in their order', () => {
    expect(questionOf(view, now).order).toEqual([{ by: 'voices', descending: true }]);
    expect(questionOf({ ...view, by: ['city', 'day'] }, now).order).toEqual([{ by: 'day', descending: false }]);
  });

  it('compares only when it has a period, and forgets a sort of a column that left', () => {
    expect(questionOf(view, now).compare).toBe('previous');
    const wide = questionOf({ ...view, period: 'all', order: { by: 'complaints', descending: true } }, now);
    expect(wide.compare).toBeUndefined();
    expect(wide.order).toEqual([{ by: 'voices', descending: true }]);
  });

  it('turns a header from largest to smallest to usual', () => {
    const first = nextOrder(null, 'voices');
    const second = nextOrder(first, 'voices');
    expect([first, second, nextOrder(second, 'voices')]).toEqual([
      { by: 'voices', descending: true },
      { by: 'voices', descending: false },
      null,
    ]);
  });
});
