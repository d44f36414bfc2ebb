import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Because } from '../../model/reading.ts';
import { piecesOf } from './highlight.ts';

const span = (from: number, before: number, weight = 1): Because => ({ from, before, kind: 'term', for: 'fixed', weight });

describe('highlighted text', () => {
  it('loses no character, whatever the spans', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: -5, max: 30 })).map(([a, b]) => span(a, b)));
    fc.assert(
      fc.property(fc.string({ maxLength: 25 }), spans, (text, because) => {
        expect(
          piecesOf(text, because)
            .map((p) => p.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('shows overlapping reasons, the heaviest first', () => {
    const pieces = piecesOf('宽带断线了', [span(0, 4, 0.4), span(2, 5, 0.9)]);
    expect(pieces.map((p) => [p.text, p.because.map((b) => b.weight)])).toEqual([
      ['宽带', [0.4]],
      ['断线', [0.9, 0.4]],
      ['了', [0.9]],
    ]);
  });
});
