import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type DuckDb, openDuckDb } from './duckdb.client.ts';
import { QueryTimeout, type WideTable } from './warehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'voxloop-duckdb-'));
const open: DuckDb[] = [];
afterAll(async () => {
  for (const db of open) await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const TABLE: WideTable = {
  name: 'things',
  columns: [
    { name: 'id', type: 'whole' },
    { name: 'name', type: 'text' },
    { name: 'said_at', type: 'instant' },
    { name: 'score', type: 'number' },
    { name: 'known', type: 'flag' },
    { name: 'attributes', type: 'pairs' },
  ],
};
const log = { warn: () => undefined, error: () => undefined };
async function opened(name: string, tables: readonly WideTable[] = [TABLE]): Promise<DuckDb> {
  const file = name === ':memory:' ? name : join(folder, name);
  const db = await openDuckDb({ file, tables, tempDir: join(folder, 'tmp'), log });
  open.push(db);
  return db;
}
const closed = async (db: DuckDb): Promise<void> => {
  open.splice(open.indexOf(db), 1);
  await db.close();
};
const count = async (db: DuckDb): Promise<unknown> => (await db.select('select count(*) as n from things', []))[0]?.['n'];
const row = (id: number): readonly (string | number | boolean | null | Record<string, string>)[] => [
  id,
  '断网',
  Date.UTC(2026, 2, 1, 8),
  8.5,
  true,
  { 'a "b\'c': 'v' },
];

describe('the embedded warehouse', () => {
  test('what is appended comes back as plain values', async () => {
    const db = await opened(':memory:');
    await db.write((w) => w.append(TABLE, [row(9007199254740991), [2, null, null, null, null, null]]));
    const rows = await db.select('select *, attributes[$1] as a, sum(id) over () as total from things order by id', ['a "b\'c']);
    expect(rows[1]).toMatchObject({
      id: 9007199254740991,
      name: '断网',
      said_at: '2026-03-01T08:00:00.000',
      score: 8.5,
      known: true,
      a: 'v',
    });
    expect(rows[0]).toMatchObject({ id: 2, name: null, said_at: null, score: null, known: null, a: null });
  });

  test.each([
    `copy things to '${join(folder, 'out.csv')}'`,
    `select * from read_csv('/etc/passwd')`,
    `select * from '/etc/passwd'`,
    `install httpfs`,
    `load httpfs`,
    `attach '${join(folder, 'other.db')}'`,
    `set enable_external_access=true`,
    `set threads=9`,
  ])('refuses %s', async (sql) => {
    const db = await opened(':memory:');
    await expect(db.select(sql, [])).rejects.toThrow();
  });

  test('a query over its time is stopped, and its connection serves again', async () => {
    const db = await opened(':memory:');
    const slow = 'select count(*) from range(100000000) a, range(1000) b where a.range * b.range % 7 = 3';
    await expect(db.select(slow, [], { timeoutMs: 30 })).rejects.toThrow(QueryTimeout);
    for (let i = 0; i < 8; i++) expect(await count(db)).toBe(0);
  });

  test('more questions than connections are all answered', async () => {
    const db = await opened(':memory:');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => db.select('select $1::bigint as n', [i])));
    expect(answers.map((rows) => rows[0]?.['n'])).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('a failed write leaves nothing behind, and the next one goes through', async () => {
    const db = await opened(':memory:');
    const failing = db.write(async (w) => {
      await w.append(TABLE, [row(1)]);
      throw new Error('half way');
    });
    const next = db.write((w) => w.append(TABLE, [row(2)]));
    await expect(failing).rejects.toThrow('half way');
    await next;
    expect(await db.select('select id from things', [])).toEqual([{ id: 2 }]);
  });

  test('rows are removed by their keys, numbers or texts', async () => {
    const db = await opened(':memory:');
    await db.write((w) => w.append(TABLE, [row(1), row(2), row(3), [4, `it's "x"`, null, null, null, null]]));
    await db.write(async (w) => {
      await w.remove(TABLE, 'id', [1, 3, 99]);
      await w.remove(TABLE, 'name', [`it's "x"`]);
      await w.remove(TABLE, 'id', []);
    });
    expect(await db.select('select id from things', [])).toEqual([{ id: 2 }]);
  });

  test('readers see the old rows until a rebuild commits', async () => {
    const db = await opened(':memory:');
    await db.write((w) => w.append(TABLE, [row(1)]));
    await db.write(async (w) => {
      await w.recreate(TABLE);
      await w.append(TABLE, [row(2), row(3)]);
      expect(await count(db)).toBe(1);
    });
    expect(await count(db)).toBe(2);
  });

  test('rows survive closing and opening', async () => {
    const db = await opened('kept.duckdb');
    await db.write((w) => w.append(TABLE, [row(1)]));
    await closed(db);
    expect(await count(await opened('kept.duckdb'))).toBe(1);
  });

  test('a file that is not a database is put aside and the warehouse begins empty', async () => {
    writeFileSync(join(folder, 'broken.duckdb'), Buffer.alloc(20_000, 7));
    const db = await opened('broken.duckdb');
    expect(db.quarantined).toBe(join(folder, 'broken.duckdb.unusable-1'));
    expect(readdirSync(folder)).toContain('broken.duckdb.unusable-1');
    expect(await count(db)).toBe(0);
  });

  test('a damaged log beside the file is put aside with it', async () => {
    const db = await opened('wal.duckdb');
    await db.write((w) => w.append(TABLE, [row(1)]));
    await closed(db);
    writeFileSync(join(folder, 'wal.duckdb.wal'), Buffer.alloc(5_000, 255));
    const again = await opened('wal.duckdb');
    expect([0, 1]).toContain(await count(again));
  });

  test('tables of another shape begin anew', async () => {
    const db = await opened('shape.duckdb');
    await db.write((w) => w.append(TABLE, [row(1)]));
    await closed(db);
    const wider: WideTable = { ...TABLE, columns: [...TABLE.columns, { name: 'more', type: 'text' }] };
    expect(await count(await opened('shape.duckdb', [wider]))).toBe(0);
  });
});
