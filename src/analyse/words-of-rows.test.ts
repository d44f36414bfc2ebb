import { expect, test } from 'vitest';
import { warehouseOf } from '../../test/kit/warehouse-rows.ts';
import type { Context } from '../platform/context.ts';
import { forgetVoices } from './follow-warehouse.job.ts';
import { setMark } from './marks.client.ts';
import { VOICE_ROWS } from './wide-tables.ts';
import { wordsOfRows } from './words-of-rows.client.ts';

test('the words of the rows in sight are kept by scope, and read anew when rows came or went', async () => {
  const { warehouse } = await warehouseOf([
    { id: 1, said: '2026-03-01T08:00:00', city: 'jn', source: 'a', attributes: { level: '高' } },
    { id: 2, said: '2026-03-01T08:00:00', city: 'qd', source: 'b' },
  ]);
  const ctx = { warehouse } as unknown as Context;
  const sources = async (city?: string): Promise<readonly string[]> =>
    (await wordsOfRows(ctx, city === undefined ? { kind: 'all' } : { kind: 'city', city })).sources;
  expect(await wordsOfRows(ctx, { kind: 'all' })).toEqual({ sources: ['a', 'b'], attributes: ['level'] });
  expect([await sources('jn'), await sources('qd'), await sources()]).toEqual([['a'], ['b'], ['a', 'b']]);
  // Rows and mark change in one transaction; without a new mark nobody reads again.
  await warehouse.write((writer) => writer.remove(VOICE_ROWS, 'id', [2]));
  expect(await sources()).toEqual(['a', 'b']);
  await warehouse.write((writer) => setMark(writer, 'voices', { tx: 7, afterKey: '2', asOfMs: 0 }));
  expect(await sources()).toEqual(['a']);
  await forgetVoices(ctx, { ids: [1] });
  expect(await sources()).toEqual([]);
  await warehouse.close();
});
