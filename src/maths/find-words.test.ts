import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WordFinder } from './find-words.ts';

const units = (text: string): Uint16Array => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

it('finds exactly what looking at every place for every word finds', () => {
  const word = fc.string({ unit: fc.constantFrom('断', '网', '了', 'a'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('断', '网', '了', 'a', 'b'), maxLength: 40 }),
      (words, text) => {
        const finder = new WordFinder(words);
        finder.scan(units(text), text.length);
        const found = Array.from({ length: finder.count }, (_, i) => `${finder.word[i]}@${finder.from[i]}-${finder.before[i]}`).sort();
        const expected = words.flatMap((w, id) =>
          Array.from(text, (_, at) => at)
            .filter((at) => text.startsWith(w, at))
            .map((at) => `${id}@${at}-${at + w.length}`),
        );
        expect(found).toEqual(expected.sort());
      },
    ),
    { numRuns: 300 },
  );
});
