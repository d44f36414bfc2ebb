import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Names } from '../../model/question.ts';
import type { Locale } from '../i18n/index.ts';

export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh';
}

export function useNameOf(): (names: Names) => string {
  const locale = useLocale();
  return useCallback((names) => names[locale], [locale]);
}
