import type { ExperimentDraft } from '../../model/experiment.ts';

const isEmpty = (text: string): boolean => text.trim() === '';

/** What a draft must still say before it can be kept; null: nothing. */
export function draftWants({ name, strategy, arms, metrics }: ExperimentDraft): 'saveNeeds' | 'saveNeedsArm' | 'saveNeedsMetric' | null {
  if (isEmpty(name) || isEmpty(strategy)) return 'saveNeeds';
  if (arms.some((arm) => isEmpty(arm.name))) return 'saveNeedsArm';
  return metrics.some((metric) => isEmpty(metric.name)) ? 'saveNeedsMetric' : null;
}
