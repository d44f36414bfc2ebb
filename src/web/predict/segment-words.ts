import type { FeatureUnit, LiftView, SchemeId, TypicalView } from '../../model/segment-views.ts';
import { DIMENSION_OF } from '../../model/segment-views.ts';
import type { Filter, Names } from '../../model/question.ts';
import type { Locale } from '../i18n/index.ts';
import { count, decimal, percent } from '../kit/format.ts';

const UNITS: Readonly<Record<FeatureUnit | 'gigabytes', Names>> = {
  months: { zh: '个月', en: 'months' },
  minutes: { zh: '分钟', en: 'min' },
  megabytes: { zh: 'MB', en: 'MB' },
  gigabytes: { zh: 'GB', en: 'GB' },
  yuan: { zh: '元', en: 'yuan' },
};
const MB_A_GB = 1024;

/** A mean with as many digits as it deserves, and what it is counted in. */
export function meanText(value: number, locale: Locale, unit: FeatureUnit | null = null): string {
  const isLarge = unit === 'megabytes' && value >= MB_A_GB;
  const shown = isLarge ? value / MB_A_GB : value;
  const text = Math.abs(shown) >= 100 ? count(shown, locale) : decimal(shown, Math.abs(shown) >= 10 ? 1 : 2, locale);
  return unit === null ? text : `${text} ${UNITS[isLarge ? 'gigabytes' : unit][locale]}`;
}

export function typicalText(one: TypicalView, locale: Locale): string {
  const name = one.names[locale];
  if (one.mean !== null) return `${name} ${meanText(one.mean, locale, one.unit)}`;
  return `${name} ${one.level ?? ''} ${percent(one.share ?? 0, locale, 0)}`;
}

export const liftName = (lift: LiftView, locale: Locale): string =>
  lift.level === null ? lift.names[locale] : `${lift.names[locale]} ${lift.level}`;

/** A mean, or a share, as the feature is. */
export const sideText = (lift: LiftView, value: number, locale: Locale): string =>
  lift.level === null ? meanText(value, locale, lift.unit) : percent(value, locale);

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

/** Attributes of customers by which voices can be asked for. */
const ATTRIBUTES = ['value_tier', 'brand', 'age_band'];
/** What customers did, as filters of what they said. */
const SAID: Readonly<Record<string, Filter>> = {
  grievances: { field: 'kind', in: ['grievance'] },
  complaints: { field: 'kind', in: ['complaint'] },
  consultations: { field: 'kind', in: ['consultation'] },
  faults: { field: 'kind', in: ['fault'] },
  pressing: { field: 'kind', in: ['grievance', 'complaint', 'fault'] },
  angry: { field: 'feeling', in: ['angry'] },
  negative: { field: 'feeling', in: ['negative', 'angry'] },
  positive: { field: 'feeling', in: ['positive'] },
};

/**
 * The voices that a lift speaks of: those of the segment's customers with that attribute, or those it counts. Of what nobody said in so
 * many words (tenure, usage, repeats) there is no such part: then all of the segment's voices stand behind it. No number of voices stands
 * on the screen, because a lift is a ratio of customers' means or shares.
 */
export function liftWhere(lift: Pick<LiftView, 'feature' | 'level'>, scheme: SchemeId, segment: string, asOf: string): readonly Filter[] {
  const said = SAID[lift.feature];
  const part: readonly Filter[] =
    lift.level !== null && ATTRIBUTES.includes(lift.feature)
      ? [{ field: lift.feature, in: [lift.level] }]
      : said === undefined
        ? []
        : [said];
  return [inSegment(scheme, segment), ...part, windowOf(asOf)];
}
