import { twoSided } from '../../maths/distributions.ts';
import { wilson } from '../../maths/proportions.ts';
import { rocAuc } from '../../maths/roc.ts';
import { LEVELS, type LevelSettings, type LevelValidation } from '../../model/levels.ts';
import { type GrievanceFacts, gradeOf } from './grade.ts';

/** A grievance at its landmark, and what came after. */
export interface Followed extends GrievanceFacts {
  readonly complained: boolean;
}

const FEWEST = 200;
const FEWEST_COMPLAINTS = 20;

export function validationOf(
  followed: readonly Followed[],
  settings: LevelSettings,
  about: Omit<LevelValidation, 'rows' | 'trend' | 'auc' | 'verdict'>,
): LevelValidation {
  const graded = followed.map((one) => ({ ...gradeOf(one, settings), complained: one.complained }));
  const rows = LEVELS.map((level) => {
    const own = graded.filter((one) => one.level === level);
    const share = { events: own.filter((one) => one.complained).length, n: own.length };
    const interval = own.length === 0 ? { low: 0, high: 1 } : wilson(share);
    return { level, n: share.n, complaints: share.events, share: own.length === 0 ? 0 : share.events / share.n, ...interval };
  });
  const complaints = graded.filter((one) => one.complained).length;
  const enough = graded.length >= FEWEST && complaints >= FEWEST_COMPLAINTS && complaints < graded.length;
  const trend = enough ? trendOf(rows) : null;
  const auc = enough
    ? rocAuc(
        Float64Array.from(graded, (one) => one.score),
        Uint8Array.from(graded, (one) => Number(one.complained)),
      )
    : null;
  return { ...about, rows, trend, auc, verdict: trend === null ? 'too-few' : verdictOf(rows, trend) };
}

/** Cochran–Armitage trend of the complaint share over the levels (1955). */
export function trendOf(
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
