import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDb } from '../../../test/kit/db.ts';
import { type Db, rowsOf, type Tx } from '../../platform/postgres/db.ts';
import type { ClusterModel } from './centroid-space.ts';
import { addRun, cancelOpen, finishRun, knownClusters, runOf, setRunState } from './runs.sql.ts';
import type { RunResult } from './segments-messages.ts';

const modelOf = (...ids: readonly string[]): ClusterModel => ({ axes: [], centroids: ids.map(() => []), ids });
const resultOf = (name: string, ...ids: readonly string[]): RunResult => ({
  customers: 1,
  leftOut: {},
  report: { kind: 'none', because: 'too-few-customers' },
  model: modelOf(...ids),
  facts: '[]',
  names: Object.fromEntries(ids.map((id) => [id, { zh: `${name}${id}`, en: `${name}${id}` }])),
});

/** A run of clusters up to the end of a month that is done, unless somebody cancels it just before. */
async function done(db: Db, month: number, result: RunResult, cancelled = false): Promise<boolean> {
  const asOf = new Date(Date.UTC(2026, month, 1)).toISOString();
  const run = {
    id: `r${month}`,
    scheme: 'clusters',
    asOf,
    month: asOf.slice(0, 7),
    definition: { most: 8 },
    askedBy: null,
    at: asOf,
  } as const;
  await addRun(db as Tx, run);
  await setRunState(db, run.id, 'running', null);
  if (cancelled) await cancelOpen(db as Tx, asOf);
  return finishRun(db as Tx, run, result, asOf);
}
const upTo = async (db: Db, month: number) => knownClusters(db, new Date(Date.UTC(2026, month, 1)).toISOString());
const names = (db: Db) => rowsOf(db, sql<{ segment: string; name_zh: string }>`select segment, name_zh from segments order by segment`);

test('clusters go by the nearest run before, and where there is none by the nearest after', () =>
  withDb(async (db) => {
    expect(await upTo(db, 4)).toEqual({ nearest: null, given: [] });
    await done(db, 6, resultOf('六', 'k1', 'k2'));
    await done(db, 8, resultOf('八', 'k1', 'k4'));
    expect(await upTo(db, 4)).toMatchObject({ nearest: { model: modelOf('k1', 'k2'), isEarlier: false }, given: ['k1', 'k2', 'k4'] });
    expect(await upTo(db, 7)).toMatchObject({ nearest: { model: modelOf('k1', 'k2'), isEarlier: true } });
    // Of the same time once more: the ids that it gave.
    expect(await upTo(db, 8)).toMatchObject({ nearest: { model: modelOf('k1', 'k4'), isEarlier: true } });
    expect(await upTo(db, 9)).toMatchObject({ nearest: { model: modelOf('k1', 'k4'), isEarlier: true } });
  }));

test('only the newest run calls clusters anew; one of an earlier month names those that have no name', () =>
  withDb(async (db) => {
    await done(db, 6, resultOf('六', 'k1', 'k2'));
    await done(db, 4, resultOf('四', 'k1', 'k3'));
    expect(await names(db)).toEqual([
      { segment: 'k1', name_zh: '六k1' },
      { segment: 'k2', name_zh: '六k2' },
      { segment: 'k3', name_zh: '四k3' },
    ]);
    await done(db, 7, resultOf('七', 'k1'));
    expect((await names(db))[0]).toEqual({ segment: 'k1', name_zh: '七k1' });
  }));

test('a run that was cancelled is not revived, and names nothing', () =>
  withDb(async (db) => {
    expect(await done(db, 6, resultOf('六', 'k1'), true)).toBe(false);
    await setRunState(db, 'r6', 'running', null);
    expect(await runOf(db, 'r6')).toMatchObject({ state: 'cancelled' });
    expect(await names(db)).toEqual([]);
  }));

test('another definition is another version; the same one, or one that was not written down before, is none', () =>
  withDb(async (db) => {
    let n = 0;
    const versionOf = async (definition: object | null, scheme: 'usage' | 'rules' = 'usage'): Promise<number | undefined> => {
      const id = `r${++n}`;
      const at = `2026-01-01T00:00:0${n}.000Z`;
      await addRun(db as Tx, { id, scheme, asOf: at, month: '2026-01', definition, askedBy: null, at });
      return (await runOf(db, id))?.scheme_version;
    };
    await sql`insert into segment_schemes (id, definition, updated_at) values ('usage', '{}', now())`.execute(db);
    expect(await versionOf({ share: 0.5, window: 180 })).toBe(1);
    expect(await versionOf({ window: 180, share: 0.5 })).toBe(1);
    expect(await versionOf({ share: 0.6, window: 180 })).toBe(2);
    // Rules are written down where customers are put into them.
    await sql`insert into segment_schemes (id, definition, version, updated_at) values ('rules', '[{"id": "a"}]', 3, now())`.execute(db);
    expect(await versionOf(null, 'rules')).toBe(3);
    expect(await rowsOf(db, sql`select definition from segment_schemes where id = 'rules'`)).toEqual([{ definition: [{ id: 'a' }] }]);
  }));
