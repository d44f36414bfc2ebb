import { dimensionOf } from '../../analyse/index.ts';
import type { Viewer } from '../../model/people.ts';
import type { Filter, Names } from '../../model/question.ts';
import type { DriversView } from '../../model/satisfaction.ts';
import { NO_SURVEY } from '../../model/survey.ts';
import type { Context } from '../../platform/context.ts';
import { rowsOf } from '../models/sheet.ts';
import { cellFilters } from './cell-filters.ts';
import { GRIEVED, readAnswers, SCORE } from './read-answers.client.ts';
import { hashOfSheet, keptResults } from './kept-results.client.ts';
import { periodOf } from './read-cells.client.ts';
import { type ScoreDrivers, scoreDrivers, type ScoreDriversFound } from './score-drivers.client.ts';

type Ctx = Pick<Context, 'warehouse' | 'config' | 'clock' | 'pack'>;

const keptDrivers = keptResults<ScoreDriversFound>();

/** What drives the overall score of the surveys within the viewer's scope; null on fewer than 50 answers. */
export async function voiceDrivers(ctx: Ctx, viewer: Viewer, gone?: AbortSignal): Promise<DriversView | null> {
  const period = await periodOf(ctx, viewer);
  if (period === null) return null;
  const survey = ctx.pack.survey ?? NO_SURVEY;
  const { sheet, of } = await readAnswers(ctx, viewer, period, survey);
  if (rowsOf(sheet) === 0) return null;
  const asked = { score: SCORE, leaveOut: [], basics: [], rules: survey.basics, low: null, seed: 1, dates: [] };
  const analysed = await keptDrivers(ctx.warehouse, await hashOfSheet(sheet), (signal) => scoreDrivers(sheet, asked, { signal }), gone);
  if (analysed.kind === 'problems') return null;
  const span = cellFilters('city').span(period.from, period.before);
  return viewOf(ctx, analysed.found, of > rowsOf(sheet) ? of : analysed.found.answered, [span, { field: 'score_known', in: ['yes'] }]);
}

function viewOf(ctx: Ctx, found: ScoreDrivers, of: number, answersWhere: readonly Filter[]): DriversView {
  const names = (name: string): Names => {
    const service = ctx.pack.survey?.services.find((one) => `${GRIEVED}${one.code}` === name);
    if (service !== undefined) return { zh: `30 天内抱怨过${service.names.zh}`, en: `Grieved about ${service.names.en} within 30 days` };
    return dimensionOf(name)?.names ?? { zh: name, en: name };
  };
  return {
    answered: found.answered,
    answers_of: of,
    answers_where: answersWhere,
    mean: found.mean,
    scale: found.scale,
    low_at_most: found.low_at_most,
    low_share: found.low_share,
    verdict: found.verdict,
    auc: found.auc,
    auc_low: found.auc_low,
    auc_high: found.auc_high,
    r2: found.r2,
    halo: found.halo === null ? null : { share: found.halo.share, warning: found.halo.warning },
    drivers: found.drivers.slice(0, 15).map(({ r: _, ...one }) => ({
      ...one,
      names: names(one.name),
      where: one.value === null ? null : [...answersWhere, { field: one.name, in: [one.value] }],
    })),
  };
}
