import { useTranslation } from 'react-i18next';
import type { BackTest, PeaksView } from '../../../model/peaks.ts';
import { count, decimal, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { Grid } from '../handling/grid.tsx';

/** Today's line of each city with what it came from, and whether such lines held on past days. */
export function LinesPart({ found }: { readonly found: PeaksView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const titles = [
    { text: t('peaks.city') },
    { text: t('peaks.line'), number: true },
    { text: t('peaks.hours'), number: true },
    { text: t('peaks.calls'), number: true },
    { text: t('peaks.above'), number: true },
    { text: t('peaks.heldOut'), number: true },
    { text: t('peaks.waiting'), number: true },
    { text: t('peaks.done'), number: true },
    { text: t('peaks.prevented'), number: true },
    { text: t('peaks.value'), number: true },
    { text: t('peaks.basis'), number: true },
  ];
  return (
    <>
      {found.lines.length === 0 ? null : (
        <section className="block" aria-label={t('peaks.lines')}>
          <h2>{t('peaks.lines')}</h2>
          <Grid
            label={t('peaks.lines')}
            titles={titles}
            rows={found.lines.map((line) => ({
              key: line.city,
              cells: [
                labels.value('city', line.city),
                line.line === null ? '–' : decimal(line.line, 1, locale),
                decimal(line.minutes / 60, 1, locale),
                count(line.calls, locale),
                count(line.above, locale),
                count(line.held_out, locale),
                count(line.waiting, locale),
                count(line.done, locale),
                `${decimal(line.prevented, 1, locale)} (${decimal(line.prevented_low, 1, locale)} – ${decimal(line.prevented_high, 1, locale)})`,
                count(line.value, locale),
                t('peaks.solvedFrom', { days: line.days }),
              ],
            }))}
          />
          <p className="quiet">{t('peaks.help.line')}</p>
          <p className="quiet">
            {t('peaks.help.prevented')} {t('peaks.help.value')}
          </p>
        </section>
      )}
      <Tested found={found.back_test} />
    </>
  );
}

function Tested({ found }: { readonly found: BackTest | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const missed = found?.days.filter((one) => !one.fits) ?? [];
  const share = (value: number): string => percent(value, locale);
  return (
    <section className="block" aria-label={t('peaks.backTest')}>
      <h2>{t('peaks.backTest')}</h2>
      <p className={found !== null && found.fitted < 0.9 ? 'state needs' : undefined}>
        {found === null
          ? t('peaks.backTestNone')
          : t('peaks.backTestWords', {
              n: count(found.days.length, locale),
              fitted: share(found.fitted),
              low: share(found.low),
              high: share(found.high),
            })}
      </p>
      {missed.length === 0 ? null : (
        <details>
          <summary>{t('peaks.missed')}</summary>
          <ul className="plain-list tight">
            {missed.map(({ city, day, above, calls }) => (
              <li key={`${city} ${day}`}>{t('peaks.missedDay', { day, city: labels.value('city', city), above, calls })}</li>
            ))}
          </ul>
        </details>
      )}
      <p className="quiet">{t('peaks.help.backTest')}</p>
    </section>
  );
}
