import { momentsOf, type Moments } from '../../maths/means.ts';
import type { MetricKind } from '../../model/comparison.ts';
import type { Share } from '../../maths/proportions.ts';
import type { Arms } from './find-arms.ts';
import type { NumberCells } from './trial-table.ts';

/** One arm within one stratum. */
export interface Cell {
  readonly n: number;
  readonly events: number;
  readonly moments: Moments;
}

/**
 * Frequency weights and events among n can look alike. Where each arm has one row in each stratum, weights would leave no spread to test
 * against, so whole numbers up to n are events: 1 among 1,000 is one event, not 1,000. Percentages and words such as yes say themselves
 * what they are.
 */
export function kindOf(numbers: NumberCells, counts: Float64Array | null, oneRowEach: boolean): MetricKind {
  const counted = counts !== null && oneRowEach && !numbers.percent && !numbers.said;
  if (numbers.binary && !counted) return 'share';
  if (counts === null) return numbers.percent || oneRowEach ? 'bare' : 'number';
  if (counted && everyValue(numbers.values, (value, i) => Number.isInteger(value) && value >= 0 && value <= (counts[i] ?? 0)))
    return 'events';
  if (numbers.percent || everyValue(numbers.values, (value) => value >= 0 && value <= 1)) return 'rate';
  return oneRowEach ? 'bare' : 'number';
}

function everyValue(values: Float64Array, holds: (value: number, i: number) => boolean): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i] as number) && !holds(values[i] as number, i)) return false;
  return true;
}

/** Each arm has at most one row in each stratum. */
export function hasOneRowEach(arms: Arms, strata: Int32Array): boolean {
  const seen = new Set<number>();
  for (let i = 0; i < strata.length; i++) {
    const code = arms.codes[i] as number;
    if (code < 0) continue;
    const key = (strata[i] as number) * arms.names.length + code;
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return true;
}

/** Rows of one arm and stratum added up. */
export function cellOf(kind: MetricKind, values: Float64Array, counts: Float64Array | null, rows: readonly number[]): Cell {
  if (kind === 'number' || kind === 'bare') {
    const moments = momentsOf(
      rows.map((i) => values[i] as number),
      counts === null ? undefined : rows.map((i) => counts[i] as number),
    );
    return { n: moments.n, events: 0, moments };
  }
  let [n, events] = [0, 0];
  for (const i of rows) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const count = counts?.[i] ?? 1;
    n += count;
    events += kind === 'events' ? value : kind === 'rate' ? Math.round(value * count) : value * count;
  }
  return { n, events, moments: momentsOfShare({ n, events }) };
}

/** A share as the mean of zeros and ones. */
export function momentsOfShare({ n, events }: Share): Moments {
  const mean = n === 0 ? 0 : events / n;
  return { n, mean, variance: n > 1 ? (mean * (1 - mean) * n) / (n - 1) : 0 };
}
