import { INDICATORS, type LevelSettings } from '../../model/levels.ts';

export interface SettingChange {
  readonly part: 'weights' | 'hours' | 'ratio' | 'cuts' | 'shares';
  readonly before: string;
  readonly after: string;
}

const partsOf = ({ weights, scales, cuts, shares }: LevelSettings): readonly (readonly [SettingChange['part'], string])[] => [
  ['weights', INDICATORS.map((name) => weights[name]).join(' : ')],
  ['hours', scales.duration.join(' / ')],
  ['ratio', scales.association.join(' / ')],
  ['cuts', cuts.join(' / ')],
  ['shares', shares.join(' / ')],
];

/** What a version changed of the one before. */
export function changesOf(before: LevelSettings, after: LevelSettings): readonly SettingChange[] {
  const was = new Map(partsOf(before));
  return partsOf(after).flatMap(([part, value]) => (was.get(part) === value ? [] : [{ part, before: was.get(part) ?? '', after: value }]));
}

export const sumOf = (shares: readonly number[]): number => Math.round(shares.reduce((sum, share) => sum + share, 0) * 100) / 100;
