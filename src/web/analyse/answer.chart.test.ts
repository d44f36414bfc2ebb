import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/question.ts';
import { linesOf, shapeOf, timesOf, totalOf } from './answer-shape.ts';
import { saidBy } from './answer-words.ts';
import { toBarOption, toTrendOption } from './answer.chart.ts';
import type { ChartWords } from './answer.chart.ts';

const names = { zh: '声音量', en: 'Voices' };
const answerOf = (by: readonly string[], rows: Answer['rows']): Answer => ({
  columns: [
    ...by.map((name) => ({ name, kind: 'dimension' as const, unit: 'text' as const, names })),
    { name: 'voices', kind: 'measure', unit: 'count', names },
  ],
  rows,
  total_rows: rows.length,
  as_of: '2026-03-01T00:00:00.000Z',
  labels: {},
});
const words: ChartWords = {
  shade: 'light',
  narrow: false,
  measureName: '声音量',
  previousName: '上期',
  label: (_, value) => String(value),
  figure: (value) => String(value),
};
const days = answerOf(
  ['day', 'city'],
  [
    { day: '2026-02-27', city: 'a', voices: 1 },
    { day: '2026-03-01', city: 'a', voices: 2 },
    { day: '2026-02-27', city: 'b', voices: 9 },
  ],
);

describe('a cut answer', () => {
  const cut = { ...days, total_rows: 900 };

  it('claims neither a total nor a highest, though the whole one does', () => {
    expect(saidBy(cut, 'voices')).toEqual({ total: null, change: null, top: null });
    expect(saidBy(days, 'voices')).toMatchObject({ total: 12, top: { value: 9 } });
  });

  it('leaves a gap where a row may only have been cut, and 0 where no voice was counted', () => {
    const values = (answer: Answer) => linesOf(answer, 'voices', 'day', ['city'], 6).lines[0]?.points.map((p) => p.value);
    expect(values(cut)).toEqual([9, null, null]);
    expect(values(days)).toEqual([9, 0, 0]);
  });
});

describe('the picture of an answer', () => {
  it('is a trend over time, bars without time, and plain figures without dimensions', () => {
    expect(shapeOf(days)).toEqual({ kind: 'trend', time: 'day', split: ['city'] });
    expect(shapeOf(answerOf(['city'], []))).toEqual({ kind: 'bars', by: ['city'] });
    expect(shapeOf(answerOf([], [])).kind).toBe('figures');
  });

  it('fills days without a voice with 0 and draws the largest line first', () => {
    expect(timesOf(days, 'day')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    const { lines } = linesOf(days, 'voices', 'day', ['city'], 6);
    expect(lines.map((line) => line.key)).toEqual(['["b"]', '["a"]']);
    expect(lines[1]?.points.map((point) => point.value)).toEqual([1, 0, 2]);
  });

  it('keeps the row behind every drawn point', () => {
    const drawing = toTrendOption(days, 'voices', 'day', ['city'], words);
    expect([drawing.rowAt(0, 0), drawing.rowAt(1, 0), drawing.rowAt(2, 1)]).toEqual([2, null, 1]);
    expect(drawing.option['series']).toHaveLength(2);
  });

  it('writes the axis of a share as the tip writes it', () => {
    const columns = days.columns.map((column) => (column.name === 'voices' ? { ...column, unit: 'share' as const } : column));
    const drawing = toTrendOption({ ...days, columns }, 'voices', 'day', [], { ...words, figure: (value) => `${(value ?? 0) * 100} %` });
    const { axisLabel } = drawing.option['yAxis'] as { axisLabel: { formatter: (value: number) => string } };
    expect(axisLabel.formatter(0.05)).toBe('5 %');
  });

  it('starts its axis at 0 and says how many bars it left out', () => {
    const many = answerOf(
      ['city'],
      Array.from({ length: 30 }, (_, i) => ({ city: `c${i}`, voices: 30 - i })),
    );
    const drawing = toBarOption(many, 'voices', ['city'], words);
    expect(drawing.option['xAxis']).toMatchObject({ min: 0 });
    expect([drawing.shown, drawing.total, drawing.rowAt(19, 0), drawing.rowAt(20, 0)]).toEqual([20, 30, 19, null]);
  });

  it('sums only what adds up', () => {
    expect(totalOf(days, 'voices')).toBe(12);
    expect(totalOf(days, 'customers')).toBeNull();
    expect(totalOf({ ...days, total_rows: 4 }, 'voices')).toBeNull();
  });
});
