import { lazy, Suspense } from 'react';
import type { EChartsCoreOption } from 'echarts/core';
import type { ReactNode } from 'react';
import { useTableKey } from './table-key.tsx';

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
  const { asTable, onKeyDown, button } = useTableKey();
  const Drawn = points ? PointsChart : DrawnChart;
  return (
    <div onKeyDown={onKeyDown}>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {button}
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
