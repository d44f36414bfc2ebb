import type { LiftView, SchemeId, TypicalView } from '../../model/segment-views.ts';
import { DIMENSION_OF } from '../../model/segment-views.ts';
import type { Filter } from '../../model/question.ts';
import type { Locale } from '../i18n/index.ts';
import { count, decimal, percent } from '../kit/format.ts';

/** A mean with as many digits as it deserves. */
export const meanText = (value: number, locale: Locale): string =>
  Math.abs(value) >= 100 ? count(value, locale) : decimal(value, Math.abs(value) >= 10 ? 1 : 2, locale);

export function typicalText(one: TypicalView, locale: Locale): string {
  const name = one.names[locale];
  if (one.mean !== null) return `${name} ${meanText(one.mean, locale)}`;
  return `${name} ${one.level ?? ''} ${percent(one.share ?? 0, locale, 0)}`;
}

export const liftName = (lift: LiftView, locale: Locale): string =>
  lift.level === null ? lift.names[locale] : `${lift.names[locale]} ${lift.level}`;

/** A mean, or a share, as the feature is. */
export const sideText = (lift: LiftView, value: number, locale: Locale): string =>
  lift.level === null ? meanText(value, locale) : percent(value, locale);

/** The window of a run: 180 days before it. */
export function windowOf(asOf: string): Filter {
  return { field: 'said_at', from: new Date(Date.parse(asOf) - 180 * 86_400_000).toISOString(), before: asOf };
}

export const inSegment = (scheme: SchemeId, segment: string): Filter => ({ field: DIMENSION_OF[scheme], in: [segment] });

/** Where an interval lies on a scale of logarithms from a quarter to four times, in per cent. */
export function placeOnScale(lift: number): number {
  const at = (Math.log2(Math.min(4, Math.max(0.25, lift))) + 2) / 4;
  return Math.round(at * 1000) / 10;
}
