import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PairRow, PairsView } from '../../model/pair-views.ts';
import { withParams } from '../kit/url-state.ts';
import { differenceOf, placeOf } from './pairs-view.ts';
import { useRatioWords, useSegmentName } from './pair-words.ts';

/** The pair among all customers and in every segment, on one log scale, with whether a segment differs from all others. */
export function PairForest({
  view,
  everywhere,
  row,
}: {
  readonly view: PairsView;
  readonly everywhere: readonly PairRow[];
  readonly row: PairRow;
}) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const nameOf = useSegmentName(view.segments);
  const figure = useRatioWords();
  const contrasts = differenceOf(view.differences, row)?.contrasts ?? [];
  const lines = [null, ...view.segments.map(({ id }) => id)].map((segment) => ({
    segment,
    found: everywhere.find((one) => one.segment === segment),
    contrast: contrasts.find((one) => one.segment === segment),
  }));
  if (view.segments.length === 0) return null;
  return (
    <div className="stack">
      <h3>{t('pairs.segments')}</h3>
      <p className="faint">{t('pairs.segmentsNote')}</p>
      <div className="scroller panel">
        <table className="table forest">
          <thead>
            <tr>
              <th scope="col">{t('pairs.segment')}</th>
              <th scope="col" className="track-head">
                <span aria-hidden="true">⅛</span>
                <span>{t('pairs.ratio')} 1</span>
                <span aria-hidden="true">8</span>
              </th>
              <th scope="col" className="number">
                {t('pairs.ratio')}
              </th>
              <th scope="col" className="number">
                {t('pairs.interval')}
              </th>
              <th scope="col" className="number">
                {t('pairs.against')}
              </th>
              <th scope="col">{t('pairs.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ segment, found, contrast }) => (
              <tr key={segment ?? ''} className={row.segment === segment ? 'opened' : ''}>
                <th scope="row">
                  <Link to={withParams(params, { segment, pair: params.get('pair') ?? `${row.grievance}~${row.complaint}` })}>
                    {nameOf(segment)}
                  </Link>
                </th>
                <td>{found === undefined ? null : <Track row={found} />}</td>
                <td className="number">{found === undefined ? <span className="faint">{t('pairs.tooFew')}</span> : figure(found.ratio)}</td>
                <td className="number">{found === undefined ? '–' : `${figure(found.low)}–${figure(found.high)}`}</td>
                <td className="number">
                  {contrast === undefined ? '–' : `${figure(contrast.ratio)} (${figure(contrast.low)}–${figure(contrast.high)})`}
                </td>
                <td>
                  {contrast === undefined ? '' : contrast.significant ? <strong>{t('pairs.differsHere')}</strong> : t('pairs.sameHere')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Track({ row }: { readonly row: PairRow }) {
  const [low, middle, high] = [row.low, row.ratio, row.high].map(placeOf) as [number, number, number];
  return (
    <span className="track" aria-hidden="true">
      <i className="one" />
      <i className="span" style={{ left: `${low}%`, width: `${Math.max(0.5, high - low)}%` }} />
      <i className={`dot ${row.significant ? '' : 'hollow'}`} style={{ left: `${middle}%` }} />
    </span>
  );
}
