import { describe, expect, it } from 'vitest';
import { type Moved, changeOf, mainPlace, noticeable, zOf } from './overview.ts';

const group = (code: string, value: number, previous: number): Moved => ({ code, names: { zh: code, en: code }, value, previous });

describe('what changed', () => {
  it.each([
    [120, 100, '断线上升 20 %（100 → 120 条）', '断线 rose by 20% (100 → 120 voices)'],
    [80, 100, '断线下降 20 %（100 → 80 条）', '断线 fell by 20% (100 → 80 voices)'],
    [1001, 1000, '断线与上期持平（1,000 → 1,001 条）', '断线 stayed the same (1,000 → 1,001 voices)'],
    [7, 0, '断线新出现（0 → 7 条）', '断线 are new (0 → 7 voices)'],
  ])('is said in words: %i after %i', (value, previous, zh, en) => {
    expect(changeOf(group('断线', value, previous), null, []).sentence).toEqual({ zh, en });
  });

  it('leaves out what chance alone may do, and puts the strongest first', () => {
    const groups = [group('noise', 110, 100), group('rise', 200, 100), group('fall', 20, 200), group('none', 0, 0)];
    expect(noticeable(groups, 5).map((one) => one.code)).toEqual(['fall', 'rise']);
    expect(zOf(group('none', 0, 0))).toBe(0);
  });

  it('names the place that makes up a good part of it, and none when it is spread', () => {
    const moved = group('断线', 200, 100);
    expect(mainPlace(moved, [group('a', 90, 20), group('b', 110, 80)])?.code).toBe('a');
    const spread = Array.from({ length: 10 }, (_, i) => group(`d${i}`, 20, 10));
    expect(mainPlace(moved, spread)).toBeNull();
  });
});
