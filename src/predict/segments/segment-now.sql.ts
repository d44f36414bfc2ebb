import { type RawBuilder, sql } from 'kysely';
import type { Pack } from '../../model/pack.ts';
import { TEMPERAMENT_IDS, USAGE_GROUP_IDS } from '../../model/segment.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';

const COLUMN = { temperament: 'temperament', clusters: 'cluster', usage: 'usage_group' } as const;

/** The segment of a customer now: by rule it stands on the customer (`byRule`); of another scheme, where its newest run put them. */
export const segmentNow = (scheme: SchemeId, customer: RawBuilder<unknown>, byRule: RawBuilder<unknown>): RawBuilder<string | null> =>
  scheme === 'rules'
    ? sql<string | null>`${byRule}`
    : sql<string | null>`(select s.${sql.ref(COLUMN[scheme])} from customer_segments s where s.customer = ${customer})`;

/** What runs say of a customer now that handling may go by: the temperament, then the usage group; nothing where they tell none. */
export async function judgedSegments(db: Db, customer: string | null): Promise<readonly string[]> {
  if (customer === null) return [];
  const row = await rowOf(
    db,
    sql<{ told: readonly string[] }>`
      select array_remove(array[temperament, usage_group], null) as told from customer_segments where customer = ${customer}`,
  );
  return row?.told ?? [];
}

export interface SegmentsNow {
  /** In the order in which they are listed; none: nobody is in a segment of this scheme yet. */
  readonly ids: readonly string[];
  /** Up to when behaviour counted for where customers are now; null: they are told by the rules, or no run is kept that says it. */
  readonly asOf: string | null;
}

/** The segments of a scheme that customers are in now. */
export async function segmentsNow(db: Db, pack: Pick<Pack, 'segments'>, scheme: SchemeId): Promise<SegmentsNow> {
  if (scheme === 'rules') return { ids: pack.segments.map(({ id }) => id), asOf: null };
  const column = sql.ref(COLUMN[scheme]);
  const row = await rowOf(
    db,
    sql<SegmentsNow>`
      select array(select distinct ${column} from customer_segments where ${column} is not null order by 1) as ids,
        (select max(as_of) from segment_runs where scheme = ${scheme} and state = 'done') as "asOf"`,
  );
  const { ids, asOf } = row ?? { ids: [], asOf: null };
  if (ids.length === 0 || scheme === 'clusters') return { ids, asOf };
  return { ids: scheme === 'temperament' ? TEMPERAMENT_IDS : USAGE_GROUP_IDS, asOf };
}
