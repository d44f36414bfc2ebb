import { twoSided } from '../../maths/distributions.ts';
import { wilson } from '../../maths/proportions.ts';
import { rocAuc } from '../../maths/roc.ts';
import { LEVELS, type LevelSettings, type LevelValidation } from '../../model/levels.ts';
import { type GrievanceFacts, gradeOf } from './grade.ts';

/** A grievance at its landmark, and what came after. */
export interface Followed extends GrievanceFacts {
  readonly complained: boolean;
  /** Days after the landmark until which it was followed: to the complaint, to when somebody dealt with it, or to the end. */
  readonly until: number;
}

/** Days after the landmark (negative: before it) of the first complaint and of the first call or other dealing; null: none until the end. */
export interface DaysOf {
  readonly complaint: number | null;
  readonly dealt: number | null;
}

/** What a grievance tells about its level. Who is called because of a complaint has complained. */
export function followedFor(
  { complaint, dealt }: DaysOf,
  days: number,
): { readonly is: 'complained-before' | 'called-before' } | ({ readonly is: 'followed' } & Pick<Followed, 'complained' | 'until'>) {
  if (complaint !== null && complaint <= 0) return { is: 'complained-before' };
  if (dealt !== null && dealt <= 0) return { is: 'called-before' };
  if (complaint !== null && (dealt === null || complaint <= dealt)) return { is: 'followed', complained: true, until: complaint };
  return { is: 'followed', complained: false, until: dealt ?? days };
}

const FEWEST = 200;
const FEWEST_COMPLAINTS = 20;

export function validationOf(
  followed: readonly Followed[],
  settings: LevelSettings,
  about: Omit<LevelValidation, 'rows' | 'trend' | 'auc' | 'verdict' | 'handled'>,
): LevelValidation {
  const graded = followed.map((one) => ({
    ...gradeOf(one, settings),
    complained: one.complained,
    // Who was followed for a part of the time counts for that part.
    weight: one.complained ? 1 : Math.min(1, one.until / about.outcome_days),
  }));
  const rows = LEVELS.map((level) => {
    const own = graded.filter((one) => one.level === level);
    const share = { events: own.filter((one) => one.complained).length, n: own.reduce((sum, one) => sum + one.weight, 0) };
    const interval = share.n === 0 ? { low: 0, high: 1 } : wilson(share);
    return {
      level,
      n: own.length,
      weight: share.n,
      complaints: share.events,
      share: share.n === 0 ? 0 : share.events / share.n,
      ...interval,
    };
  });
  const complaints = graded.filter((one) => one.complained).length;
  const enough = graded.length >= FEWEST && complaints >= FEWEST_COMPLAINTS && complaints < graded.length;
  const trend = enough ? trendOf(rows.map(({ weight, ...row }) => ({ ...row, n: weight }))) : null;
  const whole = graded.filter((one) => one.weight === 1);
  const auc = enough
    ? rocAuc(
        Float64Array.from(whole, (one) => one.score),
        Uint8Array.from(whole, (one) => Number(one.complained)),
      )
    : null;
  const handled = graded.length - whole.length;
  return {
    ...about,
    handled,
    rows: rows.map(({ weight: _weight, ...row }) => row),
    trend,
    auc,
    verdict: trend === null ? 'too-few' : verdictOf(rows, trend),
  };
}

/** Cochran–Armitage trend of the complaint share over the levels (1955). */
function trendOf(
  rows: readonly { readonly level: number; readonly n: number; readonly complaints: number }[],
): { z: number; p: number } | null {
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const events = rows.reduce((sum, row) => sum + row.complaints, 0);
  const p = events / n;
  const mean = rows.reduce((sum, row) => sum + row.level * row.n, 0) / n;
  const statistic = rows.reduce((sum, row) => sum + (row.level - mean) * (row.complaints - row.n * p), 0);
  const variance = p * (1 - p) * rows.reduce((sum, row) => sum + row.n * (row.level - mean) ** 2, 0);
  if (!(variance > 0)) return null;
  const z = statistic / Math.sqrt(variance);
  return { z, p: twoSided(z) };
}

/** Levels with a handful of grievances do not break the order. */
function verdictOf(rows: LevelValidation['rows'], trend: { readonly z: number; readonly p: number }): LevelValidation['verdict'] {
  if (trend.p >= 0.05 || trend.z <= 0) return 'no-signal';
  const filled = rows.filter((row) => row.n >= 20);
  return filled.every((row, i) => row.share >= (filled[i - 1]?.share ?? 0)) ? 'rises' : 'rises-unevenly';
}
