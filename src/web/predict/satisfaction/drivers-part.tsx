import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DriverView, DriversView } from '../../../model/satisfaction.ts';
import { Answered } from '../../kit/answered.tsx';
import { Evidence } from '../../kit/evidence.tsx';
import { count, percent } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { satisfactionDrivers } from './calls.ts';
import { usePoints, useR } from './figures.tsx';

/** What drives the overall score: loaded by itself, because it trains models and takes seconds. */
export function DriversPart() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['satisfaction-drivers'], queryFn: ({ signal }) => satisfactionDrivers(signal), staleTime: 300_000 });
  return (
    <section className="block" aria-label={t('satisfaction.driversTitle')}>
      <h2>{t('satisfaction.driversTitle')}</h2>
      <Answered query={query} rows={4}>
        {({ drivers }) => (drivers === null ? <p className="quiet">{t('satisfaction.driversNone')}</p> : <Found found={drivers} />)}
      </Answered>
    </section>
  );
}

function Found({ found }: { readonly found: DriversView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = usePoints();
  const r = useR();
  const words = t(`satisfaction.driversWords.${found.verdict}`, {
    answers: count(found.answered, locale),
    mean: points(found.mean, 2),
    low: points(found.low_at_most, 0),
    share: percent(found.low_share, locale, 0),
    auc: r(found.auc),
    aucLow: r(found.auc_low),
    aucHigh: r(found.auc_high),
  });
  return (
    <>
      <p>
        {words}
        {found.answers_of > found.answered
          ? ` ${t('satisfaction.driversNewest', { answers: count(found.answered, locale), of: count(found.answers_of, locale) })}`
          : ''}{' '}
        <Evidence where={found.answers_where}>{t('satisfaction.answers')}</Evidence>
      </p>
      {found.halo?.warning === true ? (
        <div className="note warn">{t('satisfaction.halo', { share: percent(found.halo.share, locale, 0) })}</div>
      ) : null}
      {found.verdict === 'no_signal' ? null : (
        <>
          <DriverTable drivers={found.drivers} />
          <p className="faint">{t('satisfaction.driversNote', { r2: percent(found.r2, locale, 0) })}</p>
        </>
      )}
    </>
  );
}

function DriverTable({ drivers }: { readonly drivers: readonly DriverView[] }) {
  const { t } = useTranslation();
  const most = Math.max(0.01, ...drivers.map((one) => one.high));
  return (
    <div className="panel">
      <div className="scroller" tabIndex={0} role="group" aria-label={t('satisfaction.driversTitle')}>
        <table className="table satisfaction-items">
          <thead>
            <tr>
              <th scope="col">{t('satisfaction.driver')}</th>
              <th scope="col">
                {t('satisfaction.weightShare')} <small>{t('satisfaction.rUnit')}</small>
              </th>
              <th scope="col">
                {t('satisfaction.effect')} <small>{t('satisfaction.rUnit')}</small>
              </th>
              <th scope="col" className="number" title={t('satisfaction.topTen')}>
                {t('satisfaction.topTen').split(/[：:]/)[0]}
              </th>
            </tr>
          </thead>
          <tbody>
            {drivers.map((one) => (
              <DriverLine key={one.name} driver={one} most={most} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function DriverLine({ driver, most }: { readonly driver: DriverView; readonly most: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const points = usePoints();
  const labels = useLabels();
  const share = (value: number): string => percent(value, locale, 0);
  const at = (value: number): number => (100 * value) / most;
  const name = driver.value === null ? nameOf(driver.names) : `${nameOf(driver.names)} = ${labels.value(driver.name, driver.value)}`;
  return (
    <tr>
      <th scope="row">{driver.where === null ? name : <Evidence where={driver.where}>{name}</Evidence>}</th>
      <td className="nowrap">
        <svg className="range-mark" viewBox="0 0 100 14" width="100" height="14" preserveAspectRatio="none" aria-hidden="true">
          <rect x="0" y="4" width={at(driver.weight)} height="6" fill="var(--accent)" opacity="0.35" />
          <line x1={at(driver.low)} x2={at(driver.high)} y1="7" y2="7" stroke="var(--accent)" strokeWidth="2" />
        </svg>{' '}
        {share(driver.weight)}{' '}
        <span className="faint">
          {share(driver.low)} … {share(driver.high)}
        </span>
      </td>
      <td className="nowrap">
        {points(driver.effect, 2)}{' '}
        <span className="faint">
          {points(driver.effect_low, 2)} … {points(driver.effect_high, 2)}{' '}
          {t(driver.unit === 'yes' ? 'satisfaction.ifSo' : 'satisfaction.perSd')}
        </span>
      </td>
      <td className="number">{share(driver.top_ten)}</td>
    </tr>
  );
}
