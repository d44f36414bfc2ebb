/**
 * Ids. Voices carry a number (time-sortable, below 2^53, so that JSON and DuckDB hold it exactly);
 * everything else a prefixed text. Instants are ISO-8601 UTC texts with milliseconds
 * (`2026-03-01T08:00:00.000Z`): they compare as text and travel as JSON.
 */
declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

export type VoiceId = Brand<number, 'VoiceId'>;
export type MemberId = Brand<string, 'MemberId'>;
export type UnitId = Brand<string, 'UnitId'>;
export type BatchId = Brand<string, 'BatchId'>;
export type RuleId = Brand<string, 'RuleId'>;
export type AlarmId = Brand<string, 'AlarmId'>;
export type WorkOrderId = Brand<string, 'WorkOrderId'>;

export type Instant = string;

/** What an id is asked for: production ignores `key`, tests may derive the id from it. */
export type IdKind =
  | 'voice'
  | 'batch'
  | 'alarm'
  | 'order'
  | 'event'
  | 'member'
  | 'audit'
  | 'rule'
  | 'note'
  | 'view'
  | 'unit'
  | 'experiment'
  | 'segment-run';
