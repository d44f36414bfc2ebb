import { startThread } from '../../platform/threads/thread.client.ts';
import type { Sheet } from '../models/sheet.ts';
import { trainInWorker } from '../models/train.client.ts';
import type { TableReport, TrainOptions } from '../models/train-table.ts';
import type { ScoreOptions, ScoreReport, ScoresAnalysed } from './analyse-scores.ts';

/** How well low scores are foretold from the rest, and which columns tell too much. */
export interface ScoreForecast {
  readonly target: string;
  readonly verdict: TableReport['verdict'];
  readonly auc: number;
  readonly auc_low: number;
  readonly auc_high: number;
  readonly log_loss: number;
  readonly base_log_loss: number;
  readonly z: number;
  /** Columns that tell the score by themselves, and ratings given in the same breath: none of them takes part in `auc`. */
  readonly leaks: readonly string[];
  readonly leak_reasons: TableReport['leak_reasons'];
  /** AUC with them and with ratings on the score's own scale; null where there are neither. */
  readonly auc_with_leaks: number | null;
  readonly factors: TableReport['factors'];
}

export interface ScoreDrivers extends ScoreReport, ScoreForecast {
  readonly warnings: readonly ScoreWarning[];
}
export interface ScoreWarning {
  readonly code: 'leak' | 'ratings-leak' | 'halo' | 'no-signal';
  readonly says: string;
}
export type ScoreDriversFound =
  | { readonly kind: 'found'; readonly found: ScoreDrivers }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

export interface HowToRun {
  readonly signal?: AbortSignal;
  readonly step?: (done: number, of: number) => void;
}

/**
 * Drivers, halo, and how well a low score is foretold by the protocol of `models`. Ratings of parts on the score's own scale are asked
 * in the same breath as the score: they take no part in the forecast, and what they would add is told.
 */
export async function scoreDrivers(sheet: Sheet, options: ScoreOptions, how: HowToRun = {}): Promise<ScoreDriversFound> {
  const analysed = await analyseInWorker(sheet, options, how.signal);
  if (analysed.kind === 'problems') return analysed;
  const { report } = analysed;
  const ratings = report.ratings.map((one) => one.name);
  const trained = await trainInWorker({ sheet, times: null, options: trainOptions(report, options, ratings) }, how);
  if (trained.kind === 'problems') return trained;
  const leaky = ratings.length > 0 || trained.report.leaks.length > 0;
  const whole = leaky
    ? await trainInWorker({ sheet, times: null, options: { ...trainOptions(report, options, []), keepLeaks: true } }, how)
    : null;
  const forecast = forecastOf(trained.report, ratings, whole?.kind === 'trained' ? whole.report.auc : null);
  return { kind: 'found', found: { ...forecast, ...report, warnings: warningsOf(report, forecast, ratings) } };
}

function trainOptions(report: ScoreReport, options: ScoreOptions, without: readonly string[]): TrainOptions {
  return {
    target: `${report.score}<=${report.low_at_most}`,
    positive: null,
    folds: 5,
    seed: options.seed,
    time: null,
    group: null,
    keepLeaks: false,
    useProtected: false,
    without: [...options.leaveOut, ...without],
    dates: [...options.dates],
  };
}

function forecastOf(report: TableReport, ratings: readonly string[], withLeaks: number | null): ScoreForecast {
  const { target, verdict, auc, auc_low, auc_high, log_loss, base_log_loss, gain, leak_reasons, factors } = report;
  const strongest = factors.toSorted((a, b) => b.effect - a.effect).slice(0, 15);
  return {
    target,
    verdict,
    auc,
    auc_low,
    auc_high,
    log_loss,
    base_log_loss,
    z: gain.z,
    leaks: [...report.leaks, ...ratings],
    leak_reasons,
    auc_with_leaks: withLeaks,
    factors: strongest,
  };
}

function warningsOf(report: ScoreReport, forecast: ScoreForecast, ratings: readonly string[]): readonly ScoreWarning[] {
  const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
  const withThem =
    forecast.auc_with_leaks === null
      ? ''
      : ` With them the AUC would be ${forecast.auc_with_leaks.toFixed(3)} instead of ${forecast.auc.toFixed(3)}.`;
  return [
    ...(forecast.leak_reasons.length === 0
      ? []
      : [
          {
            code: 'leak' as const,
            says: `${quoted(forecast.leak_reasons.map((leak) => leak.name))} tell(s) the score nearly alone and take(s) no part.${withThem}`,
          },
        ]),
    ...(ratings.length === 0
      ? []
      : [
          {
            code: 'ratings-leak' as const,
            says: `${quoted(ratings)} are ratings on the score's own scale, given in the same breath: they leak it and take no part in the forecast.${withThem}`,
          },
        ]),
    ...(report.halo?.warning === true
      ? [
          {
            code: 'halo' as const,
            says: `All ratings move together: ${(100 * report.halo.share).toFixed(0)} % of their variance lies on one component. Do not read their order as what matters most.`,
          },
        ]
      : []),
    ...(forecast.verdict === 'no_signal'
      ? [{ code: 'no-signal' as const, says: 'No usable signal: nothing in this table foretells a low score better than its base rate.' }]
      : []),
  ];
}

/** On a thread of its own. */
function analyseInWorker(sheet: Sheet, options: ScoreOptions, signal?: AbortSignal): Promise<ScoresAnalysed> {
  signal?.throwIfAborted();
  const analysed = Promise.withResolvers<ScoresAnalysed>();
  signal?.addEventListener('abort', () => analysed.reject(signal.reason), { once: true });
  const file = new URL('./score-drivers.worker.ts', import.meta.url);
  const thread = startThread(file, { given: { sheet, options }, heard: analysed.resolve, ended: analysed.reject });
  return analysed.promise.finally(() => thread.end());
}
