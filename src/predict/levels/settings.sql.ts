import { sql } from 'kysely';
import type { LevelSettings, LevelVersion } from '../../model/levels.ts';
import type { Viewer } from '../../model/people.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, rowsOf } from '../../platform/postgres/db.ts';
import type { CauseCount } from './association.ts';
import { FIRST_SETTINGS, settingsProblems } from './settings.ts';

const SHIPPED: LevelVersion = { version: 0, settings: FIRST_SETTINGS, at: null, by: null, note: null };

/** All versions, newest first; below them what the product ships with. */
export async function levelVersions(db: Db): Promise<readonly [LevelVersion, ...LevelVersion[]]> {
  const rows = await rowsOf(
    db,
    sql<LevelVersion>`
      select s.version, s.settings, s.created_at as at, m.name as by, s.note
      from level_settings s join members m on m.id = s.member_id order by s.version desc limit 200`,
  );
  const [first, ...rest] = [...rows, SHIPPED];
  return [first ?? SHIPPED, ...rest];
}

/** Makes a new version over the one that was seen; what stood before stays. */
export function saveLevelSettings(
  ctx: Context,
  viewer: Viewer,
  change: { readonly settings: LevelSettings; readonly seen: number; readonly note: string | null },
): Promise<LevelVersion> {
  const problems = settingsProblems(change.settings);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  return inTransaction(ctx.db, async (tx) => {
    await sql`lock table level_settings in exclusive mode`.execute(tx);
    const [current] = await levelVersions(tx);
    if (current.version !== change.seen) throw new Refusal('stale-version', { version: current.version });
    const version = current.version + 1;
    const at = ctx.clock.now();
    await sql`
      insert into level_settings (version, settings, member_id, created_at, note)
      values (${version}, ${JSON.stringify(change.settings)}::jsonb, ${viewer.member}, ${at}, ${change.note})`.execute(tx);
    const { settings: was } = current;
    const { weights, scales, cuts, shares } = change.settings;
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'levels.change',
      subjectKind: 'levels',
      subjectId: String(version),
      detail: {
        before: { weights: was.weights, scales: was.scales, cuts: was.cuts, shares: was.shares },
        after: { weights, scales, cuts, shares },
      },
    });
    return { version, settings: change.settings, at, by: viewer.name, note: change.note };
  });
}

export const storedCauseCounts = (db: Db): Promise<readonly CauseCount[]> =>
  rowsOf(db, sql<CauseCount>`select category, grievances, complained from cause_associations order by category`);

export async function storeCauseCounts(ctx: Context, counts: readonly CauseCount[]): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await sql`delete from cause_associations`.execute(tx);
    await sql`
      insert into cause_associations (category, grievances, complained, counted_at)
      select r.category, r.grievances, r.complained, ${ctx.clock.now()}::timestamptz
      from json_to_recordset(${JSON.stringify(counts)}::json) as r(category text, grievances integer, complained integer)`.execute(tx);
  });
}
