import type { Place } from '../model/voice.ts';

export interface UnitPlace {
  readonly id: string;
  readonly path: string;
  readonly city: string | null;
  readonly district: string | null;
}

export interface RegionRow {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly level: 'province' | 'city' | 'district' | 'community' | 'cell';
  readonly city: string | null;
  readonly district: string | null;
  readonly community: string | null;
}

/** Both trees as they stand in Postgres: plain rows, so that a thread of its own can be given them. */
export interface PlaceRows {
  readonly regions: readonly RegionRow[];
  readonly units: readonly (UnitPlace & { readonly name: string })[];
}

/** Looks up what a source wrote (a code or a name) in the region tree and the organisation. */
export interface Gazetteer {
  region(written: string): Place | undefined;
  unit(written: string): UnitPlace | undefined;
}

export const NOWHERE: Place = { city: null, district: null, community: null, cell: null };

/** A name that stands for several places is not guessed at: only its code finds it. */
export function gazetteerOf({ regions, units }: PlaceRows): Gazetteer {
  const places = new Map<string, Place>();
  const byName = new Map<string, Place | null>();
  for (const region of regions) {
    const place = placeOf(region);
    places.set(region.code, place);
    for (const name of new Set([region.name, region.name_en])) byName.set(name, byName.has(name) ? null : place);
  }
  const unitByKey = new Map<string, UnitPlace | null>();
  for (const unit of units) unitByKey.set(unit.name, unitByKey.has(unit.name) ? null : unit);
  for (const unit of units) unitByKey.set(unit.id, unit);
  return {
    region: (written) => places.get(written) ?? byName.get(written) ?? undefined,
    unit: (written) => unitByKey.get(written) ?? undefined,
  };
}

function placeOf(region: RegionRow): Place {
  const own = (level: RegionRow['level'], above: string | null): string | null => (region.level === level ? region.code : above);
  return {
    city: own('city', region.city),
    district: own('district', region.district),
    community: own('community', region.community),
    cell: region.level === 'cell' ? region.code : null,
  };
}
