import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Level, LevelDistribution } from '../../model/levels.ts';
import { count, percent, signedPoints } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { withParams } from '../kit/url-state.ts';

/** So far from the wanted share somebody should set the cuts anew. */
const FAR = 0.1;

/** Five bars, the highest level on top: what is, the wanted share as a line across, and how many stand there by the last grading. */
export function LevelBars({
  distribution,
  wanted,
  standing,
}: {
  readonly distribution: LevelDistribution;
  readonly wanted: readonly number[];
  readonly standing: readonly { readonly level: Level; readonly n: number }[];
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params] = useSearchParams();
  const most = Math.max(0.4, ...distribution.shares.map((one) => one.share), ...wanted.map((share) => share / 100));
  const away = distribution.shares
    .map((one) => ({ level: one.level, by: one.share - (wanted[one.level - 1] ?? 0) / 100 }))
    .reduce((a, b) => (Math.abs(b.by) > Math.abs(a.by) ? b : a), { level: 1, by: 0 });
  const wide = (share: number): string => `${Math.min(100, (share / most) * 100)}%`;
  return (
    <section className="panel pad stack">
      <h2>{t('levels.distribution')}</h2>
      <span className="faint">
        {t('levels.previewOf', { days: distribution.days, n: count(distribution.n, locale), of: count(distribution.of, locale) })}
      </span>
      <ul className="funnel-steps levels-bars">
        {distribution.shares.toReversed().map((one) => {
          const stands = standing.find((row) => row.level === one.level)?.n ?? 0;
          return (
            <li key={one.level}>
              <span>
                <strong>{t('levels.level', { level: one.level })}</strong> <span className="faint">{t(`levels.meaning.${one.level}`)}</span>
              </span>
              <span className={`funnel-bar ${one.level >= 4 ? 'hot' : ''}`} aria-hidden="true">
                <i style={{ width: wide(one.share) }} />
                <em style={{ left: wide((wanted[one.level - 1] ?? 0) / 100) }} />
              </span>
              <span className="nowrap">
                {t('levels.now')} {percent(one.share, locale)}{' '}
                <span className="faint">{`${percent(one.low, locale)}–${percent(one.high, locale)}`}</span> · {t('levels.wanted')}{' '}
                {percent((wanted[one.level - 1] ?? 0) / 100, locale)} · {t('levels.standing')}{' '}
                {stands === 0 ? (
                  0
                ) : (
                  <Link className="figure" to={withParams(params, { level: String(one.level) })}>
                    {count(stands, locale)}
                  </Link>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {Math.abs(away.by) < FAR ? null : (
        <p className="note">{t('levels.far', { level: away.level, points: signedPoints(away.by, locale), fit: t('levels.fit') })}</p>
      )}
    </section>
  );
}
