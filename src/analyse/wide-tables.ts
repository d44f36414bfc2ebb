import type { ColumnType, WideTable } from '../platform/warehouse/warehouse.ts';

const columns = (spec: string): WideTable['columns'] =>
  spec
    .trim()
    .split(/\s+/)
    .map((part) => {
      const [name = '', type = 'text'] = part.split(':');
      return type === 'searched' ? { name, type: 'text', searched: true } : { name, type: type as ColumnType };
    });

/**
 * One row per voice with everything a question may ask, so that no question joins.
 * `said_at` is UTC, `said_local` the wall time of the province; buckets and local dates read the latter.
 */
export const VOICE_ROWS: WideTable = {
  name: 'voice_rows',
  columns: columns(`
    id:whole said_at:instant said_local:instant said_at_known:flag arrived_at:instant
    source channel kind product plan status batch
    city district community cell unit_id unit_path agent
    customer brand age_band value_tier vpmn_group segment temperament cluster usage_group
    category_1 category_2 category recorded_category stage department business support bearer
    feeling language confidence:number score:number text_masked:searched attributes:pairs`),
};

/** One row per subscription: the base of rates. */
export const SUBSCRIBER_ROWS: WideTable = {
  name: 'subscriber_rows',
  columns: columns(`
    subscription customer city district community cell product plan brand age_band value_tier vpmn_group
    segment temperament cluster usage_group since:instant until:instant`),
};

/** Columns of both tables that change when a run of segments is published, without a voice or a subscription. */
export const OF_RUNS = ['temperament', 'cluster', 'usage_group'] as const;

/**
 * How far the follower has come, inside the warehouse, so that rows and mark can never disagree:
 * everything with a transaction below `tx` is here, and of `tx` itself the keys up to `after_key`.
 */
export const FOLLOW_MARKS: WideTable = {
  name: 'follow_marks',
  columns: columns(`follower tx:whole after_key as_of_ms:whole`),
};

export const WAREHOUSE_TABLES: readonly WideTable[] = [VOICE_ROWS, SUBSCRIBER_ROWS, FOLLOW_MARKS];
