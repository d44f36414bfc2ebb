import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a job of this queue waits or runs whose payload has this value under this key, as a condition of a larger statement: asked in
 * the same snapshot as the row that the job is for, so that both are seen or neither.
 */
export const isJobOpen = (queue: string, key: string, value: RawBuilder<string>): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from pgboss.job j where j.name = ${queue} and j.state in ('created', 'retry', 'active') and j.data ->> ${key} = ${value})`;
