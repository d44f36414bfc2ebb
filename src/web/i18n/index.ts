import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { countedWords } from './counted.ts';
import type { Texts } from './pairs.ts';
import type { texts } from './texts.ts';

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

/** Each language is a file of its own. */
const WORDS = {
  zh: async () => (await import('./zh.ts')).words,
  en: async () => (await import('./en.ts')).words,
} as const;

const COUNTED = { type: 'postProcessor', name: 'counted', process: countedWords } as const;

export async function startTexts(locale: Locale): Promise<void> {
  const words = await WORDS[locale]();
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
  if (!i18n.hasResourceBundle(locale, 'translation')) i18n.addResourceBundle(locale, 'translation', await WORDS[locale]());
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  await i18n.changeLanguage(locale);
}
