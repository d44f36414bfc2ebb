import type { ParamType, TimeUnit, WarehouseDialect } from './warehouse.ts';

const CAST: Readonly<Record<ParamType, string>> = { text: 'varchar', whole: 'bigint', number: 'double', instant: 'timestamp' };

export const duckDbDialect: WarehouseDialect = {
  name: 'duckdb',
  // Typed, because a bare number binds as DOUBLE and would switch off the pruning of row groups by min and max.
  param: (index, type) => `$${index}::${CAST[type]}`,
  // A day is a cast, four times as fast as cutting off the clock.
  bucket: (unit, column) => (unit === 'day' ? `cast(${column} as date)` : `date_trunc('${unit}', ${column})`),
  bucketText: (unit, start) => `strftime(${start}, '${formatOf(unit)}')`,
  moved: (column, milliseconds) => `(${column} + to_milliseconds(${milliseconds}))`,
  contains: (column, param, anyCase) => (anyCase ? `contains(lower(${column}), lower(${param}))` : `contains(${column}, ${param})`),
  startsWith: (column, param) => `starts_with(${column}, ${param})`,
  attribute: (column, param) => `${column}[${param}]`,
  attributeNames: (column) => `unnest(map_keys(${column}))`,
  instantText: (column) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`,
  same: (left, right) => `${left} is not distinct from ${right}`,
};

function formatOf(unit: TimeUnit): string {
  return unit === 'hour' ? '%Y-%m-%dT%H:00' : '%Y-%m-%d';
}
