import { useTranslation } from 'react-i18next';
import type { OddsPage } from '../../../model/complaint-odds.ts';
import { count, decimal, fullMoment, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useFeatureName } from './odds-words.tsx';

export function VersionsPart({ versions }: Pick<OddsPage, 'versions'>) {
  const { t } = useTranslation();
  const locale = useLocale();
  const n = (value: number, digits = 3): string => decimal(value, digits, locale);
  return (
    <section className="panel pad stack" aria-label={t('odds.versions')}>
      <h2>{t('odds.versions')}</h2>
      <div className="scroller">
        <table className="table numbers">
          <thead>
            <tr>
              <th scope="col">{t('odds.version')}</th>
              <th scope="col">{t('odds.state.champion')}</th>
              <th scope="col" className="number">
                {t('odds.auc')}
              </th>
              <th scope="col" className="number">
                {t('odds.against')}
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.id}>
                <td>{fullMoment(version.trained_at, locale)}</td>
                <td>
                  {t(`odds.state.${version.state}`)} <span className="faint">{t(`odds.reason.${version.why}`)}</span>
                </td>
                <td className="number">
                  {n(version.auc)} ({n(version.auc_low)}–{n(version.auc_high)})
                </td>
                <td className="number">{version.against === null ? '–' : n(version.against.z, 1).replace('-', '−')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function DriftPart({ drift, large }: Pick<OddsPage, 'drift' | 'large'>) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useFeatureName();
  const moved = drift.filter(({ state }) => state === 'moved');
  const enough = drift.some(({ state }) => state !== 'too-few');
  const names = moved.map(({ name }) => nameOf(name)).join(locale === 'zh' ? '、' : ', ');
  return (
    <section className="panel pad stack">
      <h2>{t('odds.drift')}</h2>
      <p className={moved.length > 0 ? 'note warn' : ''}>
        {moved.length > 0 ? t('odds.driftMoved', { names }) : t(enough ? 'odds.driftStable' : 'odds.driftNone')}
      </p>
      {large === null ? null : (
        <p className={Math.abs(large.z) > 2.6 ? 'note warn' : 'quiet'}>
          {t('odds.large', {
            scores: count(large.scores, locale),
            stated: percent(large.stated, locale),
            happened: percent(large.happened, locale),
          })}{' '}
          {Math.abs(large.z) > 2.6 ? t('odds.largeAlarm') : null}
        </p>
      )}
      {enough ? (
        <div className="scroller">
          <table className="table numbers">
            <tbody>
              {drift.slice(0, 6).map(({ name, index, state }) => (
                <tr key={name}>
                  <th scope="row">{nameOf(name)}</th>
                  <td className="number">{decimal(index, 3, locale)}</td>
                  <td>{t(`odds.driftState.${state}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}
