import { expect, test } from 'vitest';
import { type RuleSegment, ruleSegmentOf, TEMPERAMENT_IDS, TEMPERAMENTS } from './segment.ts';

const names = { zh: '群', en: 'Segment' };
const RULES: readonly RuleSegment[] = [
  { id: 'high', names, brands: ['商务'], tiers: ['金卡', '钻石'] },
  { id: 'business', names, brands: ['商务'], tiers: [] },
  { id: 'gold', names, brands: [], tiers: ['金卡'] },
];

test.each([
  ['商务', '钻石', 'high'],
  ['商务', '普通', 'business'],
  ['商务', null, 'business'],
  ['校园', '金卡', 'gold'],
  [null, '金卡', 'gold'],
  ['校园', '普通', null],
  [null, null, null],
])('a customer of %s and %s is in %s, the first that fits', (brand, valueTier, expected) => {
  expect(ruleSegmentOf(RULES, { brand, valueTier })).toBe(expected);
});

test('every temperament has one name in each language', () => {
  expect(TEMPERAMENTS.map((one) => one.id)).toEqual([...TEMPERAMENT_IDS]);
  expect(new Set(TEMPERAMENTS.flatMap((one) => [one.names.zh, one.names.en])).size).toBe(10);
});
