import { describe, expect, test } from 'vitest';
import type { PairRow } from '../../model/pair-views.ts';
import { keyPairs, matrixOf, pairsStateIn, placeOf, tintOf } from './pairs-view.ts';
import { toRatioOption } from './ratio.chart.ts';

const row = (grievance: string, complaint: string, ratio: number, significant: boolean, segment: string | null = null): PairRow => ({
  grievance,
  complaint,
  segment,
  ratio,
  low: ratio * 0.9,
  high: ratio * 1.1,
  p: 0.01,
  q: significant ? 0.01 : 0.5,
  significant,
  shrunk: ratio,
  complaints: 10,
  expected: 10 / ratio,
  customers: 9,
  grievances: 100,
  excess_per_1000: 1,
  excess_low: 0,
  excess_high: 2,
  attributable: 0.1,
  reverse: null,
  misread_alone: 1,
});
const ROWS = [row('a', 'x', 2, true), row('b', 'x', 5, true), row('a', 'y', 0.4, true), row('c', 'z', 3, false)];

describe('the page of pairs', () => {
  test('reads its address, and falls back to a week, the rules and all customers', () => {
    expect(pairsStateIn(new URLSearchParams('window=30&scheme=usage&segment=s&pair=a~x&rows=all'))).toEqual({
      window: 30,
      scheme: 'usage',
      segment: 's',
      every: true,
      pair: { grievance: 'a', complaint: 'x' },
    });
    expect(pairsStateIn(new URLSearchParams('window=8&scheme=x&pair=a'))).toEqual({
      window: 7,
      scheme: 'rules',
      segment: '',
      every: false,
      pair: null,
    });
  });

  test('tells the strongest first, more and fewer apart, and only what is beyond chance', () => {
    const { more, fewer } = keyPairs(ROWS);
    expect(more.map(({ grievance }) => grievance)).toEqual(['b', 'a']);
    expect(fewer.map(({ complaint }) => complaint)).toEqual(['y']);
  });

  test('leaves rows and columns without a link out until asked', () => {
    expect(matrixOf(ROWS, false)).toMatchObject({ complaints: ['x', 'y'] });
    expect(matrixOf(ROWS, true).grievances).toContain('c');
    expect(matrixOf(ROWS, true).cell('b', 'x')?.ratio).toBe(5);
    expect(matrixOf(ROWS, true).cell('b', 'y')).toBeUndefined();
  });

  test('fills evenly on the log scale, and stays on the track', () => {
    expect(tintOf(2)).toBeCloseTo(-tintOf(0.5));
    expect([tintOf(100), tintOf(0)]).toEqual([1, -1]);
    expect([placeOf(1), placeOf(1000), placeOf(0)]).toEqual([50, 100, 0]);
  });

  test('draws what is too rare to say as a gap', () => {
    const rate = { ratio: 3, low: 2, high: 4.5, p: 0.001 };
    const words = { shade: 'light', ratio: 'ratio', figure: String, tooFew: 'too few' } as const;
    const option = toRatioOption(
      [
        { label: '−1', rate: null, aside: true },
        { label: '1', rate, aside: false },
      ],
      words,
    );
    const series = option['series'] as { data: unknown[] }[];
    expect(series[1]?.data).toEqual([
      ['1', 2],
      ['1', 4.5],
      ['1', null],
    ]);
    expect(series[2]?.data).toMatchObject([{ value: ['−1', null] }, { value: ['1', 3] }]);
  });
});
