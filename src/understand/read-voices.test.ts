import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSpans } from './read-voices.job.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1e9 }))
  .map(([from, length]) => ({ from, to: from + length }));

describe('spans of voices to read', () => {
  it('are folded without losing an id', () =>
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
        const folded = foldSpans(spans);
        expect(folded.length).toBeLessThanOrEqual(spans.length);
        for (const { from, to } of spans) expect(folded.some((one) => one.from <= from && one.to >= to)).toBe(true);
      }),
    ));

  it('stay apart when long times lie between', () => {
    const spans = [
      { from: 5e11, to: 6e11 },
      { from: 0, to: 10 },
    ];
    expect(foldSpans(spans)).toEqual([spans[1], spans[0]]);
  });
});
