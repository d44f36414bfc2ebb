import type { Pack } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';
import { invalid, isLeaf } from './pack-mistakes.ts';

/** What a pack promises for every leaf (`depth`), and what its counter-examples and scripts must be to be of use. */
export function depthProblems(pack: Pack): readonly Problem[] {
  return [...counterExampleProblems(pack), ...(pack.depth === undefined ? [] : leafProblems(pack, pack.depth))];
}

/** A counter-example that the model learns from would measure nothing, and one of its own look-alike says nothing. */
function counterExampleProblems(pack: Pack): readonly Problem[] {
  const examples = new Set(pack.examples.map((example) => example.text));
  return pack.counter_examples.flatMap((each, i) => {
    const at = `counter_examples.${i}`;
    const found: Problem[] = [];
    if (each.category === each.not_category)
      found.push(invalid(`${at}.category`, 'is the category that it is said not to be', 'name the category that the text belongs to'));
    if (examples.has(each.text)) found.push(invalid(`${at}.text`, 'is an example too', 'say it in other words'));
    return found;
  });
}

function leafProblems(pack: Pack, depth: NonNullable<Pack['depth']>): readonly Problem[] {
  const terms = countBy(pack.terms.map((term) => term.category));
  const examples = countBy(pack.examples.map((example) => example.category));
  const counter = countBy(pack.counter_examples.map((each) => each.not_category));
  const scripts = new Set(pack.scripts.map((script) => script.category));
  const leaves = pack.categories.flatMap((category, i) => {
    if (!isLeaf(category)) return [];
    const { code } = category;
    const few = (what: string, has: number, least: number): readonly Problem[] =>
      has >= least ? [] : [invalid(`categories.${i}`, `${code} has ${has} ${what}, ${least} are promised`, `write ${least - has} more`)];
    return [
      ...few('terms', terms.get(code) ?? 0, depth.terms),
      ...few('examples', examples.get(code) ?? 0, depth.examples),
      ...few('counter-examples', counter.get(code) ?? 0, depth.counter_examples),
      ...(depth.scripts && !scripts.has(code)
        ? [invalid(`categories.${i}`, `${code} has no explanation script`, 'write what an agent says, in both languages')]
        : []),
    ];
  });
  const words = pack.dictionary.length;
  return words >= depth.dictionary
    ? leaves
    : [...leaves, invalid('dictionary', `has ${words} words, ${depth.dictionary} are promised`, `add ${depth.dictionary - words}`)];
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
