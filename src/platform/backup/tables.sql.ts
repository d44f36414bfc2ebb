import type pg from 'pg';

export interface TablePlan {
  readonly name: string;
  /** Columns that are copied: not those that the database computes, and no transaction numbers, which mean nothing elsewhere. */
  readonly columns: readonly string[];
}

/** Every table of ours with the columns worth keeping, in the order of their names. */
export async function tablesOf(client: pg.ClientBase, leftOut: readonly string[]): Promise<readonly TablePlan[]> {
  const found = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name,
       array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = ''
         and not (a.atttypid = 'xid8'::regtype and coalesce(pg_get_expr(d.adbin, d.adrelid), '') like '%pg_current_xact_id%')) as columns
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1::text[])
     group by c.relname order by c.relname collate "C"`,
    [leftOut],
  );
  return found.rows;
}

/** Sequences that stand on their own or behind a column, with the last number given; those never used are left out. */
export async function sequencesOf(client: pg.ClientBase): Promise<readonly { readonly name: string; readonly last: number }[]> {
  const found = await client.query<{ name: string; last: number }>(
    `select sequencename::text as name, last_value as last from pg_sequences where schemaname = 'public' and last_value is not null order by 1`,
  );
  return found.rows;
}

interface Definition {
  readonly table: string;
  readonly name: string;
  readonly text: string;
}

/** Foreign keys and plain indexes of the tables: taken away while rows pour in, made again in one go afterwards. */
export async function takeAwayIndexes(client: pg.ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const keys = await client.query<Definition>(
    `select c.relname as "table", k.conname as name, pg_get_constraintdef(k.oid) as text
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and c.relname = any($1::text[]) order by c.relname, k.conname`,
    [tables],
  );
  const indexes = await client.query<Definition>(
    `select c.relname as "table", ic.relname as name, pg_get_indexdef(i.indexrelid) as text
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_class ic on ic.oid = i.indexrelid
     where not i.indisunique and c.relnamespace = 'public'::regnamespace and c.relname = any($1::text[]) order by ic.relname`,
    [tables],
  );
  for (const key of keys.rows) await client.query(`alter table ${quoted(key.table)} drop constraint ${quoted(key.name)}`);
  for (const index of indexes.rows) await client.query(`drop index ${quoted(index.name)}`);
  return async () => {
    for (const index of indexes.rows) await client.query(index.text);
    for (const key of keys.rows) await client.query(`alter table ${quoted(key.table)} add constraint ${quoted(key.name)} ${key.text}`);
  };
}

/** Names come from the catalogue or a checked archive, and are quoted all the same. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const listed = (columns: readonly string[]): string => columns.map(quoted).join(', ');
