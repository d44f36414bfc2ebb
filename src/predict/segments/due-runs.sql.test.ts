import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import { SCHEME_IDS } from '../../model/segment-views.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { askDueRuns } from './ask-runs.sql.ts';

let product: TestProduct;
beforeAll(async () => {
  // Nobody works: what is asked for waits.
  product = await testProduct({ work: false });
  const { db } = product.ctx;
  await twoCities(product.ctx);
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('s', 's', 'ou_p', 'voices', now())`.execute(db);
  await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('b', 's', 'me_p', 'voices', 'f', 'h', 1, '/f', 'done', now())`.execute(db);
}, 120_000);
afterAll(() => product[Symbol.asyncDispose]());

let voice = 0;
/** So many grievances, the last of them at the moment, which is now. */
async function hear(at: string, many: number): Promise<void> {
  product.clock.set(at);
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, customer, text, text_masked, batch_id)
    select ${voice}::bigint + i, 's', 'v' || (${voice}::bigint + i), '\\x00', ${at}::timestamptz - (i - 1) * interval '1 hour', true, ${at}, 'grievance', 'hotline',
      'K' || i, '慢', '慢', 'b' from generate_series(1, ${many}::int) i`.execute(product.ctx.db);
  voice += many;
}
const asked = () =>
  rowsOf(
    product.ctx.db,
    sql<{ month: string; as_of: string; n: number }>`
      select month, as_of, count(distinct scheme)::int as n from segment_runs where state = 'queued' group by 1, 2 order by 2`,
  );
const endAll = (state: string) => sql`update segment_runs set state = ${state} where state = 'queued'`.execute(product.ctx.db);

const all = SCHEME_IDS.length;

test('segments are made by themselves as soon as enough was heard, and no file is on its way', async () => {
  const { ctx } = product;
  await hear('2026-03-10T04:00:00.000Z', 199);
  expect(await askDueRuns(ctx)).toBe(0);
  await hear('2026-03-12T04:00:00.000Z', 1);
  await sql`update import_batches set state = 'running'`.execute(ctx.db);
  expect(await askDueRuns(ctx)).toBe(0);
  // Right after the first file it waits for whoever looks around, but not for long.
  await product.as('me_p', { method: 'GET', url: '/api/me' });
  await sql`update sessions set last_seen_at = now()`.execute(ctx.db);
  await sql`update import_batches set state = 'done', finished_at = now()`.execute(ctx.db);
  expect(await askDueRuns(ctx)).toBe(0);
  await sql`update import_batches set finished_at = now() - interval '6 minutes'`.execute(ctx.db);
  // Nobody spoke before March: of February there is nothing to tell.
  expect(await askDueRuns(ctx)).toBe(all);
  expect(await asked()).toEqual([{ month: '2026-03', as_of: '2026-03-12T04:00:00.000Z', n: all }]);
  expect(await askDueRuns(ctx)).toBe(0);
  await endAll('done');
  expect(await askDueRuns(ctx)).toBe(0);
});

test('they are made at the end of each local month, once, whoever looks again and however it ended', async () => {
  const { ctx } = product;
  await hear('2026-03-31T15:59:00.000Z', 1);
  expect(await askDueRuns(ctx)).toBe(0);
  await hear('2026-03-31T16:01:00.000Z', 1);
  expect(await Promise.all([askDueRuns(ctx), askDueRuns(ctx)])).toEqual(expect.arrayContaining([all, 0]));
  expect(await asked()).toEqual([{ month: '2026-03', as_of: '2026-03-31T16:00:00.000Z', n: all }]);
  await endAll('failed');
  expect(await askDueRuns(ctx)).toBe(0);
  // What somebody asked for by hand is not asked for twice.
  await hear('2026-05-02T02:00:00.000Z', 1);
  product.renew('me_p');
  const byHand = { method: 'POST', url: '/api/segments/runs', payload: { schemes: ['rules'], month: '2026-04' } } as const;
  expect((await product.as('me_p', byHand)).status).toBe(200);
  expect(await askDueRuns(ctx)).toBe(0);
  await endAll('cancelled');
  expect(await askDueRuns(ctx)).toBe(all - 1);
  expect(await asked()).toEqual([{ month: '2026-04', as_of: '2026-04-30T16:00:00.000Z', n: all - 1 }]);
  const audited = await rowsOf(
    ctx.db,
    sql<{ via: string; member_id: string | null }>`select via, member_id from audit where action = 'segments.run' order by at, id`,
  );
  expect(audited.filter((one) => one.via === 'job').map((one) => one.member_id)).toEqual([null, null, null]);
});
