import type { FeatureTable } from '../../maths/features.ts';

/** Sums of the customers of one segment in one place: figures of any set of places are added up from them. */
export interface SegmentFacts {
  readonly segment: string;
  readonly city: string;
  readonly district: string;
  readonly customers: number;
  /** Known values, their sum, the sum of their squares. */
  readonly numbers: Readonly<Record<string, readonly [number, number, number]>>;
  readonly categories: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Placed {
  readonly segments: readonly (string | null)[];
  readonly cities: readonly string[];
  readonly districts: readonly string[];
}

export function segmentFacts(table: FeatureTable, { segments, cities, districts }: Placed): readonly SegmentFacts[] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const segment = segments[row];
    if (segment === null || segment === undefined) continue;
    const key = `${segment}\n${cities[row] ?? ''}\n${districts[row] ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].map(([key, rows]) => {
    const [segment = '', city = '', district = ''] = key.split('\n');
    return { segment, city, district, customers: rows.length, ...sumsOf(table, rows) };
  });
}

function sumsOf(table: FeatureTable, rows: readonly number[]): Pick<SegmentFacts, 'numbers' | 'categories'> {
  const numbers: Record<string, [number, number, number]> = {};
  const categories: Record<string, Record<string, number>> = {};
  for (const column of table.columns) {
    if (column.kind === 'number') {
      const sums: [number, number, number] = [0, 0, 0];
      for (const row of rows) {
        const value = column.values[row] as number;
        if (Number.isNaN(value)) continue;
        sums[0] += 1;
        sums[1] += value;
        sums[2] += value * value;
      }
      numbers[column.name] = sums;
    } else {
      const counts: Record<string, number> = {};
      for (const row of rows) {
        const code = column.codes[row] as number;
        const level = code < 0 ? '' : (column.levels[code] as string);
        counts[level] = (counts[level] ?? 0) + 1;
      }
      categories[column.name] = counts;
    }
  }
  return { numbers, categories };
}

export type FactSums = Pick<SegmentFacts, 'customers' | 'numbers' | 'categories'>;

export function addedUp(facts: readonly FactSums[]): FactSums {
  const numbers: Record<string, [number, number, number]> = {};
  const categories: Record<string, Record<string, number>> = {};
  let customers = 0;
  for (const one of facts) {
    customers += one.customers;
    for (const [name, [n, sum, squares]] of Object.entries(one.numbers)) {
      const into = (numbers[name] ??= [0, 0, 0]);
      into[0] += n;
      into[1] += sum;
      into[2] += squares;
    }
    for (const [name, counts] of Object.entries(one.categories)) {
      const into = (categories[name] ??= {});
      for (const [level, count] of Object.entries(counts)) into[level] = (into[level] ?? 0) + count;
    }
  }
  return { customers, numbers, categories };
}
