import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { SatisfactionOverview } from '../../../model/satisfaction.ts';
import { FigureTable } from '../../kit/figure-table.tsx';
import { useNameOf } from '../../kit/locale.ts';
import { withParams } from '../../kit/url-state.ts';
import { usePoints, useSpan } from './figures.tsx';

/** 抱怨预监控: of each service item the place that next month is expected most above its usual, and whether answers help to tell. */
export function AheadPart({ found }: { readonly found: SatisfactionOverview }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const points = usePoints();
  const span = useSpan();
  const [params] = useSearchParams();
  const rows = found.services
    .flatMap((service) => (service.ahead.most === null ? [] : [{ ...service, most: service.ahead.most }]))
    .toSorted((a, b) => b.most.expected - b.most.usual - (a.most.expected - a.most.usual));
  const [first] = rows;
  if (first === undefined) return null;
  const placeOf = (code: string): string => {
    const names = found.places[code];
    return names === undefined ? code : nameOf(names);
  };
  const known = rows.some(({ most }) => most.low !== null);
  const above = rows.filter(({ most }) => most.low !== null && most.low > most.usual).length;
  const lead = t('satisfaction.aheadFirst', {
    service: nameOf(first.names),
    place: placeOf(first.most.place),
    expected: points(first.most.expected),
    span: span(first.most),
    usual: points(first.most.usual),
  });
  return (
    <FigureTable
      title={t('satisfaction.expectedTitle')}
      words={known ? `${lead} ${t(above === 0 ? 'satisfaction.aheadNone' : 'satisfaction.aheadSure', { above, of: rows.length })}` : lead}
      titles={[
        { text: t('satisfaction.service') },
        { text: t('satisfaction.aheadWhere') },
        { text: `${t('satisfaction.expected')} (${t('satisfaction.perThousand')})`, number: true },
        { text: t('satisfaction.usual'), number: true },
        { text: t('satisfaction.aheadBy') },
      ]}
    >
      {rows.map(({ code, names, ahead, most }) => (
        <tr key={code}>
          <th scope="row">
            <Link to={withParams(params, { service: code })}>{nameOf(names)}</Link>
          </th>
          <td>{placeOf(most.place)}</td>
          <td className="number nowrap">
            {points(most.expected)} <span className="faint">{span(most)}</span>
          </td>
          <td className="number">{points(most.usual)}</td>
          <td className="nowrap">{t(`satisfaction.aheadVerdict.${ahead.verdict}`)}</td>
        </tr>
      ))}
    </FigureTable>
  );
}
