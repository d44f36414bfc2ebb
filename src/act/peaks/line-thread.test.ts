import { expect, test } from 'vitest';
import { seededRandom } from '../../maths/seeded-random.ts';
import { type LineAsk, solvedLine } from './line-messages.ts';
import { startLineThread } from './line-thread.client.ts';
import type { Told } from './rate.ts';
import { dayMoved } from './team.ts';

const TODAY = '2026-07-01';
const ask: LineAsk = {
  city: 'A',
  today: TODAY,
  team: [{ id: 's', minutes: [300, 300, 300, 300, 300, 0, 0], minutes_per_call: 10, categories: [], segments: [] }],
  span: 1,
  by: { effect: 0.3, values: { high: 100, usual: 50, low: 20 }, tiers: { high_tiers: [], low_tiers: [] } },
  holdOut: 0.1,
};

function toldBefore(seed: number, perDay: number): readonly Told[] {
  const random = seededRandom(seed, 'told');
  return Array.from({ length: 34 * perDay }, (_, i): Told => {
    const day = dayMoved(TODAY, -1 - (i % 34));
    const p = random.between(0, 0.5);
    return {
      voice: i + 1,
      customer: `c${random.int(5_000)}`,
      said_at: `${day}T02:00:00.000Z`,
      day,
      category: null,
      level: null,
      segment: null,
      value_tier: null,
      p,
      p_low: p,
      p_high: p,
      scored: true,
    };
  });
}

test('a thread solves one city after the other as the plain function does, and says so when it was ended', async () => {
  const thread = startLineThread();
  try {
    for (const [seed, perDay] of [
      [1, 60],
      [2, 90],
    ] as const) {
      const told = toldBefore(seed, perDay);
      const solved = await thread.solve(told, ask);
      expect(solved).toEqual(solvedLine(told, ask));
      expect(solved.line).toBeGreaterThan(0);
      expect(solved.tested.length).toBeGreaterThan(5);
    }
    const under = thread.solve(toldBefore(3, 2_000), ask);
    await Promise.all([expect(under).rejects.toThrow('ended'), thread.end()]);
    await expect(thread.solve([], ask)).rejects.toThrow('ended');
  } finally {
    await thread.end();
  }
});
