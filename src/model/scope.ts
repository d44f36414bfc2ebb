import type { Viewer } from './people.ts';

/**
 * Data scope as data: which rows a viewer may see. Each store prints it as SQL
 * (`people/scope.sql.ts` for Postgres, the warehouse dialect for DuckDB).
 * A row without a city is seen with province scope only.
 */
export type ScopeFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'city'; readonly city: string }
  | { readonly kind: 'units'; readonly pathPrefix: string; readonly district: string | null }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'team'; readonly unit: string }
  | { readonly kind: 'agent'; readonly agent: string };

export function scopeOf(viewer: Viewer): ScopeFilter {
  switch (viewer.scope) {
    case 'province':
      return { kind: 'all' };
    case 'city':
      return viewer.city === null ? { kind: 'none' } : { kind: 'city', city: viewer.city };
    case 'unit-below':
      return { kind: 'units', pathPrefix: viewer.unitPath, district: viewer.district };
    case 'unit':
      return { kind: 'unit', unit: viewer.unit };
    case 'team':
      return { kind: 'team', unit: viewer.unit };
    case 'own':
      return viewer.staffNo === null ? { kind: 'none' } : { kind: 'agent', agent: viewer.staffNo };
  }
}
