import { INDICATORS, type LevelSettings, type LevelVersion } from '../../model/levels.ts';
import type { Problem } from '../../model/problem.ts';

/**
 * The shares of the Hebei study (5: 10–15 %, 4: 15–20 %, 3: 30 %, 2: 20 %, 1: 20 %) sum to 95–105 %; these sum to 100. Cuts are
 * starting values: they are fitted to one's own grievances on the page.
 */
export const FIRST_SETTINGS: LevelSettings = {
  weights: { duration: 1, effect: 1, association: 2, tolerance: 2 },
  scales: { duration: [24, 72, 168, 336], association: [0.5, 0.8, 1.25, 2] },
  cuts: [0.38, 0.48, 0.6, 0.7],
  shares: [20, 20, 30, 17.5, 12.5],
};

/**
 * When the grading of now was set: settings that grade alike (only the wanted shares differ, or a note) are no new grading. null: as
 * shipped.
 */
export function gradingSetAt([current, ...older]: readonly [LevelVersion, ...LevelVersion[]]): LevelVersion['at'] {
  const first = older.findIndex((one) => !gradesAlike(one.settings, current.settings));
  return (older.slice(0, first < 0 ? older.length : first).at(-1) ?? current).at;
}

const gradesAlike = (a: LevelSettings, b: LevelSettings): boolean =>
  INDICATORS.every((name) => a.weights[name] === b.weights[name]) &&
  alike(a.scales.duration, b.scales.duration) &&
  alike(a.scales.association, b.scales.association) &&
  alike(a.cuts, b.cuts);

const alike = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value, i) => value === b[i]);

const TOLERATED = 0.05;

/** Everything that is wrong with settings, at once. */
export const settingsProblems = (settings: LevelSettings): readonly Problem[] => [
  ...gradingProblems(settings),
  ...sharesProblems(settings.shares),
];

/** What of them keeps grievances from being graded: wanted shares that do not sum to 100 do not, while they are tried. */
export function gradingProblems(settings: LevelSettings): readonly Problem[] {
  return [
    ...INDICATORS.flatMap((name) => outside(`weights.${name}`, settings.weights[name], 0, 100)),
    ...(INDICATORS.every((name) => settings.weights[name] === 0) ? [{ code: 'field-required', column: 'weights' } as const] : []),
    ...rising('scales.duration', settings.scales.duration, 0, 24 * 365),
    ...rising('scales.association', settings.scales.association, 0, 1000),
    ...rising('cuts', settings.cuts, 0, 1),
    ...sized('shares', settings.shares, 5),
  ];
}

function sharesProblems(shares: readonly number[]): readonly Problem[] {
  const problems: Problem[] = shares.flatMap((share, i) => outside(`shares.${i + 1}`, share, 0, 100));
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 100) > TOLERATED)
    problems.push({
      code: 'shares-not-100',
      column: 'shares',
      params: { sum: round(sum), missing: round(100 - sum), shares: shares.map(round).join(' + ') },
    });
  return problems;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Four values, each larger than the one before. */
function rising(column: string, values: readonly number[], min: number, max: number): readonly Problem[] {
  return [
    ...sized(column, values, 4),
    ...values.flatMap((value, i) => outside(`${column}.${i + 2}`, value, min, max)),
    ...values.flatMap((value, i): readonly Problem[] => {
      const before = values[i - 1];
      return before === undefined || value > before
        ? []
        : [{ code: 'value-not-rising', column: `${column}.${i + 2}`, params: { value, before } }];
    }),
  ];
}

const sized = (column: string, values: readonly number[], size: number): readonly Problem[] =>
  values.length === size ? [] : [{ code: 'value-out-of-range', column, params: { min: size, max: size } }];

const outside = (column: string, value: number, min: number, max: number): readonly Problem[] =>
  Number.isFinite(value) && value >= min && value <= max ? [] : [{ code: 'value-out-of-range', column, params: { min, max } }];
