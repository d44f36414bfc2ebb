import type { Pack } from '../model/pack.ts';
import { levelsOf } from '../model/pack.ts';
import type { CauseChoice } from '../model/recording.ts';

/** The causes of the pack's one tree as the form finds them, each with the explanation that an agent gives. */
export function causeChoices(pack: Pick<Pack, 'categories' | 'scripts' | 'terms'>): readonly CauseChoice[] {
  const names = new Map(pack.categories.map((one) => [one.code, one.names]));
  const scripts = new Map(pack.scripts.map((one) => [one.category, [one.say, ...one.also]]));
  const words = Map.groupBy(pack.terms, (term) => term.category);
  return pack.categories
    .filter((one) => one.cell !== undefined)
    .map(({ code, names: own }) => ({
      code,
      names: own,
      above: levelsOf(code)
        .slice(0, -1)
        .map((level) => names.get(level))
        .filter((one) => one !== undefined),
      words: [...new Set((words.get(code) ?? []).map((term) => term.term))].slice(0, 12),
      scripts: scripts.get(code) ?? [],
    }));
}
