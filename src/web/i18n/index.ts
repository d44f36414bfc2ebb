import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { analyseTexts } from './analyse-texts.ts';
import { commonTexts } from './common-texts.ts';
import { importTexts } from './import-texts.ts';
import { orderTexts } from './order-texts.ts';
import { inLanguage } from './pairs.ts';
import type { Texts } from './pairs.ts';
import { peopleTexts } from './people-texts.ts';
import { problemTexts } from './problem-texts.ts';
import { voiceTexts } from './voice-texts.ts';
import { warnTexts } from './warn-texts.ts';

const texts = {
  ...commonTexts,
  ...analyseTexts,
  ...voiceTexts,
  ...warnTexts,
  ...orderTexts,
  ...importTexts,
  ...peopleTexts,
  ...problemTexts,
};

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'translation';
    readonly resources: { readonly translation: Texts<typeof texts> };
    readonly returnNull: false;
  }
}

export type Locale = 'zh' | 'en';

const REMEMBERED = 'voxloop.locale';

export function firstLocale(): Locale {
  const kept = localStorage.getItem(REMEMBERED);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const i18n = createInstance();

export function startTexts(locale: Locale): void {
  void i18n.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { zh: { translation: inLanguage(texts, 0) }, en: { translation: inLanguage(texts, 1) } },
  });
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
}

export async function switchLocale(locale: Locale): Promise<void> {
  localStorage.setItem(REMEMBERED, locale);
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  await i18n.changeLanguage(locale);
}
