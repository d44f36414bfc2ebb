import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HotWords } from '../../model/hot-words.ts';
import { count, decimal, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { Opens } from './opens.tsx';

/** Each word with both shares side by side; the count opens its voices. */
export function HotWordTable({ hot, narrowing }: { readonly hot: HotWords; readonly narrowing?: (word: string) => string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const most = Math.max(0.0001, ...hot.words.flatMap((one) => [one.share, one.restShare]));
  return (
    <section className="panel">
      <div className="scroller">
        <table className="table words">
          <thead>
            <tr>
              <th scope="col">{t('pain.word')}</th>
              <th scope="col" className="number">
                {t('pain.inThese', { value: count(hot.voices, locale) })}
              </th>
              <th scope="col" colSpan={2}>
                {t(`pain.compared.${hot.against}`, { value: count(hot.rest, locale) })}
              </th>
              <th scope="col" className="number">
                {t('pain.times')}
              </th>
            </tr>
          </thead>
          <tbody>
            {hot.words.map((one) => (
              <tr key={one.word}>
                <td>
                  {narrowing === undefined ? (
                    one.word
                  ) : (
                    <Link to={narrowing(one.word)} title={t('pain.narrow')}>
                      {one.word}
                    </Link>
                  )}
                </td>
                <td className="number">
                  <Opens where={one.where} value={one.voices}>
                    {count(one.voices, locale)}
                  </Opens>
                </td>
                <td className="two-bars" aria-hidden="true">
                  <i style={{ width: `${(100 * one.share) / most}%` }} />
                  <i className="rest" style={{ width: `${(100 * one.restShare) / most}%` }} />
                </td>
                <td className="nowrap">
                  {percent(one.share, locale)} <span className="faint">{t('pain.versus', { share: percent(one.restShare, locale) })}</span>
                </td>
                <td className="number">
                  {one.times === null ? t('pain.onlyHere') : t('pain.fold', { value: decimal(one.times, one.times < 10 ? 1 : 0, locale) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="pager">
        <span className="faint">{t('pain.wordsNote')}</span>
      </div>
    </section>
  );
}
