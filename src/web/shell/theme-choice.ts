import { useEffect, useState } from 'react';
import type { Shade } from '../kit/palette.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const REMEMBERED = 'voxloop.theme';
const prefersDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

export function rememberedChoice(): ThemeChoice {
  const kept = localStorage.getItem(REMEMBERED);
  return THEME_CHOICES.find((choice) => choice === kept) ?? 'system';
}

export const shadeOf = (choice: ThemeChoice): Shade => (choice === 'system' ? (prefersDark().matches ? 'dark' : 'light') : choice);

export function applyShade(shade: Shade): void {
  document.documentElement.dataset['theme'] = shade;
}

/** The choice and the shade that follows from it, the system's change included. */
export function useTheme() {
  const [choice, setChoice] = useState(rememberedChoice);
  const [shade, setShade] = useState(() => shadeOf(choice));
  useEffect(() => {
    const follow = (): void => setShade(shadeOf(choice));
    follow();
    const system = prefersDark();
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [choice]);
  useEffect(() => applyShade(shade), [shade]);
  const choose = (next: ThemeChoice): void => {
    localStorage.setItem(REMEMBERED, next);
    setChoice(next);
  };
  return { choice, choose, shade };
}
