import type { EChartsCoreOption } from 'echarts/core';
import type { Day } from '../../model/overview.ts';
import { FONT, PALETTES } from '../kit/palette.ts';
import type { Shade } from '../kit/palette.ts';
import { tipHtml } from '../kit/tip-html.ts';

export interface DayWords {
  readonly shade: Shade;
  readonly voices: string;
  readonly usual: string;
  readonly day: (day: string) => string;
  readonly short: (day: string) => string;
  readonly figure: (value: number | null) => string;
  readonly running: string;
}

/** Whole days as bars, the one still running hollow, and what is usual for each weekday as a dash over its bar. */
export function toDayBarsOption(days: readonly Day[], words: DayWords): EChartsCoreOption {
  const p = PALETTES[words.shade];
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: p.ink2, fontSize: 12 },
    grid: { left: 4, right: 4, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: p.panel,
      borderColor: p.line,
      textStyle: { color: p.ink, fontSize: 13 },
      axisPointer: { type: 'shadow' },
      formatter: (points: unknown) => tip(days[(points as { dataIndex: number }[])[0]?.dataIndex ?? -1], words),
    },
    xAxis: {
      type: 'category',
      data: days.map((one) => words.short(one.day)),
      axisLine: { lineStyle: { color: p.line } },
      axisTick: { show: false },
      axisLabel: { color: p.ink3, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 3,
      axisLine: { show: false },
      axisLabel: { color: p.ink3 },
      splitLine: { lineStyle: { color: p.line, type: 'dashed' } },
    },
    series: [
      {
        type: 'bar',
        name: words.voices,
        barCategoryGap: '28%',
        data: days.map((one) => ({
          value: one.voices,
          itemStyle: one.partial
            ? { color: 'transparent', borderColor: p.accent, borderWidth: 1.5, borderType: 'dashed' }
            : { color: p.accent, opacity: 0.62 },
        })),
      },
      {
        type: 'line',
        name: words.usual,
        data: days.map((one) => one.usual),
        symbol: 'rect',
        symbolSize: [13, 2],
        showAllSymbol: true,
        silent: true,
        lineStyle: { width: 0 },
        itemStyle: { color: p.ink },
        z: 3,
      },
    ],
  };
}

function tip(day: Day | undefined, words: DayWords): string {
  if (day === undefined) return '';
  const lines = [
    `${words.day(day.day)}${day.partial ? `（${words.running}）` : ''}`,
    `${words.voices} ${words.figure(day.voices)}`,
    ...(day.usual === null ? [] : [`${words.usual} ${words.figure(day.usual)}`]),
  ];
  return tipHtml(lines);
}
