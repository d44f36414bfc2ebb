import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Given, type TestWarehouse, viewerOf, warehouseOf } from '../../test/kit/warehouse-rows.ts';
import type { Context } from '../platform/context.ts';
import type { Pack } from '../model/pack.ts';
import { hotWordsOf } from './hot-words.client.ts';
import { candidates, hotWords, wordsOfText, zOf } from './hot-words.ts';
import { searchVoices } from './search-voices.client.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const KNOWN = new Set(['宽带', '光猫', '断网']);

describe('the words of a text', () => {
  test('are those the trade knows, those of the language, and neighbours joined', () => {
    const found = wordsOfText('宽带断网了，光猫红灯', KNOWN, segmenter);
    for (const word of ['宽带', '断网', '宽带断网', '光猫', '光猫红灯']) expect(found).toContain(word);
  });
  test.each(['了', '不了', '您好', '138', '****', '，。', '的'])('are never what carries no matter: %s', (nothing) => {
    expect([...wordsOfText(`断网${nothing}`, KNOWN, segmenter)]).not.toContain(nothing);
  });
  test('stand in the text as they are, so that looking for them finds it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('宽带', '断网', '了', '，', '光猫', 'WiFi ', '*', '3', '慢')), (parts) => {
        const text = parts.join('');
        for (const word of wordsOfText(text, KNOWN, segmenter)) expect(text.toLowerCase()).toContain(word);
      }),
    );
  });
});

describe('a word stands out', () => {
  test('when its share differs by more than chance', () => {
    const found = hotWords(
      [
        { word: '断网', voices: 40, rest: 10 },
        { word: '宽带', voices: 50, rest: 500 },
        { word: '红灯', voices: 2, rest: 0 },
      ],
      100,
      1000,
      5,
    );
    expect(found.map(({ word, times }) => [word, times])).toEqual([['断网', 40]]);
    expect(zOf(0, 0, 1, 2)).toBe(0);
  });
  test('once: what only repeats another is left out', () => {
    const chosen = {
      counts: new Map([
        ['光猫', 50],
        ['光猫红灯', 45],
        ['断网', 30],
      ]),
      texts: 100,
    };
    const rest = { counts: new Map([['断网', 3]]), texts: 1000 };
    expect(candidates(chosen, rest, 10)).toEqual(['光猫', '断网']);
  });
});

describe('hot words of a selection', () => {
  let world: TestWarehouse;
  let ctx: Context;
  beforeAll(async () => {
    const voices = Array.from({ length: 300 }, (_, i): Given => ({
      id: i + 1,
      said: `2026-03-0${1 + (i % 9)}T10:00:00`,
      city: i % 4 === 0 ? 'qd' : 'jn',
      kind: i % 3 === 0 ? 'fault' : 'complaint',
      text_masked: i % 3 === 0 ? `宽带断网了${i % 2 === 0 ? '光猫红灯' : ''}` : `账单多扣费${i % 9 === 0 ? '断网' : ''}`,
    }));
    world = await warehouseOf(voices);
    const pack = { terms: [{ term: '断网' }, { term: '光猫' }, { term: '宽带' }], synonyms: [], dictionary: [] } as unknown as Pack;
    ctx = { ...world.ctx, pack } as unknown as Context;
  });
  afterAll(() => world.warehouse.close());

  test.each([viewerOf(), viewerOf({ scope: 'city', city: 'jn' })])(
    'open exactly as many voices as they count, within scope',
    async (viewer) => {
      const found = await hotWordsOf(ctx, viewer, [{ field: 'kind', in: ['fault'] }], { limit: 10 });
      expect(found.against).toBe('rest');
      expect(found.words.map(({ word }) => word)).toContain('宽带断网');
      for (const one of found.words) expect((await searchVoices(ctx, viewer, one.where, { limit: 0 })).count).toBe(one.voices);
      const all = await searchVoices(ctx, viewer, [], { limit: 0 });
      expect(found.voices + found.rest).toBe(all.count);
    },
  );

  test('of a whole period are compared with the time before', async () => {
    const where = [{ field: 'said_at', from: '2026-03-05', before: '2026-03-08' }];
    expect(await hotWordsOf(ctx, viewerOf(), where, { limit: 5 })).toMatchObject({ against: 'before' });
    await expect(hotWordsOf(ctx, viewerOf(), [], { limit: 5 })).rejects.toMatchObject({ code: 'question-invalid' });
  });
});
