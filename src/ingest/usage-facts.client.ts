import { join } from 'node:path';
import { type MonthlyUsage, USAGE_FIGURES } from '../model/usage.ts';
import { openFactFolder } from '../platform/warehouse/fact-folder.client.ts';
import { dropLot, type FactFolder, factFiles } from '../platform/warehouse/fact-folder-here.client.ts';
import { BETWEEN, NOTHING, type WideTable } from '../platform/warehouse/warehouse.ts';
import type { ImportBatch } from './import-batch.ts';

const USAGE: WideTable = {
  name: 'usage',
  columns: [
    { name: 'key', type: 'text' },
    { name: 'customer', type: 'text' },
    { name: 'month', type: 'text' },
    { name: 'minutes', type: 'number' },
    { name: 'megabytes', type: 'number' },
    { name: 'messages', type: 'number' },
    { name: 'bill', type: 'number' },
  ],
};

export const usageDir = (home: string): string => join(home, 'usage');
export const openUsage = (home: string): Promise<FactFolder> => openFactFolder(usageDir(home), USAGE);
export const usageFiles = (home: string): readonly string[] => factFiles(usageDir(home)).map((file) => join(usageDir(home), file));
export const dropUsage = (home: string, batch: Pick<ImportBatch, 'id' | 'createdAt'>): Promise<void> =>
  dropLot(usageDir(home), lotOf(batch));

/** Lots sort by the time at which somebody brought them: the later one knows better. */
export const lotOf = ({ id, createdAt }: Pick<ImportBatch, 'id' | 'createdAt'>): string =>
  `${new Date(createdAt).toISOString().replaceAll(/\D/g, '')}-${id.replaceAll(/[^\w-]/g, '_')}`;

/** One text per column, as the folder takes them. */
export function joinedUsage(rows: readonly MonthlyUsage[]): readonly string[] {
  return USAGE.columns.map(({ name }) => rows.map((row) => String(row[name as keyof MonthlyUsage] ?? NOTHING)).join(BETWEEN));
}

const FIGURES = USAGE_FIGURES.join(', ');
/** The newest of what was brought of a subscription and a month. */
const NEWEST = `select key, customer, month, ${FIGURES} from usage where month >= $1 and month <= $2
  qualify row_number() over (partition by key, month order by lot desc, file desc, place desc) = 1`;

/** Which of these rows stand already, word for word; `but`: the part that this chunk landed before it was cut off. */
export async function standingUsage(
  folder: FactFolder,
  rows: readonly MonthlyUsage[],
  but: { readonly lot: string; readonly part: number },
): Promise<ReadonlySet<string>> {
  const months = [...new Set(rows.map((row) => row.month))].toSorted();
  const found = await folder.select(
    `select key, month, ${FIGURES}, customer from usage
     where month >= $1 and month <= $2 and file <> $3 and key in (select unnest(string_split($4, '${BETWEEN}')))
     qualify row_number() over (partition by key, month order by lot desc, file desc, place desc) = 1`,
    [
      months[0] ?? '',
      months.at(-1) ?? '',
      `${but.lot}/${String(but.part).padStart(12, '0')}.parquet`,
      [...new Set(rows.map((row) => row.key))].join(BETWEEN),
    ],
  );
  return new Set(found.map((row) => sameUsage(row as unknown as MonthlyUsage)));
}

/** Equal of two rows that say the same of the same subscription and month. */
export const sameUsage = (row: MonthlyUsage): string =>
  [row.key, row.customer, row.month, ...USAGE_FIGURES.map((figure) => row[figure] ?? '')].join(BETWEEN);

const PAGE = 20_000;

/**
 * Monthly averages per customer over the months from `from` to `to`, all subscriptions of a month added up; in pages of columns, each one
 * text. Months without a row are not nothing: they are not known.
 */
export async function* usagePerCustomer(
  home: string,
  { from, to }: { readonly from: string; readonly to: string },
): AsyncGenerator<Readonly<Record<string, string>>> {
  if (usageFiles(home).length === 0) return;
  const folder = await openUsage(home);
  const columns = ['customer', ...USAGE_FIGURES];
  try {
    await folder.select(
      `create or replace temp table averages (n bigint, customer varchar, ${USAGE_FIGURES.map((name) => `${name} double`).join(', ')})`,
    );
    await folder.select(
      `insert into averages
       with newest as (${NEWEST}),
       monthly as (select customer, month, ${USAGE_FIGURES.map((name) => `sum(${name}) as ${name}`).join(', ')} from newest group by all)
       select row_number() over (order by customer) as n, customer, ${USAGE_FIGURES.map((name) => `avg(${name}) as ${name}`).join(', ')}
       from monthly group by customer`,
      [from, to],
    );
    for (let after = 0; ; after += PAGE) {
      const listed = columns.map((name) => `string_agg(coalesce(${name}::varchar, ''), '${BETWEEN}' order by n) as ${name}`);
      const [page] = await folder.select(`select count(*) as many, ${listed.join(', ')} from averages where n > $1 and n <= $2`, [
        after,
        after + PAGE,
      ]);
      if (page === undefined || page['many'] === 0) return;
      yield Object.fromEntries(columns.map((name) => [name, String(page[name] ?? '')]));
    }
  } finally {
    folder.close();
  }
}
