import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processDir } from '../../../test/kit/process-dir.ts';
import { openFactFolder } from './fact-folder.client.ts';
import { factFiles } from './fact-folder-here.client.ts';
import { BETWEEN, type WideTable } from './warehouse.ts';

const FACTS: WideTable = {
  name: 'facts',
  columns: [
    { name: 'key', type: 'text' },
    { name: 'figure', type: 'number' },
  ],
};
const NEWEST = 'select key, figure from facts qualify row_number() over (partition by key order by lot desc, file desc, place desc) = 1';

test('the newest row of a key is the same before and after its lot is made whole, and whatever comes later is newer', async () => {
  const dir = { path: processDir('facts-newest') };
  const folder = await openFactFolder(dir.path, FACTS);
  const land = (part: number, rows: readonly [string, number][]) =>
    folder.land('lot', part, [rows.map(([key]) => key).join(BETWEEN), rows.map(([, figure]) => figure).join(BETWEEN)]);
  const newest = async () => Object.fromEntries((await folder.select(NEWEST)).map((row) => [row['key'], row['figure']]));
  for (const [part, figure] of [30, 10, 20].entries())
    await land(
      part,
      Array.from({ length: 3000 }, (_, i) => [`k${i}`, figure + i]),
    );
  expect(await newest()).toMatchObject({ k0: 20, k2999: 3019 });
  await folder.seal('lot');
  expect([factFiles(dir.path), await newest()]).toMatchObject([['lot.parquet'], { k0: 20, k2999: 3019 }]);
  await land(3, [['k0', 5]]);
  expect(await newest()).toMatchObject({ k0: 5, k1: 21 });
  await folder.seal('lot');
  expect(await newest()).toMatchObject({ k0: 5, k1: 21 });
  folder.close();
});

test('a lot whose making whole was cut off is whole when the folder is opened again, and no row stands twice', async () => {
  const dir = { path: processDir('facts-cut') };
  const at = (name: string): string => join(dir.path, name);
  const folder = await openFactFolder(dir.path, FACTS);
  await folder.land('lot', 0, [['a', 'b'].join(BETWEEN), [1, 2].join(BETWEEN)]);
  cpSync(at('lot'), at('kept'), { recursive: true });
  await folder.seal('lot');
  folder.close();
  // As it stands between the steps: parts and mark, with the whole file beside them or already in its place.
  for (const merged of ['lot.merged', 'lot.parquet']) {
    cpSync(at('kept'), at('lot'), { recursive: true });
    cpSync(at('lot.parquet'), at('spare'));
    cpSync(at('spare'), at(merged));
    writeFileSync(at('lot.sealing'), '');
    const again = await openFactFolder(dir.path, FACTS);
    expect(await again.select(`select count(*) as n from facts where lot = 'lot'`)).toEqual([{ n: 2 }]);
    again.close();
  }
});
