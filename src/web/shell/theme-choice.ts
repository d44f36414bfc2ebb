import { useEffect, useState } from 'react';
import { REMEMBERED, applyShade, prefersDark, rememberedChoice, shadeOf } from './first-shade.ts';
import type { ThemeChoice } from './first-shade.ts';

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
