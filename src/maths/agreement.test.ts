import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodedUnit, krippendorffAlpha } from './agreement.ts';
import { seededRandom } from './seeded-random.ts';

const units = (...coders: readonly string[]): readonly CodedUnit[] =>
  Array.from(coders[0]!.split(' '), (_, i) => coders.map((line) => line.split(' ')[i]!).map((code) => (code === '.' ? null : code)));

describe('Krippendorff’s alpha', () => {
  it.each([
    ['two coders, two categories', units('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0'), 0.095],
    ['two coders, five categories', units('a a b b d c c c e d d a', 'b a b b b c c c e d d d'), 0.692],
    [
      'four coders with gaps',
      units('1 2 3 3 2 1 4 1 2 . . .', '1 2 3 3 2 2 4 1 2 5 . 3', '. 3 3 3 2 3 4 2 2 5 1 .', '1 2 3 3 2 4 4 1 2 5 1 .'),
      0.743,
    ],
  ] as const)('is what Krippendorff (2011) prints: %s', (_, coded, wanted) => {
    const found = krippendorffAlpha(coded);
    expect(found.alpha).toBeCloseTo(wanted, 3);
    expect(found.low!).toBeLessThanOrEqual(found.alpha!);
    expect(found.high!).toBeGreaterThanOrEqual(found.alpha!);
  });

  it('does not depend on the order of units and coders, nor on what categories are called', () => {
    const code = fc.constantFrom('a', 'b', 'c', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(code, code, code), { minLength: 2, maxLength: 20 }), (coded) => {
        const named = coded.map((unit) => unit.toReversed().map((one) => (one === null ? null : `x${one}`))).toReversed();
        const [one, two] = [krippendorffAlpha(coded, { replicates: 1 }), krippendorffAlpha(named, { replicates: 1 })];
        expect(two.alpha ?? -9).toBeCloseTo(one.alpha ?? -9, 10);
        if (one.alpha !== null) expect(one.alpha).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('is 1 where all agree, about 0 where codes are dealt by chance, and nothing where there is nothing to compare', () => {
    expect(krippendorffAlpha(units('a b c', 'a b c')).alpha).toBe(1);
    expect(krippendorffAlpha(units('a a a', 'a a a')).alpha).toBeNull();
    expect(krippendorffAlpha([['a', null]])).toMatchObject({ alpha: null, units: 0 });
    const random = seededRandom(7, 'codes');
    const dealt = Array.from({ length: 800 }, () => [random.pick(['a', 'b', 'c']), random.pick(['a', 'b', 'c'])]);
    const chance = krippendorffAlpha(dealt);
    expect(chance.low!).toBeLessThan(0);
    expect(chance.high!).toBeGreaterThan(0);
    expect(Math.abs(chance.alpha!)).toBeLessThan(0.1);
  });

  it('has an interval that covers the truth about as often as it says', () => {
    // Each code is right with 0.85, else any other of four: the expected alpha by its definition.
    const [right, k] = [0.85, 4];
    const agree = right * right + ((1 - right) * (1 - right)) / (k - 1);
    const truth = 1 - (1 - agree) / (1 - 1 / k);
    const random = seededRandom(3, 'cover');
    const codeOf = (cause: number): string => String(random.chance(right) ? cause : (cause + 1 + random.int(k - 1)) % k);
    let covered = 0;
    for (let world = 0; world < 100; world++) {
      const coded = Array.from({ length: 120 }, () => {
        const cause = random.int(k);
        return [codeOf(cause), codeOf(cause)];
      });
      const { low, high } = krippendorffAlpha(coded, { replicates: 200, seed: world });
      if (low! <= truth && truth <= high!) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
  });
});
