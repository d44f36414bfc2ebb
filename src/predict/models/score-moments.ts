import { logOdds, ofLogOdds, onLine } from '../../maths/calibration-of-odds.ts';
import type { FeatureTable } from '../../maths/features.ts';
import type { Fitted, SerialModel } from './candidate.ts';
import { type Moment, momentTable } from './moment-features.ts';
import type { MomentLog } from './moment-log.ts';
import { revive } from './revive.ts';
import type { MomentCard, MomentModel, TrainedMoments } from './train-moments.ts';

/** A version of the model, ready to score: a complaint within 7 and within 30 days. */
export interface ScoringVersion {
  readonly id: string;
  readonly week: ReadyModel;
  readonly month: ReadyModel;
}

interface ReadyModel {
  readonly fitted: Fitted;
  readonly line: MomentModel['line'];
  readonly card: MomentCard;
}

export interface Probability {
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

export interface ScoreFactor {
  readonly name: string;
  /** What this customer has there; null = not known. */
  readonly value: number | string | null;
  /** Log odds by which it moves the probability within 30 days. */
  readonly effect: number;
}

export interface Score {
  readonly voice: number;
  readonly category: string | null;
  readonly week: Probability;
  readonly month: Probability;
  readonly factors: readonly ScoreFactor[];
}

export const readyModel = ({ model, card }: Pick<TrainedMoments, 'model' | 'card'>): ReadyModel => ({
  fitted: revive(model.model),
  line: model.line,
  card,
});

type PackedModel = Omit<ReadyModel, 'fitted'> & { readonly model: SerialModel };
/** A version as plain values, which a thread can be handed. */
export interface PackedVersion {
  readonly id: string;
  readonly week: PackedModel;
  readonly month: PackedModel;
}

const packed = ({ fitted, ...rest }: ReadyModel): PackedModel => ({ ...rest, model: fitted.serial() });
const unpacked = ({ model, ...rest }: PackedModel): ReadyModel => ({ ...rest, fitted: revive(model) });
export const packedVersion = ({ id, week, month }: ScoringVersion): PackedVersion => ({ id, week: packed(week), month: packed(month) });
export const unpackedVersion = ({ id, week, month }: PackedVersion): ScoringVersion => ({
  id,
  week: unpacked(week),
  month: unpacked(month),
});

/** How many reasons a score shows. */
const REASONS = 6;

/** Scores some moments of a log; one live grievance and a million old ones go through here alike. */
export function scoreMoments(log: MomentLog, moments: readonly Moment[], version: ScoringVersion): readonly Score[] {
  if (moments.length === 0) return [];
  const table = momentTable(log, moments);
  const rows = Uint32Array.from(moments, (_, row) => row);
  const [week, month] = [probabilities(version.week, table, rows), probabilities(version.month, table, rows)];
  return moments.map(({ entry }, row) => {
    const within30 = month[row] ?? 0;
    return {
      voice: log.voices[entry] ?? 0,
      category: log.names.category[log.categories[entry] ?? -1] ?? null,
      // What happens within a week happens within a month: where both models disagree, the month gives way.
      week: around(version.week.card, Math.min(week[row] ?? 0, within30)),
      month: around(version.month.card, within30),
      factors: reasonsOf(version.month, table, row),
    };
  });
}

function probabilities({ fitted, line }: ReadyModel, table: FeatureTable, rows: Uint32Array): Float64Array {
  return fitted.margins(table, rows).map((margin) => ofLogOdds(onLine(line, margin)));
}

/**
 * How sure: of held-out grievances that were scored alike, so many had a complaint, with Wilson's interval; its distance from what was
 * stated there (in log odds) is taken to this probability. It is about grievances like this one, not about what this customer will do.
 */
export function around(card: Pick<MomentCard, 'reliability'>, p: number): Probability {
  const bins = card.reliability;
  const [first] = bins;
  if (first === undefined) return { p, low: 0, high: 1 };
  const near = bins.reduce(
    (best, bin) => (Math.abs(logOdds(bin.stated) - logOdds(p)) < Math.abs(logOdds(best.stated) - logOdds(p)) ? bin : best),
    first,
  );
  const shifted = (bound: number): number => ofLogOdds(logOdds(p) + logOdds(bound) - logOdds(near.stated));
  return { p, low: Math.min(p, near.low <= 0 ? 0 : shifted(near.low)), high: Math.max(p, near.high >= 1 ? 1 : shifted(near.high)) };
}

function reasonsOf({ fitted, line }: ReadyModel, table: FeatureTable, row: number): readonly ScoreFactor[] {
  const scale = line?.slope ?? 1;
  const { effects } = fitted.effects(table, row);
  return table.columns
    .map((column, c): ScoreFactor => {
      const value = column.kind === 'number' ? (column.values[row] ?? NaN) : (column.levels[column.codes[row] ?? -1] ?? null);
      return {
        name: column.name,
        value: typeof value === 'number' && Number.isNaN(value) ? null : value,
        effect: (effects[c] ?? 0) * scale,
      };
    })
    .filter(({ effect }) => Math.abs(effect) > 0.005)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, REASONS);
}
