import { HOLD_OUT_RANGE, type PeakSettings } from '../../model/peaks.ts';
import type { Problem } from '../../model/problem.ts';

/** What the product ships with: every figure is an assumption until the house has counted it. */
export const FIRST_PEAKS: PeakSettings = {
  effect: { value: 0.25, low: 0.1, high: 0.4, experiment: null },
  hold_out: 0.08,
  values: { high: 600, usual: 200, low: 100 },
  comfort: { high: { each: 20, month: 4000 }, usual: { each: 5, month: 4000 }, low: { each: 2, month: 4000 } },
};

/** Everything that is wrong with settings, at once. */
export function peakProblems({ effect, hold_out }: PeakSettings): readonly Problem[] {
  const outside = (column: string, value: number, min: number, max: number): readonly Problem[] =>
    value >= min && value <= max ? [] : [{ code: 'value-out-of-range', column, params: { min, max } }];
  return [
    ...outside('hold_out', hold_out, HOLD_OUT_RANGE.min, HOLD_OUT_RANGE.max),
    ...outside('effect.low', effect.low, 0, effect.value),
    ...outside('effect.high', effect.high, effect.value, 1),
  ];
}
