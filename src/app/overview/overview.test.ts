import { describe, expect, it } from 'vitest';
import type { Day } from '../../model/overview.ts';
import { daysOf, weeksOf } from './overview-days.ts';
import { type Group, changeOf, isWholeMoving, mainPart, noticeable, sentenceOf, zOf } from './overview.ts';

const group = (code: string, value: number, previous: number): Group => ({
  code,
  names: { zh: code, en: code },
  value,
  previous,
  of: [{ field: 'category_2', in: [code] }],
});
const NOW = { from: '2026-03-09', before: '2026-03-16' };
const BEFORE = { from: '2026-03-02', before: '2026-03-09' };

describe('what changed', () => {
  it.each([
    [120, 100, '断线上升 20 %（100 → 120 条）', '断线 rose by 20% (100 → 120 voices)'],
    [80, 100, '断线下降 20 %（100 → 80 条）', '断线 fell by 20% (100 → 80 voices)'],
    [1001, 1000, '断线与上期持平（1,000 → 1,001 条）', '断线 stayed the same (1,000 → 1,001 voices)'],
    [7, 0, '断线新出现（0 → 7 条）', '断线 are new (0 → 7 voices)'],
  ])('is said in words: %i after %i', (value, previous, zh, en) => {
    expect(sentenceOf(changeOf(group('断线', value, previous), null, NOW, BEFORE))).toEqual({ zh, en });
  });

  it('names where, with counts that each open their own voices', () => {
    const change = changeOf(group('断线', 200, 100), group('历下', 90, 20), NOW, BEFORE);
    expect(sentenceOf(change).zh).toBe('断线上升 100 %（100 → 200 条），主要在历下（20 → 90 条）');
    expect(change.tail?.where).toEqual([
      { field: 'said_at', ...NOW },
      { field: 'category_2', in: ['历下'] },
    ]);
    expect(change.tail?.previous_where[0]).toEqual({ field: 'said_at', ...BEFORE });
  });

  it('leaves out what chance alone may do, and puts the strongest first', () => {
    const groups = [group('noise', 110, 100), group('rise', 200, 100), group('fall', 20, 200), group('none', 0, 0)];
    expect(noticeable(groups, [], 5).map((one) => one.code)).toEqual(['fall', 'rise']);
    expect(zOf(group('none', 0, 0))).toBe(0);
  });

  it('finds a burst in one place that its category as a whole hides, and tells none twice', () => {
    const calm = group('fixed', 310, 300);
    const cells = [
      { ...group('lx', 48, 4), category: 'fixed' },
      { ...group('ts', 60, 50), category: 'fixed' },
    ];
    expect(noticeable([calm], cells, 5).map((one) => one.code)).toEqual(['lx']);
    expect(noticeable([group('fixed', 500, 300)], cells, 5).map((one) => one.code)).toEqual(['fixed']);
  });

  it('names the part that makes up a good deal of it, the finer dimension first, and none when it is spread or merely large', () => {
    const moved = group('断线', 200, 100);
    expect(mainPart(moved, [[group('a', 90, 20), group('b', 110, 80)]])?.code).toBe('a');
    expect(mainPart(moved, [[group('estate', 80, 20)], [group('city', 190, 95)]])?.code).toBe('estate');
    expect(mainPart(moved, [Array.from({ length: 10 }, (_, i) => group(`d${i}`, 20, 10))])).toBeNull();
    expect(mainPart(moved, [[group('big', 150, 75), group('small', 50, 25)]])).toBeNull();
  });

  it('is the whole when everything moves together', () => {
    expect(isWholeMoving(group('all', 2000, 1000), group('one', 210, 100))).toBe(true);
    expect(isWholeMoving(group('all', 1050, 1000), group('one', 210, 100))).toBe(false);
  });
});

describe('the weeks compared', () => {
  it('are whole days: one that is still running is not among them', () => {
    expect(weeksOf('2026-03-16', ['2026-03-15', '2026-03-16'])).toMatchObject({ now: NOW, before: BEFORE, running: true });
  });
  it('end with the data where those end earlier', () => {
    expect(weeksOf('2026-03-20', ['2026-03-14', '2026-03-15'])).toMatchObject({ now: NOW, running: false, lastDay: '2026-03-15' });
  });
  it('do not run ahead of a clock for a voice dated tomorrow', () => {
    expect(weeksOf('2026-03-16', ['2026-03-16', '2026-03-17'])).toMatchObject({ now: NOW, running: true });
  });
});

describe('the days shown', () => {
  const rows = Array.from({ length: 63 }, (_, i) => ({
    day: new Date(Date.UTC(2026, 0, 13 + i)).toISOString().slice(0, 10),
    voices: 10 + (i % 7),
    complaints: 1,
    unmapped: 0,
  }));
  const days = daysOf(
    { rows },
    weeksOf(
      '2026-03-16',
      rows.map((row) => row.day),
    ),
  );
  const of = (day: string): Day | undefined => days.find((one) => one.day === day);

  it('are four whole weeks and today, which is marked as running', () => {
    expect(days).toHaveLength(29);
    expect(days.filter((day) => day.partial).map((day) => day.day)).toEqual(['2026-03-16']);
  });
  it('stand beside what is usual on their weekday', () => {
    expect(of('2026-03-15')).toMatchObject({ voices: 15, usual: 15 });
    expect(of('2026-03-10')?.usual).toBe(10);
  });
  it('have no usual value where the weeks before are not all there, and count a day without voices as 0', () => {
    const short = daysOf({ rows: rows.slice(40, 60) }, weeksOf('2026-03-16', ['2026-03-15']));
    expect(short.at(-1)).toMatchObject({ day: '2026-03-15', voices: 0, usual: null });
  });
});
