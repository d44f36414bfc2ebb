import { useTranslation } from 'react-i18next';
import { MISREAD_SHARE } from '../../model/pair-views.ts';
import type { PairProfile, PairRow, PairSummary, RatioView } from '../../model/pair-views.ts';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { RatioCells } from './ratio-cells.tsx';
import { useRatioWords } from './pair-words.ts';

/** What else could have made the ratio, each with a figure: the time before, handling, the calendar, wrong categories. */
export function PairChecks({
  row,
  profile,
  summary,
}: {
  readonly row: PairRow;
  readonly profile: PairProfile | null;
  readonly summary: PairSummary | null;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const figure = useRatioWords();
  const recorded = summary === null ? 0 : summary.recorded / Math.max(1, summary.recorded + summary.read);
  return (
    <div className="stack">
      <h3>{t('pairs.checks')}</h3>
      <div className="scroller panel">
        <table className="table checks">
          <thead>
            <tr>
              <th scope="col">{t('pairs.check')}</th>
              <th scope="col" className="number">
                {t('pairs.saysRatio')}
              </th>
              <th scope="col" className="number">
                {t('pairs.interval')}
              </th>
              <th scope="col">{t('pairs.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('pairs.reverse')}</th>
              <RatioCells rate={row.reverse} />
              <td>{row.reverse === null ? t('pairs.tooFew') : t(reverseWords(row.reverse))}</td>
            </tr>
            {profile === null ? null : (
              <>
                <tr>
                  <th scope="row">{t('pairs.deadTime', { days: profile.dead_time.days })}</th>
                  <RatioCells rate={profile.dead_time.rate} />
                  <td>{t('pairs.deadTimeNote')}</td>
                </tr>
                <tr>
                  <th scope="row">{t('pairs.byClock')}</th>
                  <RatioCells rate={profile.uncalibrated} />
                  <td>{t('pairs.byClockNote')}</td>
                </tr>
              </>
            )}
            <tr>
              <th scope="row">{t('pairs.misread')}</th>
              <td className="number">{figure(row.misread_alone)}</td>
              <td className="number">–</td>
              <td>{t('pairs.misreadNote', { share: percent(recorded, locale, 0), wrong: percent(MISREAD_SHARE, locale, 0) })}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
}

function reverseWords({ low, high }: RatioView): 'pairs.reverseBad' | 'pairs.reverseLow' | 'pairs.reverseOk' {
  if (low > 1) return 'pairs.reverseBad';
  return high < 1 ? 'pairs.reverseLow' : 'pairs.reverseOk';
}
