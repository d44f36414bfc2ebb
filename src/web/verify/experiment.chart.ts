import type { EChartsCoreOption } from 'echarts/core';
import type { SurvivalView, UpliftView } from '../../model/comparison.ts';
import type { Look } from '../../model/experiment.ts';
import { FONT, PALETTES } from '../kit/palette.ts';
import type { Palette, Shade } from '../kit/palette.ts';

interface Words {
  readonly shade: Shade;
  readonly names: readonly string[];
  readonly format: (value: number) => string;
}

const frame = (p: Palette, format: Words['format']) => ({
  animation: false,
  textStyle: { fontFamily: FONT, color: p.ink2, fontSize: 12 },
  grid: { left: 8, right: 88, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  tooltip: {
    trigger: 'axis',
    backgroundColor: p.panel,
    borderColor: p.line,
    textStyle: { color: p.ink, fontSize: 13 },
    confine: true,
    valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–'),
  },
});
const axis = (p: Palette) => ({
  axisLine: { lineStyle: { color: p.line } },
  axisTick: { show: false },
  axisLabel: { color: p.ink3, hideOverlap: true },
  splitLine: { lineStyle: { color: p.line, type: 'dashed' as const } },
});
const value = (p: Palette, format: Words['format']) => ({
  ...axis(p),
  type: 'value',
  scale: true,
  splitNumber: 4,
  axisLine: { show: false },
  axisLabel: { color: p.ink3, formatter: format },
});

/** Two lines with their intervals as bands: low, and the height to high stacked upon it. */
function banded(name: string, color: string, dashed: boolean, points: readonly { low: number; middle: number; high: number }[]) {
  const hidden = { type: 'line', stack: `${name} band`, symbol: 'none', lineStyle: { opacity: 0 }, tooltip: { show: false }, silent: true };
  return [
    { ...hidden, data: points.map(({ low }) => low) },
    { ...hidden, data: points.map(({ low, high }) => high - low), areaStyle: { color, opacity: 0.14 } },
    {
      type: 'line',
      name,
      color,
      data: points.map(({ middle }) => middle),
      symbolSize: 5,
      lineStyle: { width: 2, type: dashed ? 'dashed' : 'solid' },
      endLabel: { show: true, formatter: '{a}', color, width: 80, overflow: 'truncate' },
      labelLayout: { moveOverlap: 'shiftY' },
    },
  ];
}

/** Who is still there, period by period, each side with its interval. The axis does not begin at 0: both sides would be one line. */
export function toSurvivalOption({ treated, control }: SurvivalView, { shade, names, format }: Words): EChartsCoreOption {
  const p = PALETTES[shade];
  const points = (side: SurvivalView['treated']) => side.map(({ survival, low, high }) => ({ middle: survival, low, high }));
  return {
    ...frame(p, format),
    xAxis: { ...axis(p), type: 'category', data: control.map(({ time }) => time), boundaryGap: false, splitLine: { show: false } },
    yAxis: value(p, format),
    series: [
      ...banded(names[0] ?? '', p.series[0] ?? '', false, points(treated)),
      ...banded(names[1] ?? '', p.series[2] ?? '', true, points(control)),
    ],
  };
}

/** The line ends where chance ends, so its name stands at its middle. */
function named<Line extends { readonly data: readonly (readonly number[])[]; readonly name: string; readonly color: string }>(line: Line) {
  const middle = Math.floor(line.data.length / 3);
  const label = { show: true, position: 'top', formatter: line.name, color: line.color };
  return {
    ...line,
    endLabel: { show: false },
    showSymbol: true,
    symbolSize: 4,
    data: line.data.map((value, i) => (i === middle ? { value, label } : value)),
  };
}

/** What treating the best so many would gain, against choosing by chance. */
export function toQiniOption({ curve }: UpliftView, { shade, names, format }: Words): EChartsCoreOption {
  const p = PALETTES[shade];
  const line = (name: string, color: string, dashed: boolean, data: readonly (readonly number[])[]) => ({
    type: 'line',
    name,
    color,
    data,
    showSymbol: false,
    lineStyle: { width: 2, type: dashed ? 'dashed' : 'solid' },
    endLabel: { show: true, formatter: '{a}', color, width: 80, overflow: 'truncate' },
    labelLayout: { moveOverlap: 'shiftY' },
  });
  return {
    ...frame(p, format),
    xAxis: {
      ...axis(p),
      type: 'value',
      min: 0,
      max: 1,
      splitLine: { show: false },
      axisLabel: { color: p.ink3, formatter: (x: number) => `${Math.round(x * 100)}%` },
    },
    yAxis: value(p, format),
    series: [
      named(
        line(
          names[0] ?? '',
          p.series[0] ?? '',
          false,
          curve.map(({ share, gain }) => [share, gain]),
        ),
      ),
      line(
        names[1] ?? '',
        p.ink3,
        true,
        curve.map(({ share, line: straight }) => [share, straight]),
      ),
    ],
  };
}

/** Every look with its always-valid interval; where it leaves 0 the experiment may be stopped. */
export function toLooksOption(looks: readonly Look[], { shade, names, format }: Words): EChartsCoreOption {
  const p = PALETTES[shade];
  const points = looks.map(({ effect, low, high }) => ({ middle: effect, low, high }));
  const [low, height, middle] = banded(names[0] ?? '', p.series[0] ?? '', false, points);
  return {
    ...frame(p, format),
    xAxis: { ...axis(p), type: 'category', data: looks.map(({ at }) => at.slice(0, 10)), boundaryGap: false, splitLine: { show: false } },
    yAxis: value(p, format),
    series: [
      low,
      height,
      {
        ...middle,
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: p.ink3, type: 'dashed' },
          data: [{ yAxis: 0 }],
        },
      },
    ],
  };
}
