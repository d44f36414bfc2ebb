import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointView, ServiceDetail } from '../../../model/satisfaction.ts';
import { Evidence } from '../../kit/evidence.tsx';
import { count } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { usePoints } from './figures.tsx';
import { PointMatchCell } from './point-match.tsx';
import { WeightsForm } from './weights-form.tsx';

/** What weighs how much, and which survey item asks about it. */
export function PointsPart({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const [editing, edit] = useState(false);
  return (
    <section className="block" aria-label={t('satisfaction.points')}>
      <div className="block-head">
        <h2>{t('satisfaction.points')}</h2>
        <div className="row">
          <span className="faint">{t(`satisfaction.weightsFrom.${detail.weights_from}`, { cells: detail.weights_cells })}</span>
          {may('rules.write') ? <Button onClick={() => edit(true)}>{t('satisfaction.setWeights')}</Button> : null}
        </div>
      </div>
      <div className="panel">
        <div className="scroller">
          <table className="table cards satisfaction-items">
            <thead>
              <tr>
                <th scope="col">{t('satisfaction.points')}</th>
                <th scope="col" className="number">
                  {t('satisfaction.weight')}
                </th>
                <th scope="col" className="number">
                  {t('satisfaction.grievances')}
                </th>
                <th scope="col">{t('satisfaction.askedBy')}</th>
              </tr>
            </thead>
            <tbody>
              {detail.points
                .toSorted((a, b) => b.weight - a.weight)
                .map((point) => (
                  <PointLine key={point.category} point={point} choices={detail.choices} />
                ))}
            </tbody>
          </table>
        </div>
      </div>
      {editing ? <WeightsForm detail={detail} onClose={() => edit(false)} /> : null}
    </section>
  );
}

function PointLine({ point, choices }: { readonly point: PointView; readonly choices: ServiceDetail['choices'] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const points = usePoints();
  return (
    <tr>
      <th scope="row">{nameOf(point.names)}</th>
      <td className="number" data-label={t('satisfaction.weight')}>
        {points(point.weight, 2)}
      </td>
      <td className="number" data-label={t('satisfaction.grievances')}>
        <Evidence where={point.where} value={point.grievances}>
          {count(point.grievances, locale)}
        </Evidence>
      </td>
      <td>
        <PointMatchCell point={point} choices={choices} />
      </td>
    </tr>
  );
}
