import { type RawBuilder, sql } from 'kysely';

/**
 * When the newest voice was said, of those whose time is known and lies no more than a day ahead of the clock: what one voice with a wrong year
 * says would otherwise make every other one old. Walks the index on `said_at` from its end.
 */
export const newestKnown = (now: string): RawBuilder<string | null> =>
  sql<string | null>`(select max(said_at) from voices where said_at_known and said_at <= ${now}::timestamptz + interval '1 day')`;
