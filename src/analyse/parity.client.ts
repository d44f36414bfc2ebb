import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { markOf } from './marks.client.ts';

export interface ParityDifference {
  readonly day: string;
  readonly channel: string;
  readonly kind: string;
  readonly postgres: number;
  readonly warehouse: number;
}
export interface Parity {
  readonly ok: boolean;
  readonly differences: readonly ParityDifference[];
  /** Voices that were compared. */
  readonly voices: number;
  readonly as_of: string;
}

interface GroupRow {
  readonly day: string;
  readonly channel: string;
  readonly kind: string;
  readonly n: number;
}

/**
 * Voices per local day × channel × kind in Postgres and in the warehouse at its mark; voices that are read anew since are left
 * out on both sides. Runs as the writer of the warehouse, so that the mark stands still meanwhile.
 */
export async function warehouseParity(ctx: Pick<Context, 'patient' | 'warehouse' | 'config'>): Promise<Parity> {
  return ctx.warehouse.write(async (writer) => {
    const mark = await markOf(writer, 'voices');
    const truth = await postgresCounts(ctx, mark.tx, mark.afterKey);
    const found = await writer.select(
      `select strftime(said_local, '%Y-%m-%d') as day, channel, kind, count(*) as n from voice_rows
       where id not in (select unnest(from_json($1, '["BIGINT"]'))) group by 1, 2, 3`,
      [JSON.stringify(truth.moving)],
    );
    const differences = differencesOf(truth.groups, found as unknown as readonly GroupRow[]);
    const voices = truth.groups.reduce((sum, group) => sum + group.n, 0);
    return { ok: differences.length === 0, differences, voices, as_of: new Date(mark.asOfMs).toISOString() };
  });
}

/** Both reads in one snapshot: a voice is either counted or moving, never neither. */
async function postgresCounts(
  ctx: Pick<Context, 'patient' | 'config'>,
  tx: number,
  afterKey: string,
): Promise<{ groups: readonly GroupRow[]; moving: readonly number[] }> {
  const beyond = sql`(r.changed_tx > ${String(tx)}::xid8
    or (r.changed_tx = ${String(tx)}::xid8 and r.voice_id > ${afterKey === '' ? -1 : Number(afterKey)}::bigint))`;
  // Counts every voice there is: longer than a screen may wait.
  return ctx.patient
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const moving = await rowsOf(snapshot, sql<{ id: number }>`select distinct r.voice_id as id from readings r where ${beyond}`);
      const groups = await rowsOf(
        snapshot,
        sql<GroupRow>`
      select to_char(v.said_at at time zone ${ctx.config.timeZone}, 'YYYY-MM-DD') as day, v.channel, v.kind, count(*) as n
      from voices v
      where exists (select 1 from readings r where r.voice_id = v.id)
        and not exists (select 1 from readings r where r.voice_id = v.id and ${beyond})
      group by 1, 2, 3`,
      );
      return { groups, moving: moving.map((row) => row.id) };
    });
}

function differencesOf(postgres: readonly GroupRow[], warehouse: readonly GroupRow[]): readonly ParityDifference[] {
  const keyOf = (row: GroupRow): string => `${row.day}\n${row.channel}\n${row.kind}`;
  const counts = new Map<string, ParityDifference>();
  for (const row of postgres) counts.set(keyOf(row), { day: row.day, channel: row.channel, kind: row.kind, postgres: row.n, warehouse: 0 });
  for (const row of warehouse) {
    const known = counts.get(keyOf(row)) ?? { day: row.day, channel: row.channel, kind: row.kind, postgres: 0, warehouse: 0 };
    counts.set(keyOf(row), { ...known, warehouse: row.n });
  }
  return [...counts.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
    .filter((row) => row.postgres !== row.warehouse);
}
