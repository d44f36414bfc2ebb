import { type RawBuilder, sql } from 'kysely';
import type { ScopeFilter } from '../model/scope.ts';

/** Where a table keeps what scope is decided by. `null`: the table has no such column, so such a scope sees nothing of it. */
export interface ScopeColumns {
  readonly city: string;
  readonly district: string | null;
  readonly unitPath: string | null;
  readonly unitId: string | null;
  readonly agent: string | null;
}

export const VOICE_SCOPE: ScopeColumns = {
  city: 'v.city',
  district: 'v.district',
  unitPath: 'v.unit_path',
  unitId: 'v.unit_id',
  agent: 'v.agent',
};

/** Customers and figures of them stand in a place and belong to no unit: a scope narrower than a district sees none of them. */
export const placeScope = (table: string): ScopeColumns => ({
  city: `${table}.city`,
  district: `${table}.district`,
  unitPath: null,
  unitId: null,
  agent: null,
});

const NOTHING = sql<boolean>`false`;

/** The viewer's data scope as a condition. A row without a city is seen with province scope only. */
export function scopeSql(scope: ScopeFilter, columns: ScopeColumns): RawBuilder<boolean> {
  const within = (condition: RawBuilder<boolean>): RawBuilder<boolean> =>
    sql<boolean>`(${sql.ref(columns.city)} is not null and ${condition})`;
  const equals = (column: string | null, value: string): RawBuilder<boolean> =>
    column === null ? NOTHING : within(sql<boolean>`${sql.ref(column)} = ${value}`);
  switch (scope.kind) {
    case 'all':
      return sql<boolean>`true`;
    case 'none':
      return NOTHING;
    case 'city':
      return sql<boolean>`${sql.ref(columns.city)} = ${scope.city}`;
    case 'units': {
      const byUnit = columns.unitPath === null ? NOTHING : sql<boolean>`starts_with(${sql.ref(columns.unitPath)}, ${scope.pathPrefix})`;
      const byDistrict =
        columns.district === null || scope.district === null ? NOTHING : sql<boolean>`${sql.ref(columns.district)} = ${scope.district}`;
      return within(sql<boolean>`(${byUnit} or ${byDistrict})`);
    }
    case 'unit':
    case 'team':
      return equals(columns.unitId, scope.unit);
    case 'agent':
      return equals(columns.agent, scope.agent);
  }
}
