import type { CardBin } from '../../../model/complaint-odds.ts';

const SIZE = 360;
const MARGIN = 40;

export interface PlotPoint {
  readonly bin: CardBin;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** A square from 0 to just above the highest figure, both axes alike, so that the slanting line is "right". */
export function plotOf(bins: readonly CardBin[]): {
  readonly points: readonly PlotPoint[];
  readonly ticks: readonly number[];
  readonly size: number;
  readonly at: (share: number) => number;
} {
  const top = Math.max(0.01, ...bins.flatMap((bin) => [bin.stated, bin.high]));
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25].find((one) => top / one <= 5) ?? 0.25;
  const most = Math.min(1, Math.ceil(top / step - 1e-9) * step);
  const ticks = Array.from({ length: Math.round(most / step) + 1 }, (_, i) => Math.round(i * step * 1000) / 1000);
  const at = (share: number): number => MARGIN + ((SIZE - MARGIN - 20) * share) / most;
  const points = bins.map((bin) => ({
    bin,
    x: at(bin.stated),
    y: SIZE - at(bin.happened),
    low: SIZE - at(bin.low),
    high: SIZE - at(bin.high),
  }));
  return { points, ticks, size: SIZE, at };
}
