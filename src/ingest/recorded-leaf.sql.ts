import { type RawBuilder, sql } from 'kysely';
import { leafCodes } from '../model/leaf-names.ts';
import type { Pack } from '../model/pack.ts';

type Categories = Pick<Pack, 'categories'>;

/** What JavaScript trims, and `\s` of PostgreSQL only where the database's locale knows it: names in Chinese come with U+3000 around. */
const SPACE = '\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const BETWEEN = `[${SPACE}]*[/>-][${SPACE}]*`;
const AROUND = `^[${SPACE}]+|[${SPACE}]+$`;

/**
 * The leaf of the pack that the agent filed a voice under, as an expression over a voice named `voice`; null: he filed it under none, or
 * under words that the pack does not know. The same as `leafNames`, which pairs and odds go by.
 */
export function recordedLeaf(pack: Categories, voice: string): RawBuilder<string | null> {
  const recorded = sql.ref<string | null>(`${voice}.recorded_category`);
  return sql<string | null>`(${leavesJson(pack)}::jsonb ->> regexp_replace(
    regexp_replace(lower(${recorded}), ${sql.lit(BETWEEN)}, '/', 'g'), ${sql.lit(AROUND)}, '', 'g'))`;
}

/** The category that counts: the leaf that the agent filed the voice under, else that of the newest reading. */
export const categoryThatCounts = (pack: Categories, voice: string): RawBuilder<string | null> => sql<string | null>`
  coalesce(${recordedLeaf(pack, voice)},
    (select category from readings where voice_id = ${sql.ref(`${voice}.id`)} order by read_at desc, changed_tx desc limit 1))`;

const written = new WeakMap<Categories['categories'], string>();

/** A pack does not change while it is used, and has some hundred leaves with five names each. */
function leavesJson({ categories }: Categories): string {
  const known = written.get(categories);
  if (known !== undefined) return known;
  const json = JSON.stringify(Object.fromEntries(leafCodes({ categories })));
  written.set(categories, json);
  return json;
}
