import { type CalibrationBin, calibrationBins, calibrationError, fitOddsLine, logOdds } from '../../maths/calibration-of-odds.ts';
import { type Gain, brier, liftTopDecile, logLoss, pairedGain } from '../../maths/probability-scores.ts';
import { rocArea } from '../../maths/roc.ts';
import type { HeldOut } from './evaluate.ts';

export type Verdict = 'usable' | 'weak' | 'no_signal';

/** How good a model is, all of it on rows that it did not learn from. Log losses in nats. */
export interface Quality {
  readonly held_out: number;
  readonly positives: number;
  readonly auc: number;
  readonly auc_low: number;
  readonly auc_high: number;
  readonly log_loss: number;
  readonly base_log_loss: number;
  readonly gain: Gain;
  readonly brier: number;
  readonly ece: number;
  readonly calibration_slope: number | null;
  readonly calibration_slope_low: number | null;
  readonly calibration_slope_high: number | null;
  readonly lift_top_decile: number;
  readonly reliability: readonly CalibrationBin[];
  readonly verdict: Verdict;
}

/** One-sided 5 %: of shuffled targets hardly one in twenty reaches it. */
const SURE = 1.64;
const WEAK = 0.65;

export const verdictOf = (gain: Gain, auc: number): Verdict => (gain.z > SURE ? (auc < WEAK ? 'weak' : 'usable') : 'no_signal');

export function qualityOf({ probabilities, base, truth, groups }: Omit<HeldOut, 'rows' | 'champions' | 'factors'>): Quality {
  const area = rocArea(probabilities, truth);
  const gain = pairedGain(probabilities, base, truth, groups);
  const bins = calibrationBins(probabilities, truth);
  const line = fitOddsLine(Float64Array.from(probabilities, logOdds), truth);
  const sure = Number.isFinite(line.slopeError) && bins.length > 2;
  return {
    held_out: truth.length,
    positives: truth.reduce((sum, label) => sum + label, 0),
    auc: area.auc,
    auc_low: area.low,
    auc_high: area.high,
    log_loss: logLoss(probabilities, truth),
    base_log_loss: logLoss(base, truth),
    gain,
    brier: brier(probabilities, truth),
    ece: calibrationError(bins),
    calibration_slope: sure ? line.slope : null,
    calibration_slope_low: sure ? line.slopeLow : null,
    calibration_slope_high: sure ? line.slopeHigh : null,
    lift_top_decile: liftTopDecile(probabilities, truth),
    reliability: bins,
    verdict: verdictOf(gain, area.auc),
  };
}
