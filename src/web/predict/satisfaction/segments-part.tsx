import { useTranslation } from 'react-i18next';
import type { ServiceDetail } from '../../../model/satisfaction.ts';
import { count } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { RangeMark, useR, VerdictMark } from './figures.tsx';

/** The same association within each segment. */
export function SegmentsPart({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const r = useR();
  if (detail.segments.length === 0) return null;
  return (
    <section className="block" aria-label={t('satisfaction.segmentsTitle')}>
      <h2>{t('satisfaction.segmentsTitle')}</h2>
      <div className="panel">
        <div className="scroller" tabIndex={0} role="group" aria-label={t('satisfaction.segmentsTitle')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('satisfaction.place.segment')}</th>
                <th scope="col">{t('satisfaction.r')}</th>
                <th scope="col" className="number">
                  {t('satisfaction.cells')}
                </th>
                <th scope="col" className="number">
                  {t('satisfaction.answers')}
                </th>
                <th scope="col">{t('satisfaction.verdictTitle')}</th>
              </tr>
            </thead>
            <tbody>
              {detail.segments.map(({ segment, names, association }) => (
                <tr key={segment}>
                  <th scope="row">{nameOf(names)}</th>
                  <td className="nowrap">
                    <RangeMark association={association} /> {r(association.r)}{' '}
                    <span className="faint">
                      {r(association.low)} … {r(association.high)}
                    </span>
                  </td>
                  <td className="number">{count(association.n, locale)}</td>
                  <td className="number">{count(association.answers, locale)}</td>
                  <td>
                    <VerdictMark association={association} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}
