import type { Names } from './question.ts';

/** A segment by rule 规则客群: brand × value. The pack lists them, and the first that fits a customer is theirs. */
export interface RuleSegment {
  readonly id: string;
  readonly names: Names;
  /** Empty: any brand, and customers of no known brand. */
  readonly brands: readonly string[];
  /** Values 价值等级; empty: any. */
  readonly tiers: readonly string[];
}

export interface BrandAndTier {
  readonly brand: string | null;
  readonly valueTier: string | null;
}

/** The id of the first rule that fits, null where none does: a customer of unknown brand or value is in no segment that asks for it. */
export function ruleSegmentOf(rules: readonly RuleSegment[], customer: BrandAndTier): string | null {
  return rules.find((rule) => fits(rule.brands, customer.brand) && fits(rule.tiers, customer.valueTier))?.id ?? null;
}

const fits = (wanted: readonly string[], value: string | null): boolean =>
  wanted.length === 0 || (value !== null && wanted.includes(value));

/** How a customer deals with us 性格类型, judged from what they do. */
export const TEMPERAMENT_IDS = ['impatient', 'price-sensitive', 'cooperative', 'assertive', 'tolerant'] as const;
export type TemperamentId = (typeof TEMPERAMENT_IDS)[number];

export const TEMPERAMENTS: readonly { readonly id: TemperamentId; readonly names: Names }[] = [
  { id: 'impatient', names: { zh: '耐心有限型', en: 'Impatient' } },
  { id: 'price-sensitive', names: { zh: '资费敏感型', en: 'Price-sensitive' } },
  { id: 'cooperative', names: { zh: '合作现实型', en: 'Cooperative' } },
  { id: 'assertive', names: { zh: '理智强势型', en: 'Assertive' } },
  { id: 'tolerant', names: { zh: '宽容有限型', en: 'Tolerant within limits' } },
];

/** How a customer uses us 使用行为群: by monthly usage and the channels they come through. */
export const USAGE_GROUP_IDS = ['traditional', 'talkers', 'data', 'self-service'] as const;
export type UsageGroupId = (typeof USAGE_GROUP_IDS)[number];

export const USAGE_GROUPS: readonly { readonly id: UsageGroupId; readonly names: Names }[] = [
  { id: 'traditional', names: { zh: '传统消费组', en: 'Traditional' } },
  { id: 'talkers', names: { zh: '商务通话组', en: 'Talkers' } },
  { id: 'data', names: { zh: '高流量组', en: 'Heavy data' } },
  { id: 'self-service', names: { zh: '自助办理组', en: 'Self-service' } },
];

/**
 * Whom a line of handling may be about: a segment by rule, a temperament or a usage group. Clusters are left out: what they mean follows
 * the data of a month.
 */
export const segmentsOfLines = (rules: readonly Pick<RuleSegment, 'id'>[]): readonly string[] => [
  ...rules.map(({ id }) => id),
  ...TEMPERAMENT_IDS,
  ...USAGE_GROUP_IDS,
];

/** The dimension whose values say what such a segment is called. */
export function dimensionOfSegment(id: string): 'segment' | 'temperament' | 'usage_group' {
  if ((TEMPERAMENT_IDS as readonly string[]).includes(id)) return 'temperament';
  return (USAGE_GROUP_IDS as readonly string[]).includes(id) ? 'usage_group' : 'segment';
}
