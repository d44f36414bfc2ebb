import { describe, expect, test } from 'vitest';
import { handlingSchema, tierOf } from './handling.ts';
import { peakSettings } from './peaks.ts';

describe('what a value counts as', () => {
  test.each([
    ['钻石', 'high'],
    ['普通', 'low'],
    ['银卡', 'usual'],
    [null, 'usual'],
  ])('%s: %s', (value, tier) => {
    expect(tierOf({ high_tiers: ['金卡', '钻石'], low_tiers: ['普通'] }, value)).toBe(tier);
  });

  test('a pack that names no low values has customers of two tiers', () => {
    const { high_tiers, low_tiers } = handlingSchema.parse({ expectations: [], high_tiers: ['A'], strategies: [], chains: [], costs: [] });
    expect(low_tiers).toEqual([]);
    expect(['A', 'B'].map((value) => tierOf({ high_tiers, low_tiers }, value))).toEqual(['high', 'usual']);
  });
});

describe('settings of peaks', () => {
  const effect = { value: 0.25, low: 0.1, high: 0.4, experiment: null };
  const given = (low: object) => ({
    effect,
    hold_out: 0.08,
    values: { high: 600, usual: 200, ...low },
    comfort: { high: { each: 20, month: 100 }, usual: { each: 5, month: 50 } },
  });

  test('that do not name low value have what is usual for it', () => {
    expect(peakSettings.parse(given({}))).toMatchObject({ values: { low: 200 }, comfort: { low: { each: 5, month: 50 } } });
    expect(peakSettings.parse(given({ low: 0 }))).toMatchObject({ values: { low: 0 } });
  });

  test('name no tier that there is not', () => {
    expect(peakSettings.safeParse(given({ none: 1 })).success).toBe(false);
  });
});
