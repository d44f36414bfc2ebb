import { describe, expect, it } from 'vitest';
import type { ComparedTable } from '../../model/comparison.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { chance, difference, inPoints, level } from './effect-figures.ts';
import { toSurvivalOption } from './experiment.chart.ts';
import { forestGroups, placeOf, stratumName } from './forest-rows.ts';

const side = { n: 100, events: 10, value: 0.1 };
const effect = (low: number, high: number) => ({
  effect: (low + high) / 2,
  low,
  high,
  z: 1,
  p: 0.3,
  p_adjusted: 0.3,
  ratio: 1,
  ratio_low: 0.9,
  ratio_high: 1.1,
  treated: side,
  control: side,
});
const report = {
  metric: 'left',
  kind: 'share',
  arm: 'new',
  against: 'control',
  ...effect(-0.02, 0.01),
  strata: [
    { stratum: 'July', ...effect(-0.05, 0.01) },
    { stratum: 'August', ...effect(-0.01, 0.02) },
  ],
} as unknown as ComparedTable;

describe('a forest plot', () => {
  it('has all together first, then the strata, on one axis with 0 in the middle', () => {
    const [group] = forestGroups(report, 'all');
    expect(group!.rows.map(({ name, kind }) => [name, kind])).toEqual([
      ['all', 'whole'],
      ['July', 'part'],
      ['August', 'part'],
    ]);
    expect(group!.reach).toBeCloseTo(0.054, 6);
    expect([placeOf(0, 1), placeOf(-1, 1), placeOf(1, 1)]).toEqual([50, 0, 100]);
  });

  it('tells differences of shares in percentage points, with the true minus sign', () => {
    expect([
      difference(-0.024, true, 'zh'),
      difference(0.003, true, 'en'),
      difference(-0.00001, true, 'en'),
      difference(null, true, 'en'),
    ]).toEqual(['−2.40', '+0.30', '0.00', '–']);
    expect([level(0.071, true, 'en'), level(7.5, false, 'en'), level(null, true, 'en')]).toEqual(['7.10%', '7.50', '–']);
    expect([chance(0.2159), chance(5.46e-9), chance(null)]).toEqual(['0.216', '5.5e−9', '–']);
    expect([inPoints('number', 3), inPoints('rate', 0.1), inPoints('bare', 0.1)]).toEqual([false, true, true]);
  });
});

it('a survival curve draws each side with its band', () => {
  const points = [{ time: 'July', survival: 0.9, low: 0.8, high: 0.95, at_risk: 100 }];
  const view = { at_risk: 'counted', treated: points, control: points, log_rank: { chi2: 0, z: 0, p: 1 }, hazard_ratio: null } as const;
  const { series } = toSurvivalOption(view, { shade: 'light', names: ['new', 'control'], format: String }) as {
    series: readonly { name?: string }[];
  };
  expect(series.map(({ name }) => name).filter(Boolean)).toEqual(['new', 'control']);
  expect(series).toHaveLength(6);
});

it('strata that are codes of the vocabulary are told by their names, each part by itself', () => {
  const words = {
    segments: [{ code: 'young-high', names: { zh: '青年高值', en: 'Young, high value' } }],
    temperaments: [],
    usage_groups: [],
    regions: [{ code: '1301', level: 'city', parent: null, names: { zh: '甲市', en: 'Jia' } }],
  } as unknown as Vocabulary;
  expect(stratumName('young-high · 1301', words, 'en')).toBe('Young, high value · Jia');
  expect(stratumName('2011-07', words, 'zh')).toBe('2011-07');
  expect(stratumName('young-high', undefined, 'zh')).toBe('young-high');
});
