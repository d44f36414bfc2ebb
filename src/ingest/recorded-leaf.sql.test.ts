import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDb, freshDb } from '../../test/kit/db.ts';
import { leafNames } from '../model/leaf-names.ts';
import type { Pack } from '../model/pack.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { loadPack } from '../understand/load-pack.client.ts';
import { recordedLeaf } from './recorded-leaf.sql.ts';

let fresh: FreshDb;
let pack: Pack;
beforeAll(async () => {
  fresh = await freshDb();
  pack = await loadPack();
});
afterAll(() => fresh.close());

/** What the database makes of these words. */
async function leavesOf(words: readonly (string | null)[], of: Pick<Pack, 'categories'> = pack): Promise<readonly (string | null)[]> {
  const rows = await rowsOf(
    fresh.db,
    sql<{ leaf: string | null }>`
      select ${recordedLeaf(of, 'v')} as leaf from json_array_elements_text(${JSON.stringify(words)}::json) with ordinality as v(recorded_category, i) order by i`,
  );
  return rows.map((row) => row.leaf);
}

describe('the leaf that an agent filed a voice under', () => {
  test('is found by code, by name in either language and by the names of all levels, however they are put together', async () => {
    const [code, none] = ['fixed/broadband/outage', null];
    const words = [
      code,
      'FIXED/Broadband/outage',
      ' fixed > broadband - outage ',
      '宽带断网无法上网',
      '\u3000宽带断网无法上网\t',
      '固网通信质量/宽带使用/宽带断网无法上网',
      '固网通信质量 > 宽带使用 - 宽带断网无法上网',
    ];
    expect(await leavesOf(words)).toEqual(words.map(() => code));
    expect(await leavesOf(['fixed', 'fixed/broadband', '别的系统/宽带/断网', '', ' ', null])).toEqual([none, none, none, none, none, none]);
  });

  test('is the same as in the programs that read whole histories, for all that people write', async () => {
    const leafOf = leafNames(pack);
    const names = new Map(pack.categories.map((one) => [one.code, one.names]));
    const words = pack.categories.flatMap(({ code, names: own }) => {
      const path = code.split('/').map((_, i, parts) => names.get(parts.slice(0, i + 1).join('/'))?.en ?? '');
      return [
        code,
        own.zh,
        own.en,
        own.en.toUpperCase(),
        path.join(' / '),
        path.join('-'),
        `\u00a0${own.zh}\ufeff`,
        `${own.zh}/`,
        `- ${own.en}`,
      ];
    });
    expect(words.length).toBeGreaterThan(1000);
    const found = await leavesOf(words);
    expect(found).toEqual(words.map(leafOf));
    expect(found.filter((leaf) => leaf !== null).length).toBeGreaterThan(500);
  });

  test('is none where two leaves share the name', async () => {
    const [first, second] = pack.categories.filter((one) => one.cell !== undefined);
    const twins = { categories: [first!, { ...second!, names: first!.names }] };
    expect(await leavesOf([first!.names.zh, second!.code], twins)).toEqual([null, second!.code]);
  });
});
