import type { SourceName } from './world.ts';

/** Share of a day's voices per hour, by where they are said. */
export const HOURS: Readonly<Record<SourceName, readonly number[]>> = {
  hotline: [4, 3, 2, 1, 1, 2, 8, 20, 52, 80, 84, 70, 48, 52, 66, 70, 66, 58, 54, 62, 60, 46, 24, 10],
  hall: [0, 0, 0, 0, 0, 0, 0, 0, 10, 70, 90, 70, 30, 40, 70, 80, 70, 36, 6, 0, 0, 0, 0, 0],
  app: [14, 8, 5, 3, 3, 4, 10, 24, 36, 44, 46, 46, 54, 46, 42, 42, 44, 48, 56, 70, 84, 86, 64, 32],
  field: [0, 0, 0, 0, 0, 0, 0, 6, 44, 80, 84, 60, 20, 50, 80, 80, 70, 40, 12, 2, 0, 0, 0, 0],
  survey: [0, 0, 0, 0, 0, 0, 0, 0, 4, 50, 80, 70, 20, 20, 70, 80, 70, 40, 20, 8, 0, 0, 0, 0],
};

/** Sunday first. */
export const WEEKDAYS = [0.82, 1.14, 1.08, 1.05, 1.02, 1.02, 0.87];

type Mix<T extends string> = readonly (readonly [T, number])[];

/** Where people of a topic turn to; the longest matching prefix decides. */
const SOURCE_MIXES: readonly (readonly [string, Mix<SourceName>])[] = [
  [
    '',
    [
      ['hotline', 56],
      ['app', 27],
      ['hall', 9],
      ['survey', 8],
    ],
  ],
  [
    'fixed',
    [
      ['hotline', 54],
      ['app', 20],
      ['hall', 2],
      ['survey', 7],
      ['field', 17],
    ],
  ],
  [
    'install',
    [
      ['hotline', 56],
      ['app', 18],
      ['hall', 10],
      ['survey', 8],
      ['field', 8],
    ],
  ],
  [
    'market/handling',
    [
      ['hotline', 48],
      ['app', 20],
      ['hall', 25],
      ['survey', 7],
    ],
  ],
  [
    'service/hall',
    [
      ['hotline', 46],
      ['app', 32],
      ['hall', 10],
      ['survey', 12],
    ],
  ],
  [
    'realname',
    [
      ['hotline', 38],
      ['app', 20],
      ['hall', 38],
      ['survey', 4],
    ],
  ],
];

export function sourceMixOf(category: string): Mix<SourceName> {
  const fitting = SOURCE_MIXES.filter(([prefix]) => category.startsWith(prefix));
  return fitting.at(-1)?.[1] ?? [];
}

/** Products whose holders speak of a topic; null = anybody. */
export function productOf(category: string): string | null {
  if (category.startsWith('fixed/iptv')) return '互联网电视';
  if (category.startsWith('fixed/landline')) return '固话';
  if (category.startsWith('fixed/leased-line')) return '集团专线';
  if (category.startsWith('fixed') || category.startsWith('install')) return '宽带';
  if (category.startsWith('mobile') || category.startsWith('data')) return '移动电话';
  return null;
}
