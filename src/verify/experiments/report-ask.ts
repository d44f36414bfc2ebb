import type { ExperimentDraft, ExperimentMetric } from '../../model/experiment.ts';
import type { CompareAsk } from '../compare/compare-ask.ts';

/** What is known of a customer at the assignment, as columns of the report's table. */
export const TRAITS = ['brand', 'value_tier', 'age_band', 'city', 'tenure_months'] as const;
export const PAST = ['complaints_before', 'grievances_before'] as const;
export const ARM = 'arm';

export const columnOfMetric = ({ name }: ExperimentMetric): string => name.trim();
export const BEFORE = 'before';

/** Names that a metric may not have, for its column would be mistaken for another. */
export const RESERVED: readonly string[] = [ARM, BEFORE, ...TRAITS, ...PAST];

/** Imported outcomes have no past; all others are the product's own and do. */
export const hasPast = ({ source }: ExperimentMetric): boolean => source !== 'outcome';

/** What a report goes by. */
export type Registered = Pick<ExperimentDraft, 'arms' | 'metrics' | 'strata'>;

/**
 * The report is a comparison like any other, of a table that holds one row per customer assigned. A metric that nobody has a value of yet
 * waits; null: none has. `peeked`: it looks before the planned end, maybe not for the first time.
 */
export function reportAsk(
  { arms, metrics: registered, strata }: Registered,
  present: readonly string[],
  peeked: boolean,
): CompareAsk | null {
  const metrics = registered.filter((metric) => present.includes(columnOfMetric(metric)));
  const traits = [...TRAITS, ...PAST].filter((name) => present.includes(name));
  const [main] = metrics;
  if (main === undefined) return null;
  return {
    arm: ARM,
    control: arms[0]?.name.trim() ?? '',
    metrics: metrics.map((metric) => ({ column: columnOfMetric(metric), direction: metric.direction })),
    strata: strata.filter((field) => present.includes(field)),
    balance: traits.filter((name) => !(strata as readonly string[]).includes(name)),
    expected: Object.fromEntries(arms.map(({ name, share }) => [name.trim(), share])),
    features: traits,
    seed: 1,
    peeked,
    ...(main === registered[0] && hasPast(main) && present.includes(BEFORE) ? { before: BEFORE } : {}),
  };
}
