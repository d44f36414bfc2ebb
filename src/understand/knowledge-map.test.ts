import { describe, expect, test } from 'vitest';
import { loadPack } from './load-pack.client.ts';
import { contentOf, leavesOf, mapOf, qualityOf, sentencesOf } from './knowledge-map.ts';

const pack = await loadPack();

describe('the knowledge map', () => {
  test('has every cause of the pack once, with a cell, and loses no term and no example', () => {
    const leaves = mapOf(pack);
    expect(leaves.map((leaf) => leaf.code)).toEqual(leavesOf(pack).map((leaf) => leaf.code));
    expect(leaves.every((leaf) => leaf.cell !== null)).toBe(true);
    expect(leaves.reduce((sum, leaf) => sum + leaf.examples, 0)).toBe(pack.examples.length);
    expect(leaves.reduce((sum, leaf) => sum + leaf.counter_examples, 0)).toBe(pack.counter_examples.length);
    expect(leaves.filter((leaf) => leaf.script)).toHaveLength(new Set(pack.scripts.map((script) => script.category)).size);
  });

  test('gives each cause what the pack says about it, and nothing for a code that is none', () => {
    for (const { code } of leavesOf(pack)) {
      const content = contentOf(pack, code);
      expect(content?.examples).toEqual(pack.examples.filter((example) => example.category === code).map((example) => example.text));
      for (const one of content?.not_this ?? []) expect(one.category).not.toBe(code);
    }
    expect(contentOf(pack, 'fixed')).toBeNull();
    expect(contentOf(pack, 'nothing/at/all')).toBeNull();
  });
});

describe('how well a cause is read', () => {
  const content = {
    terms: [],
    synonyms: [],
    script: null,
    examples: ['断网', '慢'],
    not_this: [{ text: '电视卡', category: 'tv', names: { zh: '', en: '' } }],
    this_though: [],
  };
  const sentences = sentencesOf(content, 'outage');

  test('counts right and wrong, and shows what each wrong one was taken for', () => {
    const readings = [
      { category: 'outage', confidence: 0.9 },
      { category: null, confidence: 0.2 },
      { category: 'outage', confidence: 0.7 },
    ];
    const quality = qualityOf(sentences, readings, (category) => ({ zh: String(category), en: String(category) }));
    expect(quality).toMatchObject({ examples: 2, examples_right: 1, look_alikes: 1, look_alikes_right: 0 });
    expect(quality.wrong.map(({ text, read_as, wanted }) => [text, read_as, wanted])).toEqual([
      ['慢', null, 'outage'],
      ['电视卡', 'outage', 'tv'],
    ]);
  });

  test('is whole when all are read as the pack says', () => {
    const readings = sentences.map(({ wanted }) => ({ category: wanted, confidence: 1 }));
    expect(qualityOf(sentences, readings, () => ({ zh: '', en: '' })).wrong).toEqual([]);
  });
});
