import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { withDb } from '../../../test/kit/db.ts';
import { copyInto } from './copy.client.ts';
import { inTransaction, rowsOf } from './db.ts';
import { RowPacker, withHeads } from './row-packer.client.ts';

const COLUMNS = ['id', 'at', 'name', 'score', 'part', 'known', 'more', 'body'];

function packed(): RowPacker {
  const rows = new RowPacker(COLUMNS.length);
  for (const name of ['一号', null, 'with\0nul and \ud800half']) {
    rows.begin();
    rows.text(name);
    rows.double(name === null ? null : 0.1);
    rows.real(0.5);
    rows.flag(name !== null);
    rows.json(name === null ? null : JSON.stringify({ a: ['"', '\\', '😀'] }));
    rows.bytes(Uint8Array.of(0, 255, 7));
  }
  return rows;
}

const table = sql`create temporary table copied (id bigint primary key, at timestamptz, name text, score double precision, part real,
  known boolean, more jsonb, body bytea) on commit drop`;

it('copies rows of every kind of field, and leaves out those without a number', () =>
  withDb(async (db) => {
    await table.execute(db);
    const rows = packed().take();
    await inTransaction(db, (tx) => copyInto(tx, 'copied', COLUMNS, withHeads(rows, [7, 2 ** 52, null], Date.UTC(1900, 0, 1, 0, 0, 0, 1))));
    await inTransaction(db, (tx) => copyInto(tx, 'copied', COLUMNS, withHeads(packed().take(), [null, null, 9], Date.UTC(2200, 0))));
    const found = await rowsOf(db, sql`select *, encode(body, 'hex') as body from copied order by id`);
    expect(found).toEqual([
      {
        id: 7,
        at: '1900-01-01T00:00:00.001Z',
        name: '一号',
        score: 0.1,
        part: 0.5,
        known: true,
        more: { a: ['"', '\\', '😀'] },
        body: '00ff07',
      },
      {
        id: 9,
        at: '2200-01-01T00:00:00.000Z',
        name: 'withnul and �half',
        score: 0.1,
        part: 0.5,
        known: true,
        more: { a: ['"', '\\', '😀'] },
        body: '00ff07',
      },
      { id: 2 ** 52, at: '1900-01-01T00:00:00.001Z', name: null, score: null, part: 0.5, known: false, more: null, body: '00ff07' },
    ]);
  }));

it('refuses all rows when one breaks a rule, and the connection goes on', () =>
  withDb(async (db) => {
    await table.execute(db);
    await sql`savepoint before`.execute(db);
    const twice = withHeads(packed().take(), [1, 1, 2], 0);
    await expect(inTransaction(db, (tx) => copyInto(tx, 'copied', COLUMNS, twice))).rejects.toMatchObject({ code: '23505' });
    await sql`rollback to before`.execute(db);
    expect(await rowsOf(db, sql<{ n: number }>`select count(*) as n from copied`)).toEqual([{ n: 0 }]);
  }));
