import type { Names } from '../../model/question.ts';
import { CALLED, featureOf } from './feature-columns.ts';
import type { Lift } from './what-sets-apart.ts';

/** A mean must be a quarter more or less, a value half as frequent again, to name a cluster. */
const isTelling = ({ feature, level, lift }: Lift): boolean =>
  featureOf(feature)?.clusters === true && (level === null ? lift > 1.25 || lift < 0.8 : lift > 1.5);

const MOST_PARTS = 4;

/** Clusters are called by what is surest to set each apart: two things, or more where two do not tell it from another. */
export function clusterNames(lifts: ReadonlyMap<string, readonly Lift[]>): ReadonlyMap<string, Names> {
  const named = new Map<string, Names>();
  const taken = new Set<string>();
  for (const [id, all] of lifts) {
    const telling = oneOfEach(all.filter(isTelling));
    const tries = Array.from({ length: MOST_PARTS - 1 }, (_, i) => namesOf(telling.slice(0, i + 2)));
    const number = id.slice(1);
    const free = tries.find((names) => names.zh !== '' && !taken.has(names.zh));
    const names = free ?? { zh: `客群 ${number}`, en: `Cluster ${number}` };
    taken.add(names.zh);
    named.set(id, names);
  }
  return named;
}

function oneOfEach(lifts: readonly Lift[]): readonly Lift[] {
  const seen = new Set<string>();
  return lifts.filter(({ feature }) => !seen.has(feature) && seen.add(feature));
}

const namesOf = (parts: readonly Lift[]): Names => ({ zh: parts.map(zhOf).join(' · '), en: parts.map(enOf).join(' · ') });

/** A brand or an age speaks for itself; a value tier does not. */
const zhOf = ({ feature, level, lift }: Lift): string => {
  if (level !== null) return feature === 'value_tier' ? `价值${level}` : level;
  return (
    (lift > 1 ? CALLED[feature]?.more.zh : CALLED[feature]?.less.zh) ??
    `${featureOf(feature)?.names.zh ?? feature}${lift > 1 ? '偏高' : '偏低'}`
  );
};
const enOf = ({ feature, level, lift }: Lift): string => {
  if (level !== null) return feature === 'value_tier' ? `value ${level}` : level;
  const name = featureOf(feature)?.names.en ?? feature;
  return (
    (lift > 1 ? CALLED[feature]?.more.en : CALLED[feature]?.less.en) ??
    `${lift > 1 ? 'high' : 'low'} ${name.charAt(0).toLowerCase()}${name.slice(1)}`
  );
};
