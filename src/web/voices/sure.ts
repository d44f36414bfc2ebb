import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

export type Sure = 'sure' | 'likely' | 'guess';

/** A share of right answers in words: of readings called sure at least four in five are right. */
export function sureOf(confidence: number): Sure {
  if (confidence >= 0.8) return 'sure';
  return confidence >= 0.5 ? 'likely' : 'guess';
}

export function useSure(): (confidence: number) => string {
  const { t } = useTranslation();
  return useCallback((confidence: number) => t(`voices.sure.${sureOf(confidence)}`), [t]);
}
