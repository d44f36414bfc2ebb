import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewerOf, warehouseOf } from '../../test/kit/warehouse-rows.ts';
import { searchVoices } from './search-voices.client.ts';

const DAY_MS = 86_400_000;
const NEWEST = Date.parse('2026-03-10T08:00:00Z');
const voices = fc.array(fc.record({ daysAgo: fc.integer({ min: 0, max: 120 }), hasWord: fc.boolean() }), { minLength: 1, maxLength: 25 });

test('pages of a word give each of its voices once, newest first, however far apart they were said', async () => {
  await fc.assert(
    fc.asyncProperty(voices, fc.integer({ min: 1, max: 6 }), async (said, limit) => {
      const rows = said.map(({ daysAgo, hasWord }, i) => ({
        id: i + 1,
        said: new Date(NEWEST - daysAgo * DAY_MS).toISOString().slice(0, 19),
        text_masked: hasWord ? '宽带断了' : '账单不对',
      }));
      const { ctx, warehouse } = await warehouseOf(rows);
      try {
        const got: number[] = [];
        for (let cursor: string | null = null; ;) {
          const page = await searchVoices(ctx, viewerOf(), [{ text: '宽带' }], { limit, cursor });
          expect(page.count).toBe(said.filter(({ hasWord }) => hasWord).length);
          got.push(...page.rows.map(({ id }) => id));
          cursor = page.next;
          if (cursor === null) break;
        }
        const wanted = rows
          .filter((_, i) => said[i]?.hasWord)
          .toSorted((a, b) => (a.said < b.said ? 1 : a.said > b.said ? -1 : b.id - a.id));
        expect(got).toEqual(wanted.map(({ id }) => id));
      } finally {
        await warehouse.close();
      }
    }),
    { numRuns: 25 },
  );
});
