import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { EChartsCoreOption, ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

interface Drawn {
  readonly option: EChartsCoreOption;
  /** Read out instead of the picture. */
  readonly label: string;
  readonly height: number;
  readonly onPick?: (dataIndex: number, seriesIndex: number) => void;
}

/** One chart: drawn on mount, resized with its box, disposed with it. */
function useChart({ option, onPick }: Pick<Drawn, 'option' | 'onPick'>) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    if (box.current === null) return;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(box.current);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);
  useEffect(() => {
    const pick = (event: unknown): void => {
      const { dataIndex, seriesIndex } = event as { dataIndex: number; seriesIndex: number };
      onPick?.(dataIndex, seriesIndex);
    };
    const drawn = chart.current;
    drawn?.on('click', pick);
    return () => void drawn?.off('click', pick);
  }, [onPick]);
  return box;
}

export function DrawnChart({ option, label, height, onPick }: Drawn) {
  const box = useChart({ option, ...(onPick === undefined ? {} : { onPick }) });
  return <div ref={box} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
