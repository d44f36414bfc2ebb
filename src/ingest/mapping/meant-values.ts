import type { Channel, VoiceKind } from '../../model/voice.ts';
import type { Mapping } from './mapping.ts';
import type { VoiceWords, WordBook } from './words.ts';

interface Places<Place, Unit> {
  region(written: string): Place | undefined;
  unit(written: string): Unit | undefined;
}

/**
 * What a person said a source means by its own words ("历下" is 历下区). Places and units are looked up through it, so the row keeps what
 * the file says and stays the same row when the file comes again.
 */
export function withMeantPlaces<Place, Unit>(gazetteer: Places<Place, Unit>, { values }: Mapping): Places<Place, Unit> {
  if (values?.region === undefined && values?.unit === undefined) return gazetteer;
  const regions = new Map(Object.entries(values.region ?? {}));
  const units = new Map(Object.entries(values.unit ?? {}));
  return {
    region: (written) => gazetteer.region(regions.get(written) ?? written),
    unit: (written) => gazetteer.unit(units.get(written) ?? written),
  };
}

export function withMeantWords(words: VoiceWords, { values }: Mapping): VoiceWords {
  if (values?.kind === undefined && values?.channel === undefined) return words;
  return { kinds: book<VoiceKind>(words.kinds, values.kind), channels: book<Channel>(words.channels, values.channel) };
}

/** Whole cells only, as they are written; everything else as before. */
function book<Code extends string>(known: WordBook<Code>, meant: Readonly<Record<string, Code>> | undefined): WordBook<Code> {
  return { words: known.words, remembered: new Map([...known.remembered, ...(Object.entries(meant ?? {}) as [string, Code][])]) };
}
