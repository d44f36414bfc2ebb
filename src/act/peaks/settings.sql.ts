import { sql } from 'kysely';
import { lowAsUsual, type PeakEffect, type PeakSettings, type PeakVersion } from '../../model/peaks.ts';
import type { Viewer } from '../../model/people.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, rowsOf } from '../../platform/postgres/db.ts';
import { FIRST_PEAKS, peakProblems } from './settings.ts';

const SHIPPED: PeakVersion = { version: 0, settings: FIRST_PEAKS, reason: null, at: null, by: null };

const inAllTiers = (stored: PeakSettings): PeakSettings => ({
  ...stored,
  values: lowAsUsual(stored.values),
  comfort: lowAsUsual(stored.comfort),
});

/** All versions, newest first; below them what the product ships with. */
export async function peakVersions(db: Db): Promise<readonly [PeakVersion, ...PeakVersion[]]> {
  const rows = await rowsOf(
    db,
    sql<PeakVersion>`
    select p.version, p.settings, p.reason, p.changed_at as at, m.name as by
    from peak_settings p join members m on m.id = p.changed_by order by p.version desc limit 200`,
  );
  const [first, ...rest] = [...rows.map((row) => ({ ...row, settings: inAllTiers(row.settings) })), SHIPPED];
  return [first ?? SHIPPED, ...rest];
}

/** Makes the next version over the one that was seen. The effect of an experiment comes by `takeMeasured` alone, so that nobody types one in. */
export async function savePeaks(
  ctx: Context,
  viewer: Viewer,
  change: { readonly settings: PeakSettings; readonly seen: number; readonly reason: string },
): Promise<PeakVersion> {
  const problems = peakProblems(change.settings);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  return inTransaction(ctx.db, async (tx) => {
    const { effect } = change.settings;
    await sql`lock table peak_settings in exclusive mode`.execute(tx);
    const [{ settings: was }] = await peakVersions(tx);
    const kept = effect.experiment !== null && JSON.stringify(effect) === JSON.stringify(was.effect);
    return next(tx, ctx, viewer, {
      ...change,
      settings: kept ? change.settings : { ...change.settings, effect: { ...effect, experiment: null } },
    });
  });
}

/** Takes an effect that was measured. The caller has made sure that the viewer may see the experiment. */
export const takeMeasured = (
  ctx: Context,
  viewer: Viewer,
  change: { readonly effect: PeakEffect; readonly seen: number; readonly reason: string },
): Promise<PeakVersion> =>
  inTransaction(ctx.db, async (tx) => {
    await sql`lock table peak_settings in exclusive mode`.execute(tx);
    const [{ settings }] = await peakVersions(tx);
    return next(tx, ctx, viewer, { ...change, settings: { ...settings, effect: change.effect } });
  });

async function next(
  tx: Db,
  ctx: Context,
  viewer: Viewer,
  { settings, seen, reason }: { readonly settings: PeakSettings; readonly seen: number; readonly reason: string },
): Promise<PeakVersion> {
  const [current] = await peakVersions(tx);
  if (current.version !== seen) throw new Refusal('stale-version', { version: current.version });
  const version = seen + 1;
  const at = ctx.clock.now();
  await sql`
    insert into peak_settings (version, settings, reason, changed_at, changed_by)
    values (${version}, ${JSON.stringify(settings)}::jsonb, ${reason}, ${at}, ${viewer.member})`.execute(tx);
  const { settings: was } = current;
  await writeAudit(tx, {
    ctx,
    viewer,
    via: 'web',
    action: 'peaks.settings',
    subjectKind: 'peaks',
    subjectId: String(version),
    detail: {
      reason,
      before: { prevents: was.effect, hold_out: was.hold_out, values: was.values, comfort: was.comfort },
      after: { prevents: settings.effect, hold_out: settings.hold_out, values: settings.values, comfort: settings.comfort },
    },
  });
  return { version, settings, reason, at, by: viewer.name };
}
