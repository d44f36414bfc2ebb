import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/maths/seeded-random.ts';
import type { Pack } from '../../src/model/pack.ts';
import { loadPack } from '../../src/understand/load-pack.client.ts';
import { type Phrase, sayPhrase, type Topic } from './phrases.ts';
import { loadTopics } from './write.client.ts';

const GRAM = 4;
const SAID = 30;

let pack: Pack;
let topics: readonly Topic[];
beforeAll(async () => {
  pack = await loadPack();
  topics = await loadTopics();
});

/** The written stretches of a phrase, whatever is chosen. */
function stretchesOf(phrase: Phrase): readonly string[] {
  return phrase.flatMap((part) => (part.kind === 'words' ? [part.words] : part.kind === 'choice' ? part.of.flatMap(stretchesOf) : []));
}

function gramsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - GRAM + 1) }, (_, i) => text.slice(i, i + GRAM));
}

describe('what customers of the province say', () => {
  test('is no sentence of the pack, said in thirty ways', () => {
    const known = new Set([...pack.examples, ...pack.counter_examples].map(({ text }) => text));
    const random = seededRandom(1, 'overlap');
    const copies = topics.flatMap((topic) =>
      topic.phrases.flatMap((phrase) => Array.from({ length: SAID }, () => sayPhrase(phrase, random)).filter((said) => known.has(said))),
    );
    expect(copies).toEqual([]);
  });

  test('shares at most a quarter of its four-character fragments with the pack', () => {
    const known = new Set(pack.examples.flatMap(({ text }) => gramsOf(text)));
    const spoken = topics.flatMap((topic) => topic.phrases.flatMap(stretchesOf)).flatMap(gramsOf);
    const shared = spoken.filter((gram) => known.has(gram)).length;
    console.log(`${shared} of ${spoken.length} four-character fragments of the phrases occur in the pack's examples`);
    expect(spoken.length).toBeGreaterThan(8000);
    expect(shared / spoken.length).toBeLessThan(0.25);
  });

  test('is at least seven lines a cause, two of them without a mood', () => {
    for (const { category, phrases, plain } of topics) {
      expect(phrases.length, category).toBeGreaterThanOrEqual(7);
      expect(plain.length, category).toBeGreaterThanOrEqual(2);
    }
  });
});
