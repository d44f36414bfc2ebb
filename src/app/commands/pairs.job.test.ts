import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource, tellCity } from '../../../test/kit/pair-cities.ts';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import type { PairAnswer } from '../../predict/index.ts';
import { runInHome } from '../run-command.ts';

let product: TestProduct;

beforeAll(async () => {
  product = await testProduct({ work: false });
  product.clock.set('2026-07-10T02:00:00.000Z');
  await twoCities(product.ctx);
  await openSource(product.ctx);
  await tellCity(product.ctx, 'A', 600, 0.5);
});
afterAll(() => product[Symbol.asyncDispose]());

async function pairs(...words: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  product.clock.advanceMs(1_000);
  const said = { out: [] as string[], err: [] as string[] };
  const say = ({ out, err }: { readonly out?: string; readonly err?: string }): void => {
    if (out !== undefined) said.out.push(out);
    if (err !== undefined) said.err.push(err);
  };
  const code = await runInHome(product.ctx)({ argv: ['pairs', ...words], cwd: '/' }, say, new AbortController().signal);
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}
const rowsOf = async (...words: readonly string[]): Promise<readonly PairAnswer[]> =>
  JSON.parse((await pairs(...words, '--json')).out) as readonly PairAnswer[];

describe('voxloop pairs', () => {
  it('names all that is wrong at once, and every scheme that there is', async () => {
    const { code, err } = await pairs('--by', 'mood', '--window', '0d', '--from', 'May');
    expect(code).toBe(2);
    expect(err).toContain('--by knows segment, temperament, clusters, usage, not "mood"');
    expect(err).toContain('--window must be 1d to 90d');
    expect(err).toContain('--from must be a day');
    for (const inherited of ['toString', '__proto__', '']) expect((await pairs('--by', inherited)).err).toContain('--by knows segment');
  });

  it.each(['temperament', 'clusters', 'usage'])('by %s says that nobody is in such a segment yet, and how one gets there', async (by) => {
    const { code, err } = await pairs('--by', by, '--json');
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^--by ${by}: This scheme has put no customer into a segment yet\\..*/segments`));
  });

  it('has a row for each segment of the scheme where they differ, and the same row as ever for all customers', async () => {
    const all = await rowsOf();
    expect(all).toHaveLength(1);
    expect(all[0]).not.toHaveProperty('segment');
    expect(await rowsOf('--by', 'segment')).toEqual(all);
    await sql`
      insert into customer_segments (customer, temperament, cluster, usage_group)
      select distinct customer, case when early then 'impatient' else 'tolerant' end, case when early then 'k2' else 'k1' end, 'data'
      from (select customer, substr(customer, 3)::int % 100 < 50 as early from voices) told`.execute(product.ctx.db);
    const rows = await rowsOf('--by', 'temperament');
    expect(rows.map(({ segment }) => segment).toSorted()).toEqual(['impatient', 'tolerant']);
    for (const row of rows) expect(Object.keys(row).toSorted()).toEqual([...Object.keys(all[0]!), 'segment'].toSorted());
    const clusters = await rowsOf('--by', 'clusters');
    expect(clusters.map(({ segment }) => segment).toSorted()).toEqual(['k1', 'k2']);
    expect(await rowsOf('--by', 'cluster')).toEqual(clusters);
    // One group holds everybody: no other customers differ from it.
    expect(await rowsOf('--by', 'usage')).toEqual(all);
    expect(await rowsOf('--by', 'segment')).toEqual(all);
  });
});
