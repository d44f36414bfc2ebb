import { z } from 'zod';
import { DENSITIES, PAGE_SIZES, type Preferences, type PreferencesChange } from '../model/preferences.ts';

const MOST_TABLES = 100;
const name = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9.-]*$/);
const columnName = z
  .string()
  .max(80)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_:.-]*$/u);
const look = z.strictObject({
  columns: z
    .array(z.strictObject({ name: columnName, hidden: z.boolean().exactOptional(), width: z.int().min(40).max(1200).exactOptional() }))
    .max(80),
});

export const preferencesChange: z.ZodType<PreferencesChange> = z.strictObject({
  density: z.enum(DENSITIES).exactOptional(),
  shortcuts: z.boolean().exactOptional(),
  page_size: z.union(PAGE_SIZES.map((size) => z.literal(size))).exactOptional(),
  tables: z.record(name, look.nullable()).exactOptional(),
  defaults: z.record(name, z.string().max(80).nullable()).exactOptional(),
});

export function changedPreferences(old: Preferences, change: PreferencesChange): Preferences {
  return {
    density: change.density ?? old.density,
    shortcuts: change.shortcuts ?? old.shortcuts,
    page_size: change.page_size ?? old.page_size,
    tables: merged(old.tables, change.tables),
    defaults: merged(old.defaults, change.defaults),
  };
}

/** The newest are kept when there are too many: pages come and go over the years. */
function merged<T>(old: Readonly<Record<string, T>>, change: Readonly<Record<string, T | null>> | undefined): Readonly<Record<string, T>> {
  if (change === undefined) return old;
  const kept = Object.entries(old).filter(([key]) => !Object.hasOwn(change, key));
  const given = Object.entries(change).flatMap(([key, value]): [string, T][] => (value === null ? [] : [[key, value]]));
  return Object.fromEntries([...kept, ...given].slice(-MOST_TABLES));
}
