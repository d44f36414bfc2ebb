import { lazy, Suspense, useEffect } from 'react';
import type { EChartsCoreOption } from 'echarts/core';
import type { ReactNode } from 'react';
import { useTableKey } from './table-key.tsx';

export const drawing = () => import('./drawn-chart.tsx');
/** For a page that will draw as soon as it is answered: fetches the drawing library beside the question, not after it. */
export const useDrawing = (): void => {
  useEffect(() => void drawing().catch(() => undefined), []);
};

/** The drawing library comes when there is something to draw. */
const DrawnChart = lazy(async () => ({ default: (await drawing()).DrawnChart }));
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
