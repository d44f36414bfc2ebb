import { lazy, Suspense, useState } from 'react';
import type { EChartsCoreOption } from 'echarts/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The drawing library comes when there is something to draw. */
const DrawnChart = lazy(async () => ({ default: (await import('./drawn-chart.tsx')).DrawnChart }));
const PointsChart = lazy(async () => ({ default: (await import('./scatter-chart.tsx')).DrawnChart }));

/** A chart with its table behind one key: T while the chart or the button has the focus, or the button itself. */
export function Chart({
  option,
  label,
  height,
  table,
  points = false,
  onPick,
}: {
  readonly option: EChartsCoreOption;
  readonly label: string;
  readonly height: number;
  readonly table: ReactNode;
  /** Points in the plane. */
  readonly points?: boolean;
  readonly onPick?: (dataIndex: number, seriesIndex: number) => void;
}) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const Drawn = points ? PointsChart : DrawnChart;
  const onKey = (key: string): void => {
    if (key === 't' || key === 'T') setAsTable(!asTable);
  };
  return (
    <div onKeyDown={(e) => onKey(e.key)}>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <button type="button" className="key" title={t('common.tableKey')} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? t('common.chart') : t('common.table')} <kbd>T</kbd>
        </button>
      </div>
      {asTable ? (
        table
      ) : (
        <Suspense fallback={<div style={{ height }} />}>
          <Drawn option={option} label={label} height={height} {...(onPick === undefined ? {} : { onPick })} />
        </Suspense>
      )}
    </div>
  );
}
