import { foldText } from '../../model/fold-text.ts';
import type { Names } from '../../model/question.ts';
import type { ServiceItem, Survey } from '../../model/survey.ts';
import { namedKey } from './service-cells.ts';

/** What a score counts for: keys of `RawCell.answers`. Empty: a branch that no service item rests on; null: nothing is called so. */
export type CountsFor = (name: string) => readonly string[] | null;

interface Branch {
  readonly code: string;
  readonly names: Names;
}

/**
 * Surveys with one score say beside it what they asked about, by code or by name. A survey item's name makes the score an answer to
 * it; a service item's name, one about that; a branch of the knowledge map, one about every service item that rests on the branch. Of
 * two things with one name the narrower question counts: item before service item before branch, and the higher of two branches.
 */
export function countsFor(survey: Survey, branches: readonly Branch[]): CountsFor {
  const known = new Map<string, readonly string[]>();
  const put = (names: readonly string[], keys: readonly string[]): void => {
    for (const name of names) if (!known.has(folded(name))) known.set(folded(name), keys);
  };
  for (const { code, names, asked_as } of survey.items) put([code, names.zh, names.en, ...asked_as], [code]);
  for (const { code, names } of survey.services) put([code, names.zh, names.en], [namedKey(code)]);
  const deep = (code: string): number => code.split('/').length;
  for (const { code, names } of branches.toSorted((a, b) => deep(a.code) - deep(b.code)))
    put([code, names.zh, names.en], servicesOn(code, survey).map(namedKey));
  return (name) => known.get(folded(name)) ?? null;
}

/**
 * A service item rests on a branch that holds at least half of its points; on what one of its survey items asks about, and on anything
 * below that; and on each point of its own. A branch with a stray point of it does not speak for it.
 */
function servicesOn(branch: string, survey: Survey): readonly string[] {
  return survey.services.filter((service) => restsOn(service, branch, survey)).map(({ code }) => code);
}

function restsOn({ points, items }: ServiceItem, branch: string, survey: Survey): boolean {
  const inside = points.filter(({ category }) => isWithin(category, branch));
  if (2 * inside.length >= points.length || inside.some(({ category }) => category === branch)) return true;
  const asked = survey.items.filter(({ code }) => items.some(({ item }) => item === code));
  return asked.some(({ about }) => about.some((each) => isWithin(branch, each)));
}

const isWithin = (code: string, branch: string): boolean => code === branch || code.startsWith(`${branch}/`);
const folded = (name: string): string => foldText(name.trim()).folded;
