import { describe, expect, it } from 'vitest';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { labelsOf, valuesOf } from './vocabulary.ts';

const NONE = [] as const;
const WORDS: Vocabulary = {
  measures: NONE,
  dimensions: NONE,
  categories: NONE,
  departments: NONE,
  stages: NONE,
  businesses: NONE,
  supports: NONE,
  bearers: NONE,
  products: NONE,
  kinds: NONE,
  channels: NONE,
  feelings: NONE,
  segments: NONE,
  temperaments: NONE,
  clusters: NONE,
  usage_groups: NONE,
  actions: NONE,
  sources: NONE,
  regions: [{ code: '0101', parent: null, level: 'city', names: { zh: '甲市', en: 'Jia' } }],
  units: [{ code: 'u1', parent: null, names: { zh: '甲营业厅', en: 'Jia hall' } }],
  attributes: NONE,
};
const SAY = { unmapped: 'unmapped', none: '(none)', field: new Map<string, string>() };

describe('labels', () => {
  it('names places and units in the language of the reader', () => {
    expect(labelsOf(WORDS, 'en', SAY).value('city', '0101')).toBe('Jia');
    expect(labelsOf(WORDS, 'zh', SAY).value('city', '0101')).toBe('甲市');
    expect(labelsOf(WORDS, 'en', SAY).value('unit', 'u1')).toBe('Jia hall');
  });

  it('tells categories by their depth, and takes the first of two with one code', () => {
    const named = (code: string, zh: string): Vocabulary['categories'][number] => ({
      code,
      names: { zh, en: zh },
      stage: null,
      cell: null,
      parent: null,
    });
    const words = { ...WORDS, categories: [named('a', '甲'), named('a/b', '乙'), named('a/b', '丙')] };
    expect(valuesOf(words, 'category_1')?.map(({ code }) => code)).toEqual(['a']);
    expect(labelsOf(words, 'zh', SAY).value('category_2', 'a/b')).toBe('乙');
    expect(labelsOf(words, 'zh', SAY).value('category_2', 'a')).toBe('a');
    expect(valuesOf(words, 'plan')).toBeNull();
  });

  it('shows no code while the names are on their way, and the code where there is no name', () => {
    expect(labelsOf(undefined, 'en', { ...SAY, coming: true }).value('city', '0101')).toBe('…');
    expect(labelsOf(undefined, 'en', { ...SAY, coming: true }).value('month', '2026-03-01')).toBe('2026-03');
    expect(labelsOf(undefined, 'en', SAY).value('city', '0101')).toBe('0101');
  });
});
