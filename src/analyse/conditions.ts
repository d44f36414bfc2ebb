import type { ParamType, WarehouseDialect, WarehouseValue } from '../platform/warehouse/warehouse.ts';
import type { ScopeFilter } from '../model/scope.ts';
import type { ColumnRef } from './vocabulary.ts';

/** Which rows, as a tree. Names come from the declared vocabulary only; every value is bound when printed. */
export type Condition =
  | {
      readonly kind: 'in';
      readonly ref: ColumnRef;
      readonly type: ParamType;
      readonly values: readonly string[];
      readonly orEmpty: boolean;
    }
  | {
      readonly kind: 'range';
      readonly column: string;
      readonly type: ParamType;
      readonly from: string | null;
      readonly before: string | null;
    }
  | { readonly kind: 'contains'; readonly column: string; readonly word: string }
  | { readonly kind: 'starts-with'; readonly column: string; readonly prefix: string }
  | { readonly kind: 'known'; readonly column: string }
  | { readonly kind: 'empty'; readonly column: string }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'never' };

const equal = (column: string, value: string): Condition => ({
  kind: 'in',
  ref: { kind: 'column', column },
  type: 'text',
  values: [value],
  orEmpty: false,
});

/** The viewer's data scope on voices. A voice without a city is seen with province scope only. */
export function scopeConditions(scope: ScopeFilter): readonly Condition[] {
  switch (scope.kind) {
    case 'all':
      return [];
    case 'none':
      return [{ kind: 'never' }];
    case 'city':
      return [equal('city', scope.city)];
    case 'units': {
      const byPath: Condition = { kind: 'starts-with', column: 'unit_path', prefix: scope.pathPrefix };
      const either: Condition = scope.district === null ? byPath : { kind: 'any', of: [byPath, equal('district', scope.district)] };
      return [{ kind: 'known', column: 'city' }, either];
    }
    case 'unit':
    case 'team':
      return [{ kind: 'known', column: 'city' }, equal('unit_id', scope.unit)];
    case 'agent':
      return [{ kind: 'known', column: 'city' }, equal('agent', scope.agent)];
  }
}

/** Subscriptions belong to a region, never to a unit or an agent: scopes narrower than a district have no base. */
export function subscriberScope(scope: ScopeFilter): readonly Condition[] {
  switch (scope.kind) {
    case 'all':
    case 'city':
      return scopeConditions(scope);
    case 'units':
      return scope.district === null ? [{ kind: 'never' }] : [{ kind: 'known', column: 'city' }, equal('district', scope.district)];
    default:
      return [{ kind: 'never' }];
  }
}

/** Hands out placeholders and keeps the values in their order. */
export interface Binder {
  bind(value: WarehouseValue, type: ParamType): string;
  readonly params: readonly WarehouseValue[];
}
export function binder(dialect: WarehouseDialect): Binder {
  const params: WarehouseValue[] = [];
  return {
    params,
    bind: (value, type) => dialect.param(params.push(value), type),
  };
}

/** As people write it: buckets of time are texts. */
function printRef(ref: ColumnRef, dialect: WarehouseDialect, bind: Binder['bind']): string {
  const key = printKey(ref, dialect, bind);
  return ref.kind === 'bucket' ? dialect.bucketText(ref.unit, key) : key;
}

/** As rows are grouped by it: buckets are the times at which they begin. */
export function printKey(ref: ColumnRef, dialect: WarehouseDialect, bind: Binder['bind'], localColumn = 'said_local'): string {
  switch (ref.kind) {
    case 'column':
      return ref.column;
    case 'known':
      return `case when ${ref.column} is null then 'no' else 'yes' end`;
    case 'bucket':
      return dialect.bucket(ref.unit, localColumn);
    case 'attribute':
      return dialect.attribute('attributes', bind(ref.attribute, 'text'));
  }
}

export function printConditions(conditions: readonly Condition[], dialect: WarehouseDialect, bind: Binder['bind']): string {
  if (conditions.length === 0) return 'true';
  return conditions.map((c) => printCondition(c, dialect, bind)).join(' and ');
}

function printCondition(condition: Condition, dialect: WarehouseDialect, bind: Binder['bind']): string {
  switch (condition.kind) {
    case 'in':
      return printIn(condition, dialect, bind);
    case 'range': {
      const { column, type, from, before } = condition;
      const parts = [
        ...(from === null ? [] : [`${column} >= ${bind(from, type)}`]),
        ...(before === null ? [] : [`${column} < ${bind(before, type)}`]),
      ];
      return parts.length === 0 ? 'true' : parts.join(' and ');
    }
    case 'contains':
      return dialect.contains(condition.column, bind(condition.word, 'text'), hasCase(condition.word));
    case 'starts-with':
      return dialect.startsWith(condition.column, bind(condition.prefix, 'text'));
    case 'known':
      return `${condition.column} is not null`;
    case 'empty':
      return `${condition.column} is null`;
    case 'any':
      return `(${condition.of.map((c) => printCondition(c, dialect, bind)).join(' or ')})`;
    case 'never':
      return 'false';
  }
}

const hasCase = (word: string): boolean => word.toLowerCase() !== word.toUpperCase();

function printIn(condition: Extract<Condition, { kind: 'in' }>, dialect: WarehouseDialect, bind: Binder['bind']): string {
  const printed = printRef(condition.ref, dialect, bind);
  const expression = condition.ref.kind === 'known' ? `(${printed})` : printed;
  const listed = condition.values.map((value) => bind(value, condition.type));
  const member = listed.length === 1 ? `${expression} = ${listed[0]}` : `${expression} in (${listed.join(', ')})`;
  if (!condition.orEmpty) return member;
  return listed.length === 0 ? `${expression} is null` : `(${member} or ${expression} is null)`;
}
