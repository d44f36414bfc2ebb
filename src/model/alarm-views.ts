import type { AlarmState, NamedEntity, Severity, WarningRule } from './alarm.ts';
import type { Filter, Names } from './question.ts';
import type { OrderState } from './work-order.ts';

/** An alarm as it is listed. Its `where` opens exactly its `voices`. */
export interface AlarmRow {
  readonly id: string;
  readonly rule: {
    readonly id: string;
    readonly names: Names;
    readonly severity: Severity;
    readonly department: string;
    readonly window_minutes: number;
    readonly threshold: number;
  };
  readonly entity: NamedEntity;
  readonly state: AlarmState;
  readonly began_at: string;
  readonly fired_at: string | null;
  readonly resolved_at: string | null;
  readonly resolved_because: string | null;
  readonly voices: number;
  readonly historical: boolean;
  readonly known_at: string;
  readonly acknowledged: { readonly at: string; readonly by: string; readonly reason: string } | null;
  readonly where: readonly Filter[];
  readonly order: { readonly id: string; readonly state: OrderState } | null;
  readonly version: number;
}

/** How many alarms there are of a state and severity, and among those over how many were known late. */
export interface AlarmCount {
  readonly state: AlarmState;
  readonly severity: Severity;
  readonly historical: boolean;
  readonly count: number;
}

/** Who was told of an alarm, and whether it reached them. The recipient is masked. */
export interface AnnouncementRow {
  readonly recipient: string;
  readonly channel: string;
  readonly state: 'waiting' | 'delivered' | 'failed' | 'suppressed';
  readonly sent_at: string | null;
  readonly attempts: number;
  readonly error: string | null;
}

/** A breach that a rule would have raised. Its `where` opens exactly its `voices`. */
export interface PreviewedAlarm {
  readonly entity: NamedEntity;
  readonly fired_at: string;
  readonly voices: number;
  readonly where: readonly Filter[];
}

/** What a rule that nobody saved yet would have done lately, counting the voices that the asker may see. */
export interface RulePreview {
  readonly from: string;
  readonly before: string;
  readonly fired: number;
  /** At how many communities, plans, halls. */
  readonly entities: number;
  /** Seven days each, counted back from now; the oldest is what is left. */
  readonly weeks: readonly { readonly from: string; readonly before: string; readonly fired: number }[];
  readonly largest: readonly PreviewedAlarm[];
  /** Who would have been told, masked. */
  readonly recipients: readonly string[];
  /** Whether the asker sees all voices that the rule counts. */
  readonly complete: boolean;
}

/** `from_pack`: it came with the pack, and nobody has written it since. */
export type RuleRow = WarningRule & { readonly updated_at: string; readonly from_pack: boolean };
