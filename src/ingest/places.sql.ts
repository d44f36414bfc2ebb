import { sql } from 'kysely';
import type { Place } from '../model/voice.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';

export interface UnitPlace {
  readonly id: string;
  readonly path: string;
  readonly city: string | null;
  readonly district: string | null;
}

/** Looks up what a source wrote (a code or a name) in the region tree and the organisation. */
export interface Gazetteer {
  region(written: string): Place | undefined;
  unit(written: string): UnitPlace | undefined;
}

export const NOWHERE: Place = { city: null, district: null, community: null, cell: null };

interface RegionRow {
  code: string;
  name: string;
  name_en: string;
  level: 'province' | 'city' | 'district' | 'community' | 'cell';
  city: string | null;
  district: string | null;
  community: string | null;
}

/** Reads both trees once. A name that stands for several places is not guessed at: only its code finds it. */
export async function readGazetteer(db: Db): Promise<Gazetteer> {
  const regions = await rowsOf(db, sql<RegionRow>`select code, name, name_en, level, city, district, community from regions`);
  const units = await rowsOf(db, sql<UnitPlace & { name: string }>`select id, path, city, district, name from org_units`);
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
