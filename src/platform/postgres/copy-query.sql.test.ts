import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshDb } from '../../../test/kit/db.ts';
import { copyQuery } from './copy-query.client.ts';

async function copied(query: ReturnType<typeof sql>, signal?: AbortSignal): Promise<{ readonly rows: number; readonly text: string }> {
  await using fresh = await freshDb();
  let text = '';
  const rows = await copyQuery(fresh.pool, query.compile(fresh.db), (bytes) => (text += Buffer.from(bytes).toString('utf8')), signal);
  return { rows, text };
}

describe('the rows of a query, copied', () => {
  it('come with their values bound, whatever stands in them', async () => {
    const evil = `'; drop table voices; -- $1 \\ ${'\t'}`;
    const { rows, text } = await copied(sql`select ${evil}, ${7}::int + 1, null::text`);
    expect(rows).toBe(1);
    expect(text).toBe(`${evil.replaceAll('\\', '\\\\').replaceAll('\t', '\\t')}\t8\t\\N\n`);
  });

  it('come in pieces that end with a row', async () => {
    await using fresh = await freshDb();
    const pieces: string[] = [];
    const query = sql`select n, repeat('x', ${'100'}::int) from generate_series(1, 20000) n`.compile(fresh.db);
    expect(await copyQuery(fresh.pool, query, (bytes) => pieces.push(Buffer.from(bytes).toString('utf8')))).toBe(20_000);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
    expect(pieces.join('').split('\n')).toHaveLength(20_001);
  });

  it('refuse what cannot be bound', async () => {
    await expect(copied(sql`select ${null}`)).rejects.toThrow('null cannot be bound');
  });

  it('stop when nobody wants them any more, and the pool goes on', async () => {
    await using fresh = await freshDb();
    const stop = new AbortController();
    const query = sql`select repeat('x', 1000) from generate_series(1, 1000000)`.compile(fresh.db);
    const running = copyQuery(fresh.pool, query, () => stop.abort(new Error('enough')), stop.signal);
    await expect(running).rejects.toThrow('enough');
    expect((await fresh.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
