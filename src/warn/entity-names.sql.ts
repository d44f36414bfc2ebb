import { sql } from 'kysely';
import type { Entity } from '../model/alarm.ts';
import type { Pack } from '../model/pack.ts';
import type { Names } from '../model/question.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';

const keyOf = (entity: Entity): string => `${entity.dimension}\u0000${entity.value}`;

/** What people call these entities: from the region tree, the organisation, the sources, else the pack, else the value itself. */
export async function entityNames(db: Db, pack: Pack, entities: readonly Entity[]): Promise<(entity: Entity) => Names> {
  const values = (dimensions: readonly string[]): readonly string[] => [
    ...new Set(entities.filter((one) => dimensions.includes(one.dimension)).map((one) => one.value)),
  ];
  const rows = await rowsOf(
    db,
    sql<{ kind: string; value: string; zh: string; en: string }>`
    select 'region' as kind, code as value, name as zh, name_en as en from regions where code = any(${values(REGIONS)}::text[])
    union all select 'unit', id, name, name_en from org_units where id = any(${values(['unit'])}::text[])
    union all select 'source', id, name, name from sources where id = any(${values(['source'])}::text[])`,
  );
  const stored = new Map(rows.map((row) => [`${row.kind}\u0000${row.value}`, { zh: row.zh, en: row.en }]));
  return (entity) => {
    const kind = REGIONS.includes(entity.dimension) ? 'region' : entity.dimension;
    return stored.get(keyOf({ dimension: kind, value: entity.value })) ?? packNames(pack, entity) ?? { zh: entity.value, en: entity.value };
  };
}

const REGIONS: readonly string[] = ['city', 'district', 'community', 'cell'];

function packNames(pack: Pack, entity: Entity): Names | undefined {
  const lists: Readonly<Record<string, readonly { readonly code: string; readonly names: Names }[]>> = {
    product: pack.products,
    department: pack.departments,
    stage: pack.stages,
    business: pack.business_types,
    support: pack.support_systems,
    bearer: pack.bearer_networks,
    category: pack.categories,
    category_1: pack.categories,
    category_2: pack.categories,
  };
  const list = Object.hasOwn(lists, entity.dimension) ? lists[entity.dimension] : undefined;
  return list?.find((one) => one.code === entity.value)?.names;
}
