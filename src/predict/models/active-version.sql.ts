import type { Context } from '../../platform/context.ts';
import { sql } from 'kysely';
import { rowOf } from '../../platform/postgres/db.ts';
import type { ScoringVersion } from './score-moments.ts';
import { championModels, readyVersion } from './versions.sql.ts';

/** Kept with the context, so that a live grievance need not wait for a model to be parsed. */
const held = new WeakMap<Context, ScoringVersion>();

/** The version that scores; null: none was trained yet. */
export async function activeVersion(ctx: Context): Promise<ScoringVersion | null> {
  const champion = await rowOf(ctx.db, sql<{ id: string }>`select id from model_versions where state = 'champion'`);
  if (champion === undefined) return null;
  const known = held.get(ctx);
  if (known?.id === champion.id) return known;
  const stored = await championModels(ctx.db);
  if (stored === undefined) return null;
  const ready = readyVersion(stored);
  held.set(ctx, ready);
  return ready;
}
