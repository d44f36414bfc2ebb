import { describe, expect, it } from 'vitest';
import { CHANNELS, VOICE_KINDS } from '../model/voice.ts';
import { suggestMapping } from './mapping/suggest-mapping.ts';
import { voiceWords, wordOf } from './mapping/words.ts';
import { channelChoices, kindChoices, templateColumns, templateTitle } from './template-columns.ts';

describe('the templates', () => {
  const cases = (['voices', 'customers'] as const).flatMap((as) => (['zh', 'en'] as const).map((locale) => [as, locale] as const));
  it.each(cases)('of %s in %s have titles that are known for what they are', (as, locale) => {
    const columns = templateColumns(as).map((column) => ({ title: templateTitle(column, locale), samples: [] }));
    const suggestion = suggestMapping(columns, as, { words: voiceWords() });
    expect(suggestion.columns.map(({ field }) => field)).toEqual(templateColumns(as).map(({ field }) => field));
  });

  it('offer words that mean exactly the kind and the channel', () => {
    const words = voiceWords();
    for (const locale of ['zh', 'en'] as const) {
      expect(kindChoices(locale).map((word) => wordOf(word, words.kinds))).toEqual(VOICE_KINDS);
      expect(channelChoices(locale).map((word) => wordOf(word, words.channels))).toEqual(CHANNELS);
    }
  });
});
