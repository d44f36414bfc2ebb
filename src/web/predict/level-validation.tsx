import { useTranslation } from 'react-i18next';
import type { LevelValidation } from '../../model/levels.ts';
import { count, decimal, percent, wallTime } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { Whisker } from '../kit/whisker.tsx';

/** Level → complaint share, each with its interval on one scale. */
export function LevelValidationView({ found }: { readonly found: LevelValidation | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (found === null)
    return (
      <section className="panel pad stack">
        <h2>{t('levels.validation')}</h2>
        <p className="faint">{t('levels.validationNone')}</p>
      </section>
    );
  const most = Math.max(0.01, ...found.rows.filter((row) => row.n >= 20).map((row) => row.high));
  return (
    <section className="block">
      <h2>{t('levels.validation')}</h2>
      <p className="faint">
        {t('levels.validationUnder', {
          from: wallTime(found.cutoff).slice(0, 10),
          before: wallTime(found.before).slice(0, 10),
          ground: t(`levels.ground.${found.ground}`),
          hours: found.landmark_hours,
          days: found.outcome_days,
          early: count(found.complained_before, locale),
          called: count(found.called, locale),
          handled: count(found.handled, locale),
        })}
      </p>
      {found.settings_knew && found.set_at !== null ? (
        <p className="note warn">{t('levels.validationKnew', { at: wallTime(found.set_at).slice(0, 10) })}</p>
      ) : null}
      <div className="scroller panel">
        <table className="table">
          <thead>
            <tr>
              <th>{t('levels.title')}</th>
              <th className="number">{t('levels.n')}</th>
              <th className="number">{t('levels.complaints')}</th>
              <th>{t('levels.share')}</th>
            </tr>
          </thead>
          <tbody>
            {found.rows.toReversed().map((row) => (
              <tr key={row.level}>
                <th scope="row">{t('levels.level', { level: row.level })}</th>
                <td className="number">{count(row.n, locale)}</td>
                <td className="number">{count(row.complaints, locale)}</td>
                <td>
                  {row.n === 0 ? (
                    '–'
                  ) : (
                    <Whisker share={row.share} low={row.low} high={row.high} most={most}>
                      {percent(row.share, locale)}{' '}
                      <span className="faint">{`${percent(row.low, locale)}–${percent(row.high, locale)}`}</span>
                    </Whisker>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.trend === null || found.auc === null ? null : (
        <p>
          {t('levels.trend', {
            z: decimal(found.trend.z, 1, locale),
            p: found.trend.p < 0.001 ? '< 0.001' : `= ${decimal(found.trend.p, 3, locale)}`,
            auc: decimal(found.auc, 2, locale),
          })}
        </p>
      )}
      <p className="faint">{t('levels.caveat')}</p>
    </section>
  );
}
