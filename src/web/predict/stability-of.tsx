import { useTranslation } from 'react-i18next';
import type { ClusterFigures, SegmentsView } from '../../model/segment-views.ts';
import { decimal, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

/** Whether the clusters may be relied on: in words, then the numbers of clusters that were tried. */
export function StabilityOf({ figures }: { readonly figures: ClusterFigures }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section className="block" aria-label={t('segments.stabilityTitle')}>
      <h2>{t('segments.stabilityTitle')}</h2>
      <div className={figures.verdict === 'stable' ? 'note' : 'note warn'}>
        {t(`segments.verdict.${figures.verdict}`, { ari: decimal(figures.ari, 2, locale) })}
      </div>
      <details>
        <summary>{t('segments.tried')}</summary>
        <div className="scroller">
          <table className="table numbers" aria-label={t('segments.tried')}>
            <thead>
              <tr>
                <th scope="col">{t('segments.k')}</th>
                <th scope="col" className="number">
                  {t('segments.ari')}
                </th>
                <th scope="col" className="number">
                  {t('segments.silhouette')}
                </th>
              </tr>
            </thead>
            <tbody>
              {figures.tried.map((one) => (
                <tr key={one.clusters}>
                  <th scope="row">
                    {one.clusters} {one.clusters === figures.clusters ? <span className="tag">{t('segments.chosen')}</span> : null}
                  </th>
                  <td className="number">
                    {decimal(one.ari, 2, locale)} ± {decimal(1.96 * one.ari_error, 2, locale)}
                  </td>
                  <td className="number">{decimal(one.silhouette, 2, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="faint">{t('segments.shuffled', { value: decimal(figures.shuffled_silhouette, 2, locale) })}</p>
      </details>
    </section>
  );
}

/** Beyond chance by so much, the types are told of something. */
const BEYOND_CHANCE = 1.5;

/** Whether temperaments are more than chance. */
export function ToldOf({ told }: { readonly told: NonNullable<SegmentsView['told']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const isSignal = told.share > told.by_chance * BEYOND_CHANCE;
  return (
    <div className={isSignal ? 'note' : 'note warn'}>
      {t(`segments.told.${isSignal ? 'signal' : 'chance'}`, {
        share: percent(told.share, locale, 0),
        chance: percent(told.by_chance, locale, 0),
      })}
    </div>
  );
}
