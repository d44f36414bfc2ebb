import { sql } from 'kysely';
import { rowsOf, type Db } from './db.ts';

interface TableRow {
  readonly name: string;
  readonly columns: readonly string[];
  readonly constraints: readonly string[] | null;
  readonly indexes: readonly string[] | null;
  readonly triggers: readonly string[] | null;
}

/**
 * The tables as the migrations left them, as text for reading and comparing. Our own query, because no `pg_dump` ships with
 * the embedded server; it asks only what PostgreSQL 15 and 18 answer alike (18 also lists NOT NULL as constraints: left out,
 * the columns say it already).
 */
export async function dumpSchema(db: Db): Promise<string> {
  const tables = await rowsOf<TableRow>(db, TABLES);
  const functions = await rowsOf<{ definition: string }>(db, FUNCTIONS);
  const head = '-- What the migrations make. Written by npm run golden; do not edit.\n';
  return [head, ...tables.map(textOf), ...functions.map((row) => `${row.definition.trim()};\n`)].join('\n');
}

function textOf(table: TableRow): string {
  const inside = [...table.columns, ...(table.constraints ?? [])].map((line) => `  ${line}`).join(',\n');
  const after = [...(table.indexes ?? []), ...(table.triggers ?? [])].map((line) => `${line};\n`).join('');
  return `create table ${table.name} (\n${inside}\n);\n${after}`;
}

const TABLES = sql<TableRow>`
  select c.relname as name,
    (select array_agg(
        a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end
          || case when a.attidentity <> '' then ' generated as identity'
                  when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                  when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid)
                  else '' end
        order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select array_agg('constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) order by k.contype, k.conname collate "C")
      from pg_constraint k
      where k.conrelid = c.oid and k.contype in ('c', 'f', 'p', 'u', 'x')) as constraints,
    (select array_agg(pg_get_indexdef(i.indexrelid) order by ic.relname collate "C")
      from pg_index i join pg_class ic on ic.oid = i.indexrelid
      where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))) as indexes,
    (select array_agg(pg_get_triggerdef(t.oid) order by t.tgname collate "C")
      from pg_trigger t
      where t.tgrelid = c.oid and not t.tgisinternal) as triggers
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  order by c.relname collate "C"`;

const FUNCTIONS = sql<{ definition: string }>`
  select pg_get_functiondef(p.oid) as definition
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by p.proname collate "C", pg_get_function_identity_arguments(p.oid)`;
