import type { EChartsCoreOption } from 'echarts/core';
import type { Answer } from '../../model/question.ts';
import { FONT, PALETTES } from '../kit/palette.ts';
import type { Palette, Shade } from '../kit/palette.ts';
import { isCut, linesOf, numberAt } from './answer-shape.ts';
import type { Line } from './answer-shape.ts';

export interface ChartWords {
  readonly shade: Shade;
  /** Drawn on a phone: names give way to the picture. */
  readonly narrow: boolean;
  readonly measureName: string;
  readonly previousName: string;
  /** What people call a value. */
  readonly label: (dimension: string, value: string | number | null) => string;
  readonly figure: (value: number | null) => string;
}
export interface Drawing {
  readonly option: EChartsCoreOption;
  /** Row of the answer behind a drawn point, for opening its voices. */
  readonly rowAt: (dataIndex: number, seriesIndex: number) => number | null;
  readonly shown: number;
  readonly total: number;
}

export const MOST_LINES = 6;
export const MOST_BARS = 20;

const base = (p: Palette) => ({
  animation: false,
  textStyle: { fontFamily: FONT, color: p.ink2, fontSize: 12 },
});
const tooltip = (p: Palette) => ({
  backgroundColor: p.panel,
  borderColor: p.line,
  textStyle: { color: p.ink, fontSize: 13 },
  confine: true,
});
const axisLook = (p: Palette) => ({
  axisLine: { lineStyle: { color: p.line } },
  axisTick: { show: false },
  axisLabel: { color: p.ink3, hideOverlap: true },
  splitLine: { lineStyle: { color: p.line, type: 'dashed' as const } },
});

/** Lines over time with their names at their ends; the period before, where asked for, dashed and grey. */
export function toTrendOption(answer: Answer, measure: string, time: string, split: readonly string[], words: ChartWords): Drawing {
  const p = PALETTES[words.shade];
  const { times, lines, dropped } = linesOf(answer, measure, time, split, MOST_LINES);
  const isShare = answer.columns.find((column) => column.name === measure)?.unit === 'share';
  const named = lines.map((line) => nameOfLine(line.key, split, words));
  const series = lines.map((line, i) => ({
    type: 'line' as const,
    name: named[i] ?? words.measureName,
    data: line.points.map((point) => point.value),
    showSymbol: times.length <= 12 || isCut(answer),
    symbolSize: 5,
    lineStyle: { width: 2, type: i < 3 ? ('solid' as const) : ('dashed' as const) },
    color: p.series[i % p.series.length],
    ...(lines.length > 1
      ? {
          endLabel: {
            show: true,
            formatter: '{a}',
            color: p.series[i % p.series.length],
            width: words.narrow ? 64 : 108,
            overflow: 'truncate' as const,
          },
          labelLayout: { moveOverlap: 'shiftY' as const },
        }
      : {}),
    ...(lines.length === 1 ? { areaStyle: { opacity: 0.08 } } : {}),
  }));
  return {
    option: {
      ...base(p),
      grid: {
        left: 8,
        right: lines.length === 1 ? 16 : words.narrow ? 72 : 124,
        top: 16,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      tooltip: { ...tooltip(p), trigger: 'axis', valueFormatter: (v: unknown) => words.figure(typeof v === 'number' ? v : null) },
      xAxis: {
        ...axisLook(p),
        type: 'category',
        data: times.map((at) => shortened(words.label(time, at), times)),
        boundaryGap: false,
        splitLine: { show: false },
        axisLabel: { color: p.ink3, hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
      },
      yAxis: {
        ...axisLook(p),
        type: 'value',
        min: 0,
        splitNumber: 4,
        axisLine: { show: false },
        // As the tip says it: 5 %, not 0.05.
        axisLabel: { color: p.ink3, hideOverlap: true, ...(isShare ? { formatter: (value: number) => words.figure(value) } : {}) },
      },
      series: [...series, ...before(answer, measure, lines, words)],
    },
    rowAt: (dataIndex, seriesIndex) => lines[seriesIndex]?.points[dataIndex]?.row ?? null,
    shown: lines.length,
    total: lines.length + dropped,
  };
}

/** The year goes when every time has the same one. */
function shortened(text: string, times: readonly string[]): string {
  const year = times[0]?.slice(0, 4);
  return times.every((at) => at.slice(0, 4) === year) && text.length > 7 && text.startsWith(`${year}-`) ? text.slice(5) : text;
}

function nameOfLine(key: string | null, split: readonly string[], words: ChartWords): string {
  if (key === null) return words.measureName;
  const values = JSON.parse(key) as (string | number | null)[];
  return values.map((value, i) => words.label(split[i] ?? '', value)).join(' · ');
}

function before(answer: Answer, measure: string, lines: readonly Line[], words: ChartWords) {
  const column = answer.columns.find((c) => c.name === `${measure}_previous`);
  const line = lines[0];
  if (column === undefined || line === undefined || lines.length !== 1) return [];
  const data = line.points.map((point) => (point.row === null ? null : numberAt(answer.rows[point.row] ?? {}, column.name)));
  const color = PALETTES[words.shade].ink3;
  return [
    { type: 'line' as const, name: words.previousName, data, showSymbol: false, color, lineStyle: { width: 1.5, type: 'dashed' as const } },
  ];
}

/** Horizontal bars with their figures written beside them; names keep their whole text in the table. */
export function toBarOption(answer: Answer, measure: string, by: readonly string[], words: ChartWords): Drawing {
  const p = PALETTES[words.shade];
  const rows = answer.rows.slice(0, MOST_BARS);
  const names = rows.map((row) => by.map((name) => words.label(name, row[name] ?? null)).join(' · '));
  const previous = answer.columns.find((c) => c.name === `${measure}_previous`);
  const bar = (name: string, color: string, column: string, labelled: boolean) => ({
    type: 'bar' as const,
    name,
    color,
    barMaxWidth: 16,
    data: rows.map((row) => numberAt(row, column)),
    ...(labelled
      ? {
          label: {
            show: true,
            position: 'right' as const,
            color: p.ink2,
            formatter: (d: { value: unknown }) => words.figure(typeof d.value === 'number' ? d.value : null),
          },
        }
      : {}),
  });
  return {
    option: {
      ...base(p),
      grid: { left: 8, right: 64, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        ...tooltip(p),
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        valueFormatter: (v: unknown) => words.figure(typeof v === 'number' ? v : null),
      },
      xAxis: {
        ...axisLook(p),
        type: 'value',
        min: 0,
        max: 'dataMax',
        splitNumber: 4,
        axisLabel: { show: false },
        splitLine: { show: false },
      },
      yAxis: {
        ...axisLook(p),
        type: 'category',
        inverse: true,
        data: names,
        splitLine: { show: false },
        axisLabel: { color: p.ink2, width: words.narrow ? 96 : 168, overflow: 'truncate', interval: 0 },
      },
      series: [
        bar(words.measureName, p.accent, measure, true),
        ...(previous === undefined ? [] : [bar(words.previousName, p.line, previous.name, false)]),
      ],
    },
    rowAt: (dataIndex, seriesIndex) => (seriesIndex === 0 && dataIndex < rows.length ? dataIndex : null),
    shown: rows.length,
    total: answer.rows.length,
  };
}
