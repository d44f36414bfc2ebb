import { describe, expect, it } from 'vitest';
import { askFor, comparedOf, tableFrom } from '../../../test/kit/trial-tables.ts';
import { seededRandom } from '../../maths/seeded-random.ts';

describe('before and after, mostly of different people', () => {
  const EFFECT = 0.5;
  /** A survey that a third of the customers answer, each time another third; some are easily content. Both arms rise by .3 anyway. */
  const surveyed = (seed: number) => {
    const random = seededRandom(seed, 'survey');
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return tableFrom(
      'arm score score_before',
      Array.from({ length: 3_000 }, (_, i) => {
        const [treated, usual] = [i % 2 === 0, 7 + 1.2 * normal()];
        const asked = (share: number, mean: number): string | null => (random.chance(share) ? (mean + normal()).toFixed(2) : null);
        return [
          treated ? 'new' : 'control',
          asked(0.35, usual + 0.3 + (treated ? EFFECT - 0.4 : 0)),
          asked(0.35, usual - (treated ? 0.4 : 0)),
        ];
      }),
    );
  };
  const beforeOf = (seed: number) => comparedOf(surveyed(seed), askFor('score:up', { before: 'score_before' })).before!;

  it('the change is that of all who answered, and the intervals hold what was planted', () => {
    const found = Array.from({ length: 60 }, (_, seed) => beforeOf(seed));
    const [one] = found;
    expect(one).toMatchObject({ of: 'others' });
    expect(one!.cuped).toBeUndefined();
    expect(one!.arms!.control.pairs).toBeLessThan(one!.arms!.control.before.n / 2);
    const held = found.filter(({ difference_in_differences: { low, high } }) => low <= EFFECT && high >= EFFECT).length;
    const control = found.filter(({ arms }) => arms!.control.change.low <= 0.3 && arms!.control.change.high >= 0.3).length;
    const seen = found.filter(({ difference_in_differences: { low } }) => low > 0).length;
    console.log(
      `others before and after, 60 surveys: the difference of changes holds the truth ${held} times, the control’s change ${control} times; seen ${seen} times`,
    );
    expect(held).toBeGreaterThanOrEqual(53);
    expect(control).toBeGreaterThanOrEqual(53);
    expect(seen).toBeGreaterThanOrEqual(50);
  });

  it('counted rows have both, by arm, with intervals and the difference of the changes', () => {
    const table = tableFrom('arm month n content content_before', [
      ['control', '1', 1000, '62%', '60%'],
      ['control', '2', 1200, '61%', '60%'],
      ['new', '1', 1000, '70%', '58%'],
      ['new', '2', 1200, '69%', '59%'],
    ]);
    const { before } = comparedOf(table, askFor('content:up', { count: 'n', before: 'content_before' }));
    expect(before).toMatchObject({ of: 'others', arms: { control: { pairs: 0, before: { n: 2200 }, after: { n: 2200 } } } });
    const { control, treated } = before!.arms!;
    expect(control.change.effect).toBeCloseTo((1000 * 0.02 + 1200 * 0.01) / 2200, 10);
    expect(treated.change.effect).toBeCloseTo((1000 * 0.12 + 1200 * 0.1) / 2200, 10);
    expect([control.change.low < 0, control.change.high > 0, treated.change.low > 0]).toEqual([true, true, true]);
    expect(before!.difference_in_differences).toMatchObject({ effect: expect.closeTo(treated.change.effect - control.change.effect, 10) });
    expect(before!.difference_in_differences.low).toBeGreaterThan(0.04);
    expect(before!.difference_in_differences.high).toBeLessThan(0.15);
  });

  it('counted zeros and ones know who was both', () => {
    const table = tableFrom('arm hit hit_before n', [
      ['control', 1, 1, 40],
      ['control', 0, 1, 20],
      ['control', 1, 0, 10],
      ['control', 0, 0, 30],
      ['new', 1, 1, 50],
      ['new', 0, 1, 5],
      ['new', 1, 0, 25],
      ['new', 0, 0, 20],
    ]);
    const { before } = comparedOf(table, askFor('hit:up', { count: 'n', before: 'hit_before' }));
    expect(before).toMatchObject({ of: 'same', arms: { control: { pairs: 100, before: { value: 0.6 }, after: { value: 0.5 } } } });
    expect(before!.arms!.control.change.effect).toBeCloseTo(-0.1, 10);
    expect(before!.difference_in_differences.effect).toBeCloseTo(0.3, 10);
  });

  it('says nothing where a side has no past, or the past is of another kind', () => {
    const rows = (past: (i: number) => string | null) =>
      tableFrom(
        'arm hit past',
        Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? 'control' : 'new', i % 3 === 0 ? 1 : 0, past(i)]),
      );
    const ask = askFor('hit:up', { before: 'past' });
    expect(
      comparedOf(
        rows((i) => (i % 2 === 0 ? '1' : null)),
        ask,
      ).before,
    ).toBeUndefined();
    expect(
      comparedOf(
        rows((i) => `${i}%`),
        ask,
      ).before,
    ).toBeUndefined();
    expect(
      comparedOf(
        rows((i) => String(i % 2 === 0 ? 0 : 1)),
        ask,
      ).before?.arms?.control.change.p,
    ).not.toBeNull();
  });
});
