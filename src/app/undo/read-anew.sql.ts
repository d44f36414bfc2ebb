import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction, rowOf } from '../../platform/postgres/db.ts';
import { READ_QUEUE } from '../../understand/read-voices.job.ts';
import { unreadSpan } from '../../understand/read-voices.sql.ts';

/**
 * A newer program (or another pack or model) brings another reader: all voices are then read by it too, by a job. The newest
 * and the oldest voice tell whether that is so; looking at all of them would cost every start a second per million.
 */
export async function readAnew(ctx: Context): Promise<boolean> {
  const ends = await rowOf(
    ctx.db,
    sql<{ unread: boolean }>`
      select exists (
        select 1 from voices v
        where v.id in ((select min(id) from voices), (select max(id) from voices))
          and not exists (select 1 from readings r where r.voice_id = v.id and r.reader_version = ${ctx.reader.version})) as unread`,
  );
  if (ends?.unread !== true || ((await ctx.jobs.depth())[READ_QUEUE] ?? 0) > 0) return false;
  const span = await unreadSpan(ctx.db, ctx.reader.version);
  if (span === null) return false;
  ctx.log.warn({ voices: span.count, reader: ctx.reader.version }, 'voices are read anew, by another reader');
  await inTransaction(ctx.db, (tx) =>
    ctx.jobs.enqueue(tx, READ_QUEUE, { from: span.from, to: span.to }, { key: `anew:${ctx.reader.version}` }),
  );
  return true;
}
