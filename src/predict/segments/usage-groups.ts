import type { FeatureTable } from '../../maths/features.ts';
import type { UsageGroupId } from '../../model/segment.ts';
import { numbersOf } from './feature-columns.ts';

/** Medians of those who use it at all: what divides much from little. */
export interface UsageBounds {
  readonly bill: number;
  readonly megabytes: number;
  readonly minutes: number;
}

/** Share of own voices through app, web, messages and the like from which a customer serves themselves. */
export const SELF_SERVICE = 0.5;

export function usageBounds(table: FeatureTable): UsageBounds {
  return {
    bill: medianOf(numbersOf(table, 'bill')),
    megabytes: medianOf(numbersOf(table, 'megabytes')),
    minutes: medianOf(numbersOf(table, 'minutes')),
  };
}

function medianOf(values: Float64Array): number {
  const known = values.filter((value) => value > 0).toSorted();
  const [low, high] = [known[(known.length - 1) >> 1] ?? Number.NaN, known[known.length >> 1] ?? Number.NaN];
  return (low + high) / 2;
}

/**
 * The study's four groups by rule, the first that fits: self-service (at least half of at least two voices through online channels, and
 * data or bill above the median), heavy data (data and bill above the median), talkers (minutes and bill above the median), traditional
 * (the rest). null: no usage is known.
 */
export function usageGroups(table: FeatureTable, bounds: UsageBounds): (row: number) => UsageGroupId | null {
  const [bill, megabytes, minutes] = [numbersOf(table, 'bill'), numbersOf(table, 'megabytes'), numbersOf(table, 'minutes')];
  const [online, voices] = [numbersOf(table, 'online'), numbersOf(table, 'voices')];
  return (row) => {
    if (Number.isNaN(bill[row])) return null;
    const isHeavy = (megabytes[row] as number) > bounds.megabytes;
    const spendsMuch = (bill[row] as number) > bounds.bill;
    const servesSelf = (voices[row] as number) >= 2 && (online[row] as number) / (voices[row] as number) >= SELF_SERVICE;
    if (servesSelf && (isHeavy || spendsMuch)) return 'self-service';
    if (isHeavy && spendsMuch) return 'data';
    if ((minutes[row] as number) > bounds.minutes && spendsMuch) return 'talkers';
    return 'traditional';
  };
}
