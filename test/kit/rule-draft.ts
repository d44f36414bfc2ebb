import type { RuleDraft } from '../../src/model/alarm.ts';

/** A rule that three voices within an hour fire, told to nobody but the department. */
export const ruleDraft = (given: Pick<RuleDraft, 'names' | 'dimension'> & Partial<RuleDraft>): RuleDraft => ({
  where: [],
  windowMinutes: 60,
  threshold: 3,
  holdMinutes: 0,
  department: 'network',
  severity: 'notice',
  recipients: [],
  enabled: true,
  ...given,
});
