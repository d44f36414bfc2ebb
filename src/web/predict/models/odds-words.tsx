import { useTranslation } from 'react-i18next';
import type { OddsFactor } from '../../../model/complaint-odds.ts';
import { decimal, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useLabels } from '../../kit/vocabulary.ts';

/** Name of a feature in words; one that a later version knows and this page does not, as it is written. */
export function useFeatureName(): (name: string) => string {
  const { t, i18n } = useTranslation();
  return (name) => (i18n.exists(`odds.feature.${name}`) ? t(`odds.feature.${name}` as 'odds.feature.category') : name);
}

/** Features whose values are those of a dimension of another name. */
const DIMENSION_OF: Readonly<Record<string, string>> = { last_category: 'category', topic: 'category_2' };
export const dimensionOf = (feature: string): string => DIMENSION_OF[feature] ?? feature;

/** What a customer has there, in words. */
export function useFactorValue(): (factor: Pick<OddsFactor, 'name' | 'value'>) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  return ({ name, value }) => {
    if (value === null) return t('odds.unknown');
    if (typeof value === 'string') return labels.value(dimensionOf(name), value);
    if (name.includes('share')) return percent(value, locale);
    return decimal(value, Number.isInteger(value) ? 0 : 1, locale);
  };
}

/** Name of an action of the pack that ships; another pack's by its code. */
export function useActionName(): (kind: string) => string {
  const { t, i18n } = useTranslation();
  return (kind) => (i18n.exists(`odds.actionName.${kind}`) ? t(`odds.actionName.${kind}` as 'odds.actionName.callback') : kind);
}

/** Name of a branch of the first or second level. */
export function useTopicName(): (topic: string) => string {
  const labels = useLabels();
  return (topic) => labels.value(topic.includes('/') ? 'category_2' : 'category_1', topic);
}

/** A difference of shares in percentage points, with the true minus sign. */
export function usePoints(): (share: number) => string {
  const locale = useLocale();
  return (share) => decimal(100 * share, 1, locale).replace('-', '−');
}

export function useOddsInterval(): (p: number, low: number, high: number) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return (p, low, high) => t('odds.interval', { p: percent(p, locale), low: percent(low, locale), high: percent(high, locale) });
}

/** Reasons of one score: what, what it is here, and which way it moves. */
export function Reasons({ factors }: { readonly factors: readonly OddsFactor[] }) {
  const { t } = useTranslation();
  const nameOf = useFeatureName();
  const valueOf = useFactorValue();
  const most = Math.max(0.01, ...factors.map(({ effect }) => Math.abs(effect)));
  return (
    <ul className="odds-reasons">
      {factors
        .filter(({ name }) => name !== 'activity')
        .map((factor) => (
          <li key={factor.name}>
            <span aria-hidden="true">{factor.effect > 0 ? '↑' : '↓'}</span>
            <span>
              {nameOf(factor.name)} <b>{valueOf(factor)}</b>
              <span className="visually-hidden"> {factor.effect > 0 ? t('odds.raises') : t('odds.lowers')}</span>
            </span>
            <i
              className={factor.effect > 0 ? 'up' : 'down'}
              style={{ width: `${(48 * Math.abs(factor.effect)) / most}px` }}
              aria-hidden="true"
            />
          </li>
        ))}
    </ul>
  );
}
