import type { MetricKind } from '../../model/comparison.ts';
import type { Locale } from '../i18n/index.ts';
import { decimal } from '../kit/format.ts';

/** A difference of shares is told in percentage points, any other in the metric's unit. */
export const inPoints = (kind: MetricKind, effect: number | null): boolean =>
  kind === 'share' || kind === 'rate' || kind === 'events' || (kind === 'bare' && Math.abs(effect ?? 0) < 1);

/** −1.40 | +0.25 of percentage points or units; the true minus sign. */
export function difference(value: number | null, points: boolean, locale: Locale): string {
  if (value === null) return '–';
  const text = decimal(Math.abs(points ? value * 100 : value), 2, locale);
  const zero = Number(Math.abs(points ? value * 100 : value).toFixed(2)) === 0;
  return zero ? text : `${value < 0 ? '−' : '+'}${text}`;
}

/** A share as a percentage with two digits, or the mean. */
export function level(value: number | null, points: boolean, locale: Locale): string {
  if (value === null) return '–';
  return points ? `${decimal(value * 100, 2, locale)}%` : decimal(value, 2, locale);
}

/** .216 | 5e−9: small ones by their size. */
export function chance(p: number | null): string {
  if (p === null) return '–';
  if (p >= 0.001) return p.toFixed(3);
  return p === 0 ? '< 1e−300' : p.toExponential(1).replace('-', '−');
}

/** With the true minus sign. */
export const signed = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');
