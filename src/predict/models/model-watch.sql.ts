import { calibrationInTheLarge } from '../../maths/calibration-of-odds.ts';
import type { Context } from '../../platform/context.ts';
import type { ModelWatch } from '../../model/overview.ts';
import { type Drift, driftOf } from './drift-of.ts';
import { driftCounts, largeOf } from './scores.sql.ts';
import type { StoredVersion } from './stored-version.ts';
import { championVersion } from './versions.sql.ts';

const DRIFT_DAYS = 28;
/** Outcomes of so many days say whether it still holds; how it began is history. */
const LARGE_DAYS = 90;
/** Stated and happened differ beyond noise from here on: in one watch of a thousand by chance. */
const OFF_Z = 3.3;

/** What the version that scores was fed with in the last four weeks, beside what it learned from. */
export const driftOfVersion = async (ctx: Pick<Context, 'db'>, version: StoredVersion): Promise<readonly Drift[]> =>
  driftOf(version.card.month.baseline, await driftCounts(ctx.db, version.id, DRIFT_DAYS));

/** Stated and happened at large, over the newest of the scores that were given since it was trained; null: no score's thirty days are over yet. */
export async function calibrationAtLarge(ctx: Pick<Context, 'db'>, version: StoredVersion): Promise<ModelWatch['large']> {
  const large = await largeOf(ctx.db, version.id, LARGE_DAYS);
  return large === undefined || large.rows === 0 ? null : { scores: large.rows, ...calibrationInTheLarge(large) };
}

/** Everybody's overview asks, and the answer walks through all scores. */
const KEPT_MS = 60_000;
const watched = new WeakMap<object, { readonly until: number; readonly watch: Promise<ModelWatch | null> }>();

/** The alarm about the model itself, as of the last minute; null: it has moved nowhere, and says what happens. */
export function modelWatch(ctx: Pick<Context, 'db'>): Promise<ModelWatch | null> {
  const known = watched.get(ctx.db);
  if (known !== undefined && performance.now() < known.until) return known.watch;
  const watch = watchNow(ctx);
  watched.set(ctx.db, { until: performance.now() + KEPT_MS, watch });
  watch.catch(() => watched.delete(ctx.db));
  return watch;
}

async function watchNow(ctx: Pick<Context, 'db'>): Promise<ModelWatch | null> {
  const champion = await championVersion(ctx.db);
  if (champion === undefined) return null;
  const [drift, large] = await Promise.all([driftOfVersion(ctx, champion), calibrationAtLarge(ctx, champion)]);
  const moved = drift.filter(({ state }) => state === 'moved').map(({ name }) => name);
  const isOff = large !== null && Math.abs(large.z) > OFF_Z;
  return moved.length === 0 && !isOff ? null : { moved, large: isOff ? large : null };
}
