import type { Pack } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';
import { dimensionOfSegment, ruleSegmentOf } from '../model/segment.ts';
import { invalid, repeated, unknown } from './pack-mistakes.ts';

/** Causes about money that are no first level of the pack, and words written twice. */
export function behaviourProblems({ behaviour, categories }: Pack): readonly Problem[] {
  const first = new Set(categories.map(({ code }) => code).filter((code) => !code.includes('/')));
  return [
    ...behaviour.money.flatMap((code, i) => (first.has(code) ? [] : [unknown(`behaviour.money.${i}`, code)])),
    ...Object.entries(behaviour.usage).flatMap(([name, titles]) => repeated(`behaviour.usage.${name}`, titles)),
    ...Object.entries(behaviour.words).flatMap(([type, words]) => repeated(`behaviour.words.${type}`, words)),
  ];
}

/** Ids and values written twice, and segments that no customer can ever be in because those before them take everybody. */
export function segmentProblems(pack: Pack): readonly Problem[] {
  return [
    ...repeated(
      'segments',
      pack.segments.map((segment) => segment.id),
    ),
    ...pack.segments.flatMap((segment, i) => [
      ...(dimensionOfSegment(segment.id) === 'segment'
        ? []
        : [invalid(`segments.${i}.id`, 'a temperament or a usage group is called so', 'choose another id')]),
      ...repeated(`segments.${i}.brands`, segment.brands),
      ...repeated(`segments.${i}.tiers`, segment.tiers),
      ...hidden(pack.segments, i),
    ]),
  ];
}

/** Every brand × value of a segment is tried on the segments before it; an empty list stands for a value that nobody names. */
function hidden(segments: Pack['segments'], at: number): readonly Problem[] {
  const segment = segments[at];
  if (segment === undefined) return [];
  const before = segments.slice(0, at);
  const brands = segment.brands.length === 0 ? [null] : segment.brands;
  const tiers = segment.tiers.length === 0 ? [null] : segment.tiers;
  const isTaken = brands.every((brand) => tiers.every((valueTier) => ruleSegmentOf(before, { brand, valueTier }) !== null));
  if (!isTaken) return [];
  return [invalid(`segments.${at}`, 'segments before it take every customer of it', 'move it up, or say other brands and tiers')];
}
