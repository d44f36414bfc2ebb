import { sql } from 'kysely';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { type Gazetteer, gazetteerOf, type PlaceRows, type RegionRow } from './gazetteer.ts';

export { type Gazetteer, NOWHERE, type UnitPlace } from './gazetteer.ts';

/** Reads both trees once. */
export async function readPlaces(db: Db): Promise<PlaceRows> {
  return {
    regions: await rowsOf(db, sql<RegionRow>`select code, name, name_en, level, city, district, community from regions`),
    units: await rowsOf(db, sql<PlaceRows['units'][number]>`select id, path, city, district, name from org_units`),
  };
}

export async function readGazetteer(db: Db): Promise<Gazetteer> {
  return gazetteerOf(await readPlaces(db));
}
