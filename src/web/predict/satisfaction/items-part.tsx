import { useTranslation } from 'react-i18next';
import type { ServiceDetail, SurveyItemView } from '../../../model/satisfaction.ts';
import { Evidence } from '../../kit/evidence.tsx';
import { count } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { usePoints } from './figures.tsx';

/** The survey items that measure the service item, and which columns of which sources carry them. */
export function ItemsPart({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation();
  return (
    <section className="block" aria-label={t('satisfaction.items')}>
      <h2>{t('satisfaction.items')}</h2>
      <div className="panel">
        <div className="scroller" tabIndex={0} role="group" aria-label={t('satisfaction.items')}>
          <table className="table satisfaction-items">
            <thead>
              <tr>
                <th scope="col">{t('satisfaction.items')}</th>
                <th scope="col" className="number">
                  {t('satisfaction.loading')}
                </th>
                <th scope="col" className="number">
                  {t('satisfaction.answers')}
                </th>
                <th scope="col" className="number">
                  {t('satisfaction.satisfaction')}
                </th>
              </tr>
            </thead>
            <tbody>
              {detail.items.map((item) => (
                <ItemLine key={item.code} item={item} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

function ItemLine({ item }: { readonly item: SurveyItemView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const points = usePoints();
  const columns = item.columns.join(t('satisfaction.separator'));
  return (
    <tr>
      <th scope="row" style={{ whiteSpace: 'normal' }}>
        <div>{nameOf(item.names)}</div>
        <div className="why">{nameOf(item.question)}</div>
      </th>
      <td className="number">
        {item.loading === null ? <span className="faint">{t('satisfaction.loadingNone')}</span> : points(item.loading, 2)}
      </td>
      <td className="number">
        {item.answers === 0 ? (
          <span className="faint">{t('satisfaction.notAsked')}</span>
        ) : (
          <>
            <Evidence where={item.where} {...(item.columns.length === 1 ? { value: item.answers } : {})}>
              {count(item.answers, locale)}
            </Evidence>{' '}
            <span className="faint">{t('satisfaction.columns', { columns })}</span>
          </>
        )}
      </td>
      <td className="number">{points(item.satisfaction)}</td>
    </tr>
  );
}
