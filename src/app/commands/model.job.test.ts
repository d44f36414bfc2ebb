import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { runInHome } from '../run-command.ts';

const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const [CUSTOMERS, TWINS] = [500, 40];
let product: TestProduct;
/** Grievances of those who have a twin, which stand in the home once more. */
let twice = 0;

/** Wrong charges lead to complaints. The first customers have a twin who lives next door and says the same at the same minute. */
async function plant(): Promise<void> {
  const random = seededRandom(11, 'model-command');
  const voices: object[] = [];
  for (let c = 0; c < CUSTOMERS; c++) {
    const own: { readonly minutes: number; readonly kind: string; readonly category: string }[] = [];
    for (let g = 1 + random.poisson(2); g > 0; g--) {
      const category = random.pick(['fixed/broadband/drops', 'billing/charge/wrong', 'mobile/data/slow']);
      const minutes = random.int(70 * 1440);
      own.push({ minutes, kind: 'grievance', category });
      if (random.chance(category === 'billing/charge/wrong' ? 0.4 : 0.03))
        own.push({ minutes: minutes + 60 + random.int(20 * 1440), kind: 'complaint', category });
    }
    if (c < TWINS) twice += own.filter(({ kind }) => kind === 'grievance').length;
    for (const customer of c < TWINS ? [`C${c}`, `T${c}`] : [`C${c}`])
      for (const { minutes, ...one } of own) voices.push({ ...one, customer, at: new Date(BEGIN + minutes * 60_000).toISOString() });
  }
  voices.push({ customer: 'C0', kind: 'praise', category: null, at: new Date(BEGIN + 110 * DAY_MS).toISOString() });
  const { db } = product.ctx;
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_t', 't', 'ou_p', 'voices', now())`.execute(db);
  await sql`
    insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba_t', 'so_t', 'me_p', 'voices', 'f', 'h', 1, 'f', 'done', now())`.execute(db);
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, customer, city, district, recorded_category, text, text_masked, batch_id)
    select row_number() over (order by r.at, r.customer), 'so_t', 'k' || row_number() over (order by r.at, r.customer), '', r.at, true, r.at, r.kind, 'hotline', r.customer,
      'A', 'A1', r.category, '多扣费', '多扣费', 'ba_t'
    from json_to_recordset(${JSON.stringify(voices)}::json) as r(at timestamptz, kind text, customer text, category text)`.execute(db);
}

beforeAll(async () => {
  product = await testProduct({ work: false });
  product.clock.set('2026-04-21T02:00:00.000Z');
  await twoCities(product.ctx);
  await plant();
});
afterAll(() => product[Symbol.asyncDispose]());

async function train(...words: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  product.clock.advanceMs(1_000);
  const said = { out: [] as string[], err: [] as string[] };
  const argv = ['model', 'train', '--target', 'complaint', '--from', 'voices', '--json', ...words];
  const say = ({ out, err }: { readonly out?: string; readonly err?: string }): void => {
    if (out !== undefined) said.out.push(out);
    if (err !== undefined) said.err.push(err);
  };
  const code = await runInHome(product.ctx)({ argv, cwd: '/' }, say, new AbortController().signal);
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}

describe('model train --from voices', () => {
  it('refuses what only files have, all of it at once, each with the reason', async () => {
    const words = ['--folds', '3', '--time', 'x', '--group', 'x', '--without', 'x', '--protected', '--keep-leaks', '--positive', '1'];
    const { code, err } = await train(...words, '--sheet', 'x', '--encoding', 'utf-8', '--seed', 'x');
    expect(code).toBe(2);
    for (const name of ['folds', 'time', 'group', 'without', 'protected', 'keep-leaks', 'positive', 'sheet', 'encoding'])
      expect(err).toMatch(new RegExp(`--${name} does not apply to --from voices: \\S`));
    expect(err).toContain('--seed must be a whole number');
  });

  it('takes the seed, and counts grievances that are equal in all that is known and came of them', { timeout: 120_000 }, async () => {
    const { code, out, err } = await train('--seed', '7');
    expect([code, err]).toEqual([0, expect.stringContaining('parts trained')]);
    const told = JSON.parse(out) as { seed: number; rows: number; learned: number; duplicates: number; leaks: readonly string[] };
    expect(twice).toBeGreaterThan(80);
    expect(told).toMatchObject({ seed: 7, duplicates: twice, leaks: [] });
    expect(told.learned).toBe(told.rows);
    const { rows } = await sql<{ seed: number }>`select (card ->> 'seed')::float8 as seed from model_versions`.execute(product.ctx.db);
    expect(rows).toEqual([{ seed: 7 }]);
  });
});
