import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { CellView, ServiceDetail } from '../../../model/satisfaction.ts';
import { Chart } from '../../kit/chart.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Evidence, evidenceText } from '../../kit/evidence.tsx';
import { count } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { useShade } from '../../kit/shade.tsx';
import { withParams } from '../../kit/url-state.ts';
import { toCellsOption } from './cells.chart.ts';
import { usePoints } from './figures.tsx';

/** Index against satisfaction: a dot for each cell, which opens its answers; the table opens grievances as well. */
export function CellsPart({ detail }: { readonly detail: ServiceDetail }) {
  const { t } = useTranslation();
  const shade = useShade();
  const points = usePoints();
  const name = useCellName(detail);
  const open = useOpenAnswers(detail);
  const option = useMemo(
    () =>
      toCellsOption(detail.cells, {
        shade,
        index: t('satisfaction.index'),
        satisfaction: t('satisfaction.satisfaction'),
        name,
        figure: (value) => points(value),
      }),
    [detail, shade, t, name, points],
  );
  return (
    <section className="panel pad">
      {detail.cells.length === 0 ? (
        <Empty why={t('satisfaction.scatterNone')} />
      ) : (
        <Chart
          option={option}
          label={t('satisfaction.scatter')}
          height={320}
          points
          table={<CellTable detail={detail} name={name} />}
          onPick={open}
        />
      )}
      <p className="faint">{t('satisfaction.scatter')}</p>
    </section>
  );
}

function useCellName(detail: ServiceDetail): (cell: CellView) => string {
  const nameOf = useNameOf();
  return useMemo(() => {
    return (cell) => {
      const place = detail.places[cell.place];
      return `${place === undefined ? cell.place : nameOf(place)} · ${cell.month.slice(0, 7)}`;
    };
  }, [detail, nameOf]);
}

function useOpenAnswers(detail: ServiceDetail): (dataIndex: number, seriesIndex: number) => void {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  return useMemo(
    () => (dataIndex, seriesIndex) => {
      const cell = seriesIndex === 0 ? detail.cells[dataIndex] : undefined;
      if (cell === undefined) return;
      void navigate(withParams(params, { evidence: evidenceText(cell.answers_where), shown: String(cell.answers), reading: null }));
    },
    [detail, params, navigate],
  );
}

function CellTable({ detail, name }: { readonly detail: ServiceDetail; readonly name: (cell: CellView) => string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = usePoints();
  return (
    <div className="scroller" style={{ maxHeight: 420 }} tabIndex={0} role="group" aria-label={t('satisfaction.scatter')}>
      <table className="table numbers">
        <thead>
          <tr>
            <th scope="col">{t('satisfaction.placeName')}</th>
            <th scope="col" className="number">
              {t('satisfaction.index')}
            </th>
            <th scope="col" className="number">
              {t('satisfaction.satisfaction')}
            </th>
            <th scope="col" className="number">
              {t('satisfaction.grievances')}
            </th>
            <th scope="col" className="number">
              {t('satisfaction.answers')}
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.cells.map((cell) => (
            <tr key={`${cell.place} ${cell.month}`}>
              <td>{name(cell)}</td>
              <td className="number">{points(cell.index)}</td>
              <td className="number">{points(cell.satisfaction)}</td>
              <td className="number">
                <Evidence where={cell.grievances_where} value={cell.grievances}>
                  {count(cell.grievances, locale)}
                </Evidence>
              </td>
              <td className="number">
                <Evidence where={cell.answers_where} value={cell.answers}>
                  {count(cell.answers, locale)}
                </Evidence>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
