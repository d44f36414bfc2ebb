import { describe, expect, test } from 'vitest';
import { lineThrough, toCellsOption } from './cells.chart.ts';

const cell = (index: number, satisfaction: number) => ({
  place: 'p',
  month: '2026-01-01',
  index,
  satisfaction,
  answers: 9,
  grievances: 1,
  grievances_where: [],
  answers_where: [],
});

describe('cells as dots', () => {
  test('have a line through them that meets them where they lie on one', () => {
    const cells = Array.from({ length: 12 }, (_, i) => cell(i, 90 - 2 * i));
    const line = lineThrough(cells)!;
    expect(line[0]![1]).toBeCloseTo(90, 9);
    expect(line[1]![1]).toBeCloseTo(68, 9);
  });

  test('have none on few cells, or where the index never changes', () => {
    expect(lineThrough([cell(1, 2)])).toBeNull();
    expect(lineThrough(Array.from({ length: 12 }, () => cell(5, 50)))).toBeNull();
  });

  test('are all drawn, in either shade', () => {
    const words = { index: 'i', satisfaction: 's', name: () => 'n', figure: String };
    const of = (shade: 'light' | 'dark') => JSON.stringify(toCellsOption([cell(1, 2), cell(3, 4)], { ...words, shade }));
    expect(of('light')).toContain('[[1,2],[3,4]]');
    expect(of('dark')).not.toBe(of('light'));
  });

  test('tell the name of their place as text, whatever it is called', () => {
    const words = { shade: 'light' as const, index: 'i', satisfaction: 's', name: () => '<img src=x onerror=alert(1)>', figure: String };
    const { tooltip } = toCellsOption([cell(1, 2)], words) as {
      tooltip: { formatter: (item: { dataIndex: number; seriesIndex: number }) => string };
    };
    expect(tooltip.formatter({ dataIndex: 0, seriesIndex: 0 })).toBe('&lt;img src=x onerror=alert(1)&gt;<br>i 1<br>s 2');
  });
});
