import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewerOf, warehouseOf } from '../../test/kit/warehouse-rows.ts';
import { VOICE_SORTS } from '../model/voice-views.ts';
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

const scored = fc.array(
  fc.record({
    daysAgo: fc.integer({ min: 0, max: 3 }),
    score: fc.option(fc.constantFrom(1, 4.5, 10), { nil: null }),
    confidence: fc.constantFrom(0.1, 0.3, 0.8384),
  }),
  { minLength: 1, maxLength: 20 },
);

test('pages of any order give each voice once, in that order, what is not known last', async () => {
  await fc.assert(
    fc.asyncProperty(scored, fc.integer({ min: 1, max: 6 }), fc.boolean(), async (given, limit, byText) => {
      const rows = given.map(({ daysAgo, score, confidence }, i) => ({
        id: i + 1,
        said: new Date(NEWEST - daysAgo * DAY_MS).toISOString().slice(0, 19),
        text_masked: '宽带断了',
        score,
        confidence,
      }));
      const { ctx, warehouse } = await warehouseOf(rows);
      try {
        for (const sort of VOICE_SORTS) {
          const got: number[] = [];
          for (let cursor: string | null = null; ;) {
            const page = await searchVoices(ctx, viewerOf(), byText ? [{ text: '宽带' }] : [], { limit, cursor, sort });
            got.push(...page.rows.map(({ id }) => id));
            cursor = page.next;
            if (cursor === null) break;
          }
          const side = sort.startsWith('-') ? -1 : 1;
          const valueOf = (row: (typeof rows)[number]): number | null =>
            sort.endsWith('said_at') ? Date.parse(`${row.said}Z`) : sort.endsWith('score') ? row.score : row.confidence;
          const wanted = rows.toSorted((a, b) => {
            const [x, y] = [valueOf(a), valueOf(b)];
            if (x === null || y === null) return Number(x === null) - Number(y === null) || side * (a.id - b.id);
            return side * (x - y || a.id - b.id);
          });
          expect([sort, got]).toEqual([sort, wanted.map(({ id }) => id)]);
        }
      } finally {
        await warehouse.close();
      }
    }),
    { numRuns: 6 },
  );
});

test('a cursor of one order is refused by another', async () => {
  const rows = [1, 2].map((id) => ({ id, said: '2026-03-10T08:00:00', score: id }));
  const { ctx, warehouse } = await warehouseOf(rows);
  try {
    const { next } = await searchVoices(ctx, viewerOf(), [], { limit: 1, sort: '-score' });
    await expect(searchVoices(ctx, viewerOf(), [], { limit: 1, cursor: next })).rejects.toMatchObject({
      problems: [{ code: 'field-invalid', column: 'cursor' }],
    });
  } finally {
    await warehouse.close();
  }
});
