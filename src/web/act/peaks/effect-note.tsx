import { useTranslation } from 'react-i18next';
import type { EffectNow } from '../../../model/peaks.ts';
import { count, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';

/** Which effect counts and how it is known; an assumption is called one. */
export function EffectNote({ effect }: { readonly effect: EffectNow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { source, value, low, high, experiment, customers } = effect;
  return (
    <p className={source === 'assumption' ? 'note warn' : 'note'}>
      <span className="tag">{t(source === 'assumption' ? 'peaks.assumed' : 'peaks.measured')}</span>{' '}
      {t(`peaks.effect.${source}`, {
        value: percent(value, locale, 0),
        low: percent(low, locale, 0),
        high: percent(high, locale, 0),
        name: experiment?.name ?? '',
        customers: count(customers ?? 0, locale),
      })}
    </p>
  );
}
