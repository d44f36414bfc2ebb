import type { LeafContent, LeafQuality, MapLeaf, Misread } from '../model/knowledge-map.ts';
import type { Pack, PackCategory } from '../model/pack.ts';
import type { Names } from '../model/question.ts';
import type { Reading } from '../model/reading.ts';

export const leavesOf = (pack: Pack): readonly PackCategory[] => pack.categories.filter((category) => category.cell !== undefined);

/** All causes with the words that lead to them. */
export function mapOf(pack: Pack): readonly MapLeaf[] {
  const terms = byKey(pack.terms, (term) => term.category);
  const examples = byKey(pack.examples, (example) => example.category);
  const lookAlikes = byKey(pack.counter_examples, (example) => example.not_category);
  const scripted = new Set(pack.scripts.map((script) => script.category));
  return leavesOf(pack).map(({ code, names, stage, cell }) => {
    const own = terms.get(code) ?? [];
    return {
      code,
      names,
      stage: stage ?? null,
      cell: cell ?? null,
      words: [...new Set(own.flatMap((term) => [term.term, ...synonymsOf(pack, term.term).flatMap((s) => s.variants)]))],
      examples: examples.get(code)?.length ?? 0,
      counter_examples: lookAlikes.get(code)?.length ?? 0,
      script: scripted.has(code),
    };
  });
}

function byKey<T>(list: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of list) {
    const group = found.get(keyOf(one));
    if (group === undefined) found.set(keyOf(one), [one]);
    else group.push(one);
  }
  return found;
}

const synonymsOf = (pack: Pack, term: string): Pack['synonyms'] => pack.synonyms.filter((synonym) => term.includes(synonym.word));

/** Everything the pack says about one cause. */
export function contentOf(pack: Pack, code: string): LeafContent | null {
  if (!leavesOf(pack).some((leaf) => leaf.code === code)) return null;
  const terms = pack.terms.filter((term) => term.category === code);
  const nameOf = (other: string): Names => pack.categories.find((one) => one.code === other)?.names ?? { zh: other, en: other };
  const synonyms = new Set(terms.flatMap((term) => synonymsOf(pack, term.term)));
  return {
    terms: terms.map((term) => ({ term: term.term, with: term.with ?? [], without: term.without ?? [], weight: term.weight })),
    synonyms: [...synonyms].map(({ word, variants }) => ({ word, variants })),
    examples: pack.examples.filter((example) => example.category === code).map((example) => example.text),
    not_this: pack.counter_examples
      .filter((example) => example.not_category === code)
      .map(({ text, category }) => ({ text, category, names: nameOf(category) })),
    this_though: pack.counter_examples
      .filter((example) => example.category === code)
      .map(({ text, not_category }) => ({ text, category: not_category, names: nameOf(not_category) })),
    script: pack.scripts.find((script) => script.category === code)?.say ?? null,
  };
}

/** The pack's own sentences around a cause, and what each ought to be read as. */
export function sentencesOf(content: LeafContent, code: string): readonly { text: string; wanted: string; kind: Misread['kind'] }[] {
  return [
    ...content.examples.map((text) => ({ text, wanted: code, kind: 'example' as const })),
    ...content.not_this.map(({ text, category }) => ({ text, wanted: category, kind: 'look-alike' as const })),
    ...content.this_though.map(({ text }) => ({ text, wanted: code, kind: 'look-alike' as const })),
  ];
}

export function qualityOf(
  sentences: ReturnType<typeof sentencesOf>,
  readings: readonly Pick<Reading, 'category' | 'confidence'>[],
  nameOf: (category: string | null) => Names,
): LeafQuality {
  const judged = sentences.map((sentence, i) => ({ ...sentence, reading: readings[i] ?? { category: null, confidence: 0 } }));
  const count = (kind: Misread['kind'], right: boolean): number =>
    judged.filter((one) => one.kind === kind && (!right || one.reading.category === one.wanted)).length;
  return {
    examples: count('example', false),
    examples_right: count('example', true),
    look_alikes: count('look-alike', false),
    look_alikes_right: count('look-alike', true),
    wrong: judged
      .filter((one) => one.reading.category !== one.wanted)
      .map(({ text, wanted, kind, reading }) => ({
        text,
        wanted,
        kind,
        read_as: reading.category,
        names: nameOf(reading.category),
        confidence: reading.confidence,
      })),
  };
}
