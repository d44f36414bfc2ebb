import type { ComparedTable, MetricResult } from '../../model/comparison.ts';
import type { PeakEffect } from '../../model/peaks.ts';

/**
 * The share of complaints that a way of handling prevents: 1 − ratio of shares, of a main metric that says whether customers complained.
 * null: another metric, no ratio, or groups that were not alike.
 */
export function preventedBy(report: ComparedTable | null): Omit<PeakEffect, 'experiment'> | null {
  if (report === null || !report.srm.ok || report.verdict === 'not_comparable') return null;
  const main: MetricResult = report;
  const { ratio, ratio_low, ratio_high } = main;
  if (main.direction !== 'down' || main.kind !== 'share' || ratio === null || ratio_low === null || ratio_high === null) return null;
  const inside = (value: number): number => Math.min(1, Math.max(0, value));
  return { value: inside(1 - ratio), low: inside(1 - ratio_high), high: inside(1 - ratio_low) };
}
