import { sql } from 'kysely';
import type { Context } from '../../src/platform/context.ts';

export const GRIEVANCE = 'vas/unaware/subscribed';
export const COMPLAINT = 'billing/charge/wrong';

/** The source and batch of `tellCity`. */
export async function openSource(ctx: Context): Promise<void> {
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_x', 'x', 'ou_p', 'voices', now())`.execute(ctx.db);
  await sql`
    insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba_x', 'so_x', 'me_p', 'voices', 'x', 'x', 1, 'x', 'done', now())`.execute(ctx.db);
}

/** Customers of a city: each grieves on some day; a share of them complains three days later, all of them on some other day. */
export async function tellCity(ctx: Context, city: string, customers: number, share: number): Promise<void> {
  const name = { grievance: '不知情定制业务', complaint: COMPLAINT };
  const pack = ctx.pack.categories;
  const leaf = pack.find(({ code }) => code === GRIEVANCE);
  name.grievance = leaf?.names.zh ?? name.grievance;
  await sql`
    with told as (
      select n, 'grievance' as kind, ${name.grievance} as recorded, (n * 37) % 150 + 5 as day, 600 as minute from generate_series(1, ${customers}::int) n
      union all select n, 'complaint', ${name.complaint}, (n * 37) % 150 + 8, 700 from generate_series(1, ${customers}::int) n where n % 100 < ${share}::float8 * 100
      union all select n, 'complaint', ${name.complaint}, (n * 53 + 80) % 170, 800 from generate_series(1, ${customers}::int) n)
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, district, unit_id, unit_path,
      customer, recorded_category, text, text_masked, batch_id)
    select (select coalesce(max(id), 0) from voices) + row_number() over (order by day, n, kind), 'so_x', ${city} || kind || n || '-' || day || '-' || minute, '\\x00',
      '2026-01-01T00:00:00+08'::timestamptz + day * interval '1 day' + minute * interval '1 minute', true, now(), kind, 'hotline', ${city}, ${`${city}1`},
      ${`ou_${city.toLowerCase()}1h`}, ${`/ou_p/ou_${city.toLowerCase()}/ou_${city.toLowerCase()}1/ou_${city.toLowerCase()}1h/`},
      'C' || ${city} || n, recorded, kind || n || '-' || day || minute, kind || n || '-' || day || minute, 'ba_x' from told`.execute(
    ctx.db,
  );
}
