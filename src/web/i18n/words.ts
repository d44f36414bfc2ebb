export type Locale = 'zh' | 'en';

export const REMEMBERED = 'voxloop.locale';

export function firstLocale(): Locale {
  const kept = localStorage.getItem(REMEMBERED);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Each language is a file of its own. */
const WORDS = {
  zh: async () => (await import('./zh.ts')).words,
  en: async () => (await import('./en.ts')).words,
} as const;

export type Words = Awaited<ReturnType<(typeof WORDS)[Locale]>>;
export const wordsOf = (locale: Locale): Promise<Words> => WORDS[locale]();
