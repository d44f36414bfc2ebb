import { ask, type AskContext } from '../../analyse/read.sql.ts';
import type { Viewer } from '../../model/people.ts';
import type { Filter, Question } from '../../model/question.ts';
import { DIMENSION_OF, type PreferenceRow, type SchemeId, type SegmentRunRow, type SegmentsView } from '../../model/segment-views.ts';
import type { Context } from '../../platform/context.ts';
import { neighbours } from './moves.sql.ts';
import { type Grieved, preferences } from './preferences.ts';
import { newestOf, windowBefore } from './run-window.ts';
import { runOf, runsOf, versionOf } from './runs.sql.ts';
import { migrationOf, segmentCards } from './segment-cards.ts';
import { factsOf, foundOf, movesOf, segmentNames } from './segments-view.sql.ts';

/** Everything about a scheme's run that a viewer may see; without `wanted`, of the newest finished one. */
export async function segmentsView(
  ctx: Pick<Context, 'db' | 'pack'>,
  viewer: Viewer,
  scheme: SchemeId,
  wanted: string | null,
): Promise<SegmentsView | undefined> {
  const { db } = ctx;
  const [runs, definition = null] = await Promise.all([runsOf(db, scheme), versionOf(db, scheme)]);
  const newest = newestOf(runs);
  const run = wanted === null ? newest : runs.find((one) => one.id === wanted && one.state === 'done');
  if (wanted !== null && run === undefined) return undefined;
  if (run === undefined)
    return {
      scheme,
      runs,
      run: null,
      definition,
      customers: 0,
      left_out: {},
      nothing_because: null,
      cards: [],
      stability: null,
      told: null,
      migration: null,
    };
  const [facts, found, names, { before }] = await Promise.all([
    factsOf(db, viewer, run.id),
    foundOf(db, run.id),
    segmentNames(db, ctx.pack, scheme),
    neighbours(db, run.id),
  ]);
  const earlier = before === null ? undefined : await runOf(db, before);
  const figures = found?.report?.kind === 'clusters' ? found.report.figures : null;
  const cards = segmentCards(scheme, facts, earlier === undefined ? null : await factsOf(db, viewer, earlier.id), names, figures);
  return {
    scheme,
    runs,
    run,
    definition,
    customers: cards.reduce((sum, card) => sum + card.customers, 0),
    left_out: viewer.scope === 'province' ? (found?.left_out ?? {}) : {},
    nothing_because: found?.report?.kind === 'none' ? found.report.because : null,
    cards,
    stability:
      figures === null
        ? null
        : {
            clusters: figures.clusters,
            tried: figures.tried.map(({ ariError, ...one }) => ({ ...one, ari_error: ariError })),
            ari: figures.ari,
            ari_error: figures.ariError,
            silhouette: figures.silhouette,
            shuffled_silhouette: figures.shuffledSilhouette,
            verdict: figures.verdict,
          },
    told: found?.report?.kind === 'temperament' ? { share: found.report.told, by_chance: found.report.byChance } : null,
    migration: earlier === undefined ? null : await migrationSince(ctx, viewer, earlier, run),
  };
}

async function migrationSince(ctx: Pick<Context, 'db'>, viewer: Viewer, earlier: SegmentRunRow, run: SegmentRunRow) {
  const rows = await movesOf(ctx.db, viewer, earlier.id, run.id);
  return rows.length === 0 ? null : migrationOf(rows, earlier, run);
}

/** What a segment's voices of discontent in the window of a run are. */
export function grievedWhere(run: Pick<SegmentRunRow, 'as_of'>): readonly Filter[] {
  const { from, before } = windowBefore(run.as_of);
  return [
    { field: 'kind', in: ['grievance', 'complaint', 'fault'] },
    { field: 'said_at', from, before },
    { field: 'customer_known', in: ['yes'] },
  ];
}

/**
 * The causes that each segment grieves about more or less than the others, within the viewer's scope. Voices carry the segments
 * of now, so it is told for the newest run only.
 */
export async function preferencesOf(
  ctx: AskContext,
  viewer: Viewer,
  scheme: SchemeId,
): Promise<{ rows: readonly PreferenceRow[]; where: readonly Filter[]; labels: Awaited<ReturnType<typeof ask>>['labels'] }> {
  const run = newestOf(await runsOf(ctx.db, scheme));
  if (run === undefined) return { rows: [], where: [], labels: {} };
  const dimension = DIMENSION_OF[scheme];
  const where = grievedWhere(run);
  const question: Question = {
    measures: ['customers', 'voices'],
    by: [dimension, 'category_2'],
    where: [...where, { field: 'mapped', in: ['yes'] }],
    limit: 10_000,
  };
  const answer = await ask(ctx, viewer, question);
  const grieved = answer.rows.flatMap((row): readonly Grieved[] => {
    const [segment, category] = [row[dimension], row['category_2']];
    if (typeof segment !== 'string' || typeof category !== 'string') return [];
    return [{ segment, category, customers: Number(row['customers']), voices: Number(row['voices']) }];
  });
  return { rows: preferences(grieved), where, labels: answer.labels };
}
