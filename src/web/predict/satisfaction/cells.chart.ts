import type { EChartsCoreOption } from 'echarts/core';
import type { CellView } from '../../../model/satisfaction.ts';
import { FONT, PALETTES } from '../../kit/palette.ts';
import type { Shade } from '../../kit/palette.ts';
import { tipHtml } from '../../kit/tip-html.ts';

export interface ScatterWords {
  readonly shade: Shade;
  readonly index: string;
  readonly satisfaction: string;
  readonly name: (cell: CellView) => string;
  readonly figure: (value: number) => string;
}

/** Every cell a dot, its size by answers; the straight line through them where there are enough. */
export function toCellsOption(cells: readonly CellView[], words: ScatterWords): EChartsCoreOption {
  const p = PALETTES[words.shade];
  const axis = (name: string, place: 'middle' | 'end') => ({
    type: 'value' as const,
    name,
    nameLocation: place,
    nameGap: place === 'middle' ? 28 : 12,
    nameTextStyle: { color: p.ink3, ...(place === 'end' ? { align: 'left' as const } : {}) },
    scale: true,
    axisLine: { lineStyle: { color: p.line } },
    axisTick: { show: false },
    axisLabel: { color: p.ink3, hideOverlap: true },
    splitLine: { lineStyle: { color: p.line, type: 'dashed' as const } },
  });
  const line = lineThrough(cells);
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: p.ink2, fontSize: 12 },
    grid: { left: 8, right: 16, top: 32, bottom: 36, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      backgroundColor: p.panel,
      borderColor: p.line,
      textStyle: { color: p.ink, fontSize: 13 },
      confine: true,
      trigger: 'item',
      formatter: (item: { dataIndex: number; seriesIndex: number }) => {
        const cell = item.seriesIndex === 0 ? cells[item.dataIndex] : undefined;
        return cell === undefined
          ? ''
          : tipHtml([
              words.name(cell),
              `${words.index} ${words.figure(cell.index)}`,
              `${words.satisfaction} ${words.figure(cell.satisfaction)}`,
            ]);
      },
    },
    xAxis: axis(words.index, 'middle'),
    yAxis: axis(words.satisfaction, 'end'),
    series: [
      {
        type: 'scatter' as const,
        data: cells.map((cell) => [cell.index, cell.satisfaction]),
        symbolSize: (_: unknown, item: { dataIndex: number }) => Math.min(18, 5 + Math.sqrt(cells[item.dataIndex]?.answers ?? 0)),
        itemStyle: { color: p.accent, opacity: 0.55 },
      },
      ...(line === null
        ? []
        : [
            {
              type: 'line' as const,
              data: line,
              showSymbol: false,
              silent: true,
              lineStyle: { color: p.ink3, width: 1.5, type: 'dashed' as const },
            },
          ]),
    ],
  };
}

/** Ends of the least-squares line; null with fewer than twelve cells or no spread. */
export function lineThrough(cells: readonly Pick<CellView, 'index' | 'satisfaction'>[]): readonly (readonly [number, number])[] | null {
  if (cells.length < 12) return null;
  const mean = (of: (cell: Pick<CellView, 'index' | 'satisfaction'>) => number): number =>
    cells.reduce((sum, cell) => sum + of(cell), 0) / cells.length;
  const [x, y] = [mean((cell) => cell.index), mean((cell) => cell.satisfaction)];
  const spread = cells.reduce((sum, cell) => sum + (cell.index - x) ** 2, 0);
  if (spread <= 0) return null;
  const slope = cells.reduce((sum, cell) => sum + (cell.index - x) * (cell.satisfaction - y), 0) / spread;
  const ends = [Math.min(...cells.map((cell) => cell.index)), Math.max(...cells.map((cell) => cell.index))];
  return ends.map((at) => [at, y + slope * (at - x)] as const);
}
