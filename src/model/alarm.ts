import type { AlarmId, Instant, RuleId } from './ids.ts';
import type { Names } from './question.ts';

export const SEVERITIES = ['notice', 'serious', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule, an alarm or an order is about: a community, a plan, a hall. */
export interface Entity {
  readonly dimension: string;
  readonly value: string;
}
export interface NamedEntity extends Entity {
  readonly names: Names;
}

/** Count of voices per entity in a window of event time ≥ threshold. */
export interface WarningRule {
  readonly id: RuleId;
  readonly version: number;
  readonly names: Names;
  readonly dimension: string;
  readonly where: readonly { readonly field: string; readonly in: readonly string[] }[];
  readonly windowMinutes: number;
  readonly threshold: number;
  readonly holdMinutes: number;
  readonly department: string;
  readonly severity: Severity;
  readonly recipients: readonly string[];
  readonly enabled: boolean;
}

/** A rule as people write it. */
export interface RuleDraft extends Omit<WarningRule, 'id' | 'version'> {
  readonly id?: string | undefined;
}

export const ALARM_STATES = ['pending', 'firing', 'acknowledged', 'resolved'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

export interface Alarm {
  readonly id: AlarmId;
  readonly rule: RuleId;
  readonly ruleVersion: number;
  readonly entity: Entity;
  readonly state: AlarmState;
  /** said_at at which the count first reached the threshold. */
  readonly beganAt: Instant;
  readonly firedAt: Instant | null;
  /** Event time at which the count fell below the threshold; null while it has not. */
  readonly resolvedAt: Instant | null;
  readonly voices: number;
  readonly historical: boolean;
  readonly version: number;
}
