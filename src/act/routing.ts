import type { Pack } from '../model/pack.ts';

/** The department that the knowledge map names for a leaf category; null: not a leaf of the map. */
export function departmentOfCategory(pack: Pack, category: string | null): string | null {
  if (category === null) return null;
  return pack.categories.find((one) => one.code === category)?.cell?.department ?? null;
}

/** A category speaks for an alarm when at least half of its voices have it; a scatter of causes goes to the rule's department. */
export const SPEAKS_FROM_SHARE = 0.5;

export function departmentFor(
  pack: Pack,
  leading: { readonly category: string; readonly share: number } | null,
  otherwise: string,
): string {
  const named = leading !== null && leading.share >= SPEAKS_FROM_SHARE ? departmentOfCategory(pack, leading.category) : null;
  return named ?? otherwise;
}

export interface HandlingUnit {
  readonly id: string;
  readonly path: string;
  readonly department: string | null;
  readonly city: string | null;
  readonly level: string;
}

/**
 * Which organisation unit of the department handles an order: that of the entity's city if there is one, else the
 * province's own, else any of the department, else the top of the organisation, so that no order is without a place.
 */
export function handlingUnit(units: readonly HandlingUnit[], department: string, city: string | null): HandlingUnit | null {
  const byPath = [...units].sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  const ofDepartment = byPath.filter((unit) => unit.department === department);
  return (
    (city === null ? undefined : ofDepartment.find((unit) => unit.city === city)) ??
    ofDepartment.find((unit) => unit.city === null) ??
    byPath.find((unit) => unit.level === 'province') ??
    byPath[0] ??
    null
  );
}
