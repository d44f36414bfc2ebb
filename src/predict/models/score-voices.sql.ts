import type { Pack } from '../../model/pack.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { leafNames } from '../../model/leaf-names.ts';
import { categoryOf, MomentBuilder } from './moment-builder.ts';
import type { Moment } from './moment-features.ts';
import { GRIEVANCE } from './moment-log.ts';
import { beginOfRecord, loadsBefore, recordsBefore } from './moments.sql.ts';
import type { Recorded } from './scored.ts';

/** Reads what was known when these grievances were recorded; voices that are none, or without a customer, are left out. */
export async function recordedMoments(
  db: Db,
  pack: Pick<Pack, 'categories' | 'segments' | 'told'>,
  zone: string,
  voices: readonly number[],
): Promise<Recorded> {
  const leafOf = leafNames(pack);
  const [begin, records, loads] = await Promise.all([
    beginOfRecord(db, zone),
    recordsBefore(db, zone, pack.told, voices),
    loadsBefore(db, voices),
  ]);
  const builder = new MomentBuilder(leafOf, pack);
  for (const row of records) builder.add(row);
  // What came of them is not asked here, so no end of what is known either.
  const log = builder.finish(begin ?? 0, 0);
  const around = new Map<number, Map<string | null, number>>();
  for (const row of loads) {
    const of = around.get(row.asked) ?? new Map<string | null, number>();
    const category = categoryOf(row, leafOf);
    of.set(category, (of.get(category) ?? 0) + row.voices);
    around.set(row.asked, of);
  }
  const moments = log.customers.flatMap((_, customer): Moment[] => {
    const entry = (log.starts[customer + 1] ?? 0) - 1;
    if (log.kinds[entry] !== GRIEVANCE) return [];
    const counts = around.get(log.voices[entry] ?? 0);
    const category = log.names.category[log.categories[entry] ?? -1];
    const all = counts === undefined ? 0 : [...counts.values()].reduce((sum, n) => sum + n, 0);
    return [{ customer, entry, load: { same: category === undefined ? 0 : (counts?.get(category) ?? 0), all } }];
  });
  return { log, moments };
}
