import { sql } from 'kysely';
import type { Db } from '../platform/postgres/db.ts';

export const OPERATOR = 'me_operator';
export const ROOT_UNIT = 'ou_root';

/** The member as whom the command line works on its own machine, and the unit that it belongs to. It has no password. */
export async function ensureOperator(tx: Db): Promise<void> {
  await sql`
    insert into org_units (id, level, name, name_en, path) values (${ROOT_UNIT}, 'province', '本机', 'This machine', '/ou_root/')
    on conflict do nothing`.execute(tx);
  await sql`
    insert into members (id, login, name, unit_id, roles, scope) values (${OPERATOR}, 'operator', '本机操作员', ${ROOT_UNIT}, '{operator}', 'province')
    on conflict do nothing`.execute(tx);
}
