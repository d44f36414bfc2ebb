import type { UnitLevel, UnitRow } from '../model/organisation.ts';
import type { Problem } from '../model/problem.ts';

/** A place in the tree of units. */
export type UnitPlace = Pick<UnitRow, 'id' | 'level' | 'city' | 'district' | 'path'>;

/** Departments and teams hang anywhere and may nest; the others follow the land from large to small. */
const RANK: Readonly<Record<UnitLevel, number>> = { province: 0, city: 1, district: 2, branch: 3, unit: 4, department: 4 };

export function mayStandBelow(level: UnitLevel, parent: UnitLevel): boolean {
  return RANK[level] > RANK[parent] || (RANK[level] === 4 && RANK[parent] === 4);
}

export const isBelow = (path: string, above: string): boolean => path.startsWith(above);

/** A unit moves within its city: voices it handled are seen by its path, and would else change hands between cities. */
export function moveProblems(unit: UnitPlace, to: UnitPlace & { readonly retired: boolean }): readonly Problem[] {
  if (isBelow(to.path, unit.path)) return [{ code: 'unit-under-itself', column: 'body.to' }];
  return [
    ...(to.retired ? [{ code: 'unit-retired', column: 'body.to' } as const] : []),
    ...(mayStandBelow(unit.level, to.level) ? [] : [{ code: 'unit-level-wrong', column: 'body.to' } as const]),
    ...(ownCity(unit) || unit.city === to.city ? [] : [{ code: 'unit-other-city', column: 'body.to' } as const]),
  ];
}

const ownCity = (unit: UnitPlace): boolean => unit.level === 'city';

/**
 * A unit and all below it, as they stand after the move: paths follow, and so does the district of those that only
 * had it from above. A branch that answers for a district of its own keeps it.
 */
export function placesAfter(units: readonly UnitPlace[], root: UnitPlace, to: UnitPlace): readonly UnitPlace[] {
  const path = `${to.path}${root.id}/`;
  const keeps = root.level === 'district' || root.level === 'branch';
  const district = keeps ? root.district : to.district;
  return units.map((unit) => ({
    ...unit,
    path: path + unit.path.slice(root.path.length),
    district: unit.district === root.district ? district : unit.district,
  }));
}
