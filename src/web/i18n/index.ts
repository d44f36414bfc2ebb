import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { countedWords } from './counted.ts';
import type { Texts } from './pairs.ts';
import type { texts } from './texts.ts';
import { REMEMBERED, wordsOf } from './words.ts';
import type { Locale, Words } from './words.ts';

export type { Locale };

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'translation';
    readonly resources: { readonly translation: Texts<typeof texts> };
    readonly returnNull: false;
  }
}

export const i18n = createInstance();

const COUNTED = { type: 'postProcessor', name: 'counted', process: countedWords } as const;

export async function startTexts(locale: Locale, words: Words): Promise<void> {
  await i18n
    .use(initReactI18next)
    .use(COUNTED)
    .init({
      lng: locale,
      fallbackLng: false,
      initAsync: false,
      postProcess: [COUNTED.name],
      interpolation: { escapeValue: false },
      resources: { [locale]: { translation: words } },
    });
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
}

export async function switchLocale(locale: Locale): Promise<void> {
  localStorage.setItem(REMEMBERED, locale);
  if (!i18n.hasResourceBundle(locale, 'translation')) i18n.addResourceBundle(locale, 'translation', await wordsOf(locale));
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  await i18n.changeLanguage(locale);
}
