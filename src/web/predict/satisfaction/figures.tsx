import { useTranslation } from 'react-i18next';
import type { AssociationView, Interval } from '../../../model/satisfaction.ts';
import { decimal } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';

const minus = (text: string): string => text.replace('-', '−');

/** −0.42, with the true minus sign. */
export function useR(): (value: number | null) => string {
  const locale = useLocale();
  return (value) => (value === null ? '–' : minus(decimal(value, 2, locale)));
}

export function usePoints(): (value: number | null, digits?: number) => string {
  const locale = useLocale();
  return (value, digits = 1) => (value === null ? '–' : minus(decimal(value, digits, locale)));
}

/** 58.2（57.3 – 59.1） */
export function useInterval(): (of: Interval, digits?: number) => string {
  const { t } = useTranslation();
  const points = usePoints();
  return ({ value, low, high }, digits = 1) =>
    t('satisfaction.interval', { value: points(value, digits), low: points(low, digits), high: points(high, digits) });
}

/** 3.1 … 8.4, or that there is no interval yet. */
export function useSpan(): (of: { readonly low: number | null; readonly high: number | null }) => string {
  const { t } = useTranslation();
  const points = usePoints();
  return ({ low, high }) => (low === null || high === null ? t('satisfaction.noInterval') : `${points(low)} … ${points(high)}`);
}

/** An interval on the line from −1 to 1; the figures stand beside it. */
export function RangeMark({ association: { r, low, high } }: { readonly association: Pick<AssociationView, 'r' | 'low' | 'high'> }) {
  if (r === null || low === null || high === null) return null;
  const at = (value: number): number => 50 + 48 * value;
  return (
    <svg className="range-mark" viewBox="0 0 100 14" width="100" height="14" aria-hidden="true">
      <line x1="2" x2="98" y1="7" y2="7" stroke="var(--line)" />
      <line x1="50" x2="50" y1="2" y2="12" stroke="var(--ink-3)" />
      <line x1={at(low)} x2={at(high)} y1="7" y2="7" stroke="var(--accent)" strokeWidth="3" />
      <circle cx={at(r)} cy="7" r="3.5" fill="var(--accent)" />
    </svg>
  );
}

const LOOK: Readonly<Record<AssociationView['verdict'], string>> = {
  'not-enough-cells': 'over',
  none: '',
  against: 'waits full',
  with: 'waits',
};

/** By shape and word; where the interval alone would say more than the verdict does, why it does not count. */
export function VerdictMark({ association: { verdict, low, high, p, limit } }: { readonly association: AssociationView }) {
  const { t } = useTranslation();
  const leftOut = verdict === 'none' && p !== null && low !== null && high !== null && low * high > 0;
  return (
    <>
      <span className={`state ${LOOK[verdict]}`}>{t(`satisfaction.verdict.${verdict}`)}</span>
      {leftOut ? <div className="faint nowrap">{t('satisfaction.mayBeChance', { p: p.toFixed(3), limit: limit.toFixed(3) })}</div> : null}
    </>
  );
}
