import type { Pack } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';
import { codesOf, invalid, isLeaf, repeated, unknown } from './pack-mistakes.ts';

/** Codes that nobody lists, items twice in one place, weights that do not add up, and examples with too many coefficients. */
export function surveyProblems(pack: Pack): readonly Problem[] {
  const survey = pack.survey;
  if (survey === undefined) return [];
  const all = codesOf(pack.categories);
  const leaves = codesOf(pack.categories.filter(isLeaf));
  const items = new Set(survey.items.map((item) => item.code));
  const codes = (list: readonly { readonly code: string }[]): readonly string[] => list.map((each) => each.code);
  return [
    ...repeated('survey.items', codes(survey.items)),
    ...repeated('survey.services', codes(survey.services)),
    ...survey.items.flatMap((item, i) => [
      ...(item.scale.from < item.scale.to
        ? []
        : [invalid(`survey.items.${i}.scale`, 'ends before it begins', 'write the worst answer first')]),
      ...item.about.flatMap((code, j) => (all.has(code) ? [] : [unknown(`survey.items.${i}.about.${j}`, code)])),
    ]),
    ...survey.services.flatMap((service, i) => serviceProblems(service, `survey.services.${i}`, leaves, items)),
  ];
}

type Service = NonNullable<Pack['survey']>['services'][number];

function serviceProblems(service: Service, at: string, leaves: ReadonlySet<string>, items: ReadonlySet<string>): readonly Problem[] {
  const weights = service.points.map((point) => point.weight);
  const given = weights.filter((weight) => weight !== null);
  const sum = given.reduce((total, weight) => total + weight, 0);
  return [
    ...service.points.flatMap((point, j) => (leaves.has(point.category) ? [] : [unknown(`${at}.points.${j}.category`, point.category)])),
    ...repeated(
      `${at}.points`,
      service.points.map((point) => point.category),
    ),
    ...service.items.flatMap(({ item }, j) => (items.has(item) ? [] : [unknown(`${at}.items.${j}.item`, item)])),
    ...repeated(
      `${at}.items`,
      service.items.map(({ item }) => item),
    ),
    ...(given.length > 0 && given.length < weights.length
      ? [invalid(`${at}.points`, 'some points have a weight and some have none', 'give all a weight, or none')]
      : []),
    ...(given.length === weights.length && Math.abs(sum - 1) > 0.005
      ? [invalid(`${at}.points`, `weights add up to ${sum.toFixed(2)}`, 'make them add up to 1')]
      : []),
    ...studyProblems(service, at),
  ];
}

function studyProblems({ study, points }: Service, at: string): readonly Problem[] {
  if (study === undefined) return [];
  const known = new Set(points.map((point) => point.category));
  return [
    ...study.points.flatMap(({ category }, j) => (known.has(category) ? [] : [unknown(`${at}.study.points.${j}.category`, category)])),
    ...(study.coefficients.length === study.points.length
      ? []
      : [invalid(`${at}.study.coefficients`, 'not one for each point', 'write as many as there are points')]),
  ];
}
