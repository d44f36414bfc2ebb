import { useTranslation } from 'react-i18next';
import type { SilentView } from '../../../model/satisfaction.ts';
import { Evidence } from '../../kit/evidence.tsx';
import { count, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useInterval, usePoints } from './figures.tsx';

/** How content those probably are who did not answer, and what cannot be known. */
export function SilentPart({ silent }: { readonly silent: SilentView | null }) {
  const { t } = useTranslation();
  return (
    <section className="block" aria-label={t('satisfaction.silentTitle')}>
      <h2>{t('satisfaction.silentTitle')}</h2>
      <div className="panel pad stack">
        {silent === null ? <p className="quiet">{t('satisfaction.silentNone')}</p> : <Said silent={silent} />}
      </div>
    </section>
  );
}

function Said({ silent }: { readonly silent: SilentView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const interval = useInterval();
  const points = usePoints();
  const worse = silent.if_worse.find((one) => one.by === 10);
  const share = (value: number): string => percent(value, locale, 0);
  const where = [
    { field: 'said_at', from: silent.from, before: silent.before },
    { field: 'score_known', in: ['yes'] },
  ];
  return (
    <>
      <p>
        {t('satisfaction.silentWords', {
          customers: count(silent.customers, locale),
          answered: count(silent.answered, locale),
          raw: interval(silent.raw),
          all: interval(silent.all),
          silent: interval(silent.silent),
        })}{' '}
        <Evidence where={where}>{t('satisfaction.answers')}</Evidence>
      </p>
      <p className="quiet">
        {t('satisfaction.silentBias', {
          bias: interval(silent.bias),
          low: silent.rates === null ? '–' : share(silent.rates.low),
          high: silent.rates === null ? '–' : share(silent.rates.high),
          strata: count(silent.strata, locale),
        })}
      </p>
      {worse === undefined ? null : <p className="quiet">{t('satisfaction.silentWorse', { by: worse.by, all: points(worse.all) })}</p>}
    </>
  );
}
