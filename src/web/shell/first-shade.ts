import type { Shade } from '../kit/palette.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

export const REMEMBERED = 'voxloop.theme';
export const prefersDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

export function rememberedChoice(): ThemeChoice {
  const kept = localStorage.getItem(REMEMBERED);
  return THEME_CHOICES.find((choice) => choice === kept) ?? 'system';
}

export const shadeOf = (choice: ThemeChoice): Shade => (choice === 'system' ? (prefersDark().matches ? 'dark' : 'light') : choice);

export function applyShade(shade: Shade): void {
  document.documentElement.dataset['theme'] = shade;
}
