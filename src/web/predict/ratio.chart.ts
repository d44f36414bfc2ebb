import type { EChartsCoreOption } from 'echarts/core';
import type { RatioView } from '../../model/pair-views.ts';
import { FONT, PALETTES } from '../kit/palette.ts';
import type { Shade } from '../kit/palette.ts';
import { tipHtml } from '../kit/tip-html.ts';

export interface RatioPoint {
  readonly label: string;
  readonly rate: RatioView | null;
  /** Drawn hollow: not what the result is about (before the grievance, after the window). */
  readonly aside: boolean;
}

export interface RatioWords {
  readonly shade: Shade;
  readonly ratio: string;
  readonly figure: (ratio: number) => string;
  readonly tooFew: string;
}

/** Ratios with their intervals on a log axis around 1: a dot each, a line for the interval, a thin rule at 1. */
export function toRatioOption(points: readonly RatioPoint[], words: RatioWords): EChartsCoreOption {
  const p = PALETTES[words.shade];
  const said = points.filter((point) => point.rate !== null);
  const reach = Math.max(2, ...said.map(({ rate }) => Math.min(16, Math.max(rate?.high ?? 1, 1 / Math.max(rate?.low ?? 1, 0.06)))));
  const clamp = (ratio: number): number => Math.min(reach, Math.max(1 / reach, ratio));
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: p.ink2, fontSize: 12 },
    grid: { left: 4, right: 12, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: p.panel,
      borderColor: p.line,
      textStyle: { color: p.ink, fontSize: 13 },
      formatter: (point: unknown) => tip(points[(point as { dataIndex: number }).dataIndex], words),
    },
    xAxis: {
      type: 'category',
      data: points.map(({ label }) => label),
      axisLine: { onZero: false, lineStyle: { color: p.line } },
      axisTick: { show: false },
      axisLabel: { color: p.ink3, hideOverlap: true },
    },
    yAxis: {
      type: 'log',
      logBase: 2,
      min: 1 / reach,
      max: reach,
      axisLine: { show: false },
      axisLabel: { color: p.ink3, formatter: (ratio: number) => words.figure(ratio) },
      splitLine: { lineStyle: { color: p.line, type: 'dashed' } },
    },
    series: [
      {
        type: 'line',
        silent: true,
        symbol: 'none',
        data: points.map(({ label }) => [label, 1]),
        lineStyle: { color: p.ink3, width: 1 },
      },
      {
        type: 'line',
        silent: true,
        symbol: 'none',
        connectNulls: false,
        data: said.flatMap(({ label, rate }) => [
          [label, clamp(rate?.low ?? 1)],
          [label, clamp(rate?.high ?? 1)],
          [label, null],
        ]),
        lineStyle: { color: p.accent, width: 2, opacity: 0.55 },
      },
      {
        type: 'line',
        name: words.ratio,
        symbol: 'circle',
        symbolSize: 9,
        showAllSymbol: true,
        lineStyle: { width: 0 },
        data: points.map(({ label, rate, aside }) => ({
          value: [label, rate === null ? null : clamp(rate.ratio)],
          itemStyle: aside ? { color: p.panel, borderColor: p.ink3, borderWidth: 1.5 } : { color: p.accent },
        })),
        z: 3,
      },
    ],
  };
}

function tip(point: RatioPoint | undefined, words: RatioWords): string {
  if (point === undefined) return '';
  const { rate } = point;
  if (rate === null) return tipHtml([point.label, words.tooFew]);
  return tipHtml([point.label, `${words.ratio} ${words.figure(rate.ratio)} (${words.figure(rate.low)}–${words.figure(rate.high)})`]);
}
