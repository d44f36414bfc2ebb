import type { Locale } from '../i18n/index.ts';

/** A calendar day as people write it: 11月21日 | 21 Nov; moved by whole days, for ends that are not meant. */
export function dayWords(day: string, locale: Locale, by = 0): string {
  const at = new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + by * 86_400_000);
  return new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    month: locale === 'zh' ? 'long' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(at);
}

/** With its weekday, for readers who know their weeks: 11月21日 周六 | Sat 21 Nov. */
export function dayAndWeekday(day: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day.slice(0, 10)}T00:00:00Z`),
  );
  return locale === 'zh' ? `${dayWords(day, locale)} ${weekday}` : `${weekday} ${dayWords(day, locale)}`;
}
