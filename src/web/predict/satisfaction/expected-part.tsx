import { useTranslation } from 'react-i18next';
import type { ServiceDetail } from '../../../model/satisfaction.ts';
import { count, percent } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { usePoints, useSpan } from './figures.tsx';

/** What answers of the last month say about grievances of the next, and whether they ever said anything. */
export function ExpectedPart({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = usePoints();
  const { expected } = detail;
  const words = t(`satisfaction.expectedVerdict.${expected.verdict}`, {
    tested: count(expected.tested, locale),
    error: points(expected.error),
    without: points(expected.error_without),
    z: points(expected.z),
  });
  return (
    <section className="block" aria-label={t('satisfaction.expectedTitle')}>
      <h2>{t('satisfaction.expectedTitle')}</h2>
      <p>
        {words}
        {expected.coverage === null ? '' : ` ${t('satisfaction.expectedCoverage', { share: percent(expected.coverage, locale, 0) })}`}
      </p>
      {expected.next.length === 0 ? null : (
        <>
          <NextTable detail={detail} />
          <p className="faint">
            {t(`satisfaction.division.${expected.division.verdict}`, {
              tested: count(expected.division.tested, locale),
              z: points(expected.division.z),
            })}
          </p>
        </>
      )}
    </section>
  );
}

function NextTable({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const points = usePoints();
  const span = useSpan();
  const placeName = (place: string): string => {
    const names = detail.places[place];
    return names === undefined ? place : nameOf(names);
  };
  const pointName = (category: string): string => {
    const point = detail.points.find((one) => one.category === category);
    return point === undefined ? category : nameOf(point.names);
  };
  return (
    <div className="panel">
      <div className="scroller" style={{ maxHeight: 420 }} tabIndex={0} role="group" aria-label={t('satisfaction.expectedTitle')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('satisfaction.placeName')}</th>
              <th scope="col">{t('satisfaction.month')}</th>
              <th scope="col" className="number">
                {t('satisfaction.expected')} <small>{t('satisfaction.perThousand')}</small>
              </th>
              <th scope="col" className="number">
                {t('satisfaction.usual')}
              </th>
              <th scope="col">{t('satisfaction.mainPoint')}</th>
            </tr>
          </thead>
          <tbody>
            {detail.expected.next
              .toSorted((a, b) => b.expected - b.usual - (a.expected - a.usual))
              .map((one) => (
                <tr key={one.place}>
                  <th scope="row">{placeName(one.place)}</th>
                  <td className="nowrap">{one.month.slice(0, 7)}</td>
                  <td className="number">
                    {points(one.expected)} <span className="faint">{span(one)}</span>
                  </td>
                  <td className="number">{points(one.usual)}</td>
                  <td>{one.main === null ? '–' : `${pointName(one.main.category)} ${points(one.main.expected)}`}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
