import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readInWorker } from '../../src/ingest/files/read-in-worker.client.ts';
import { categoryColumn, featureTable, numberColumn, type FeatureTable } from '../../src/maths/features.ts';
import { groupsOf } from '../../src/maths/folds.ts';

export interface ChurnSet {
  readonly table: FeatureTable;
  readonly labels: Uint8Array;
  /** Equal rows have equal numbers. */
  readonly groups: Int32Array;
}

const NUMBERS: readonly string[] = ['SeniorCitizen', 'tenure', 'MonthlyCharges', 'TotalCharges'];
const LEFT_OUT: readonly string[] = ['customerID', 'Churn'];

/** IBM's 7,043 customers; null when they are not on this machine. */
export async function churnSet(): Promise<ChurnSet | null> {
  const path = join(process.env['VOXLOOP_DATA'] ?? '', 'churn-telco-ibm', 'WA_Fn-UseC_-Telco-Customer-Churn.csv');
  if ((process.env['VOXLOOP_DATA'] ?? '') === '' || !existsSync(path)) return null;
  const rows: (readonly string[])[] = [];
  let names: readonly string[] = [];
  for await (const { columns, records } of readInWorker(path)) {
    names = columns;
    for (const { cells } of records) rows.push(cells.map((cell) => cell ?? ''));
  }
  const of = (name: string): readonly string[] => rows.map((cells) => (cells[names.indexOf(name)] ?? '').trim());
  const kept = names.filter((name) => !LEFT_OUT.includes(name));
  const columns = kept.map((name) =>
    NUMBERS.includes(name)
      ? numberColumn(
          name,
          of(name).map((text) => (text === '' ? null : Number(text))),
        )
      : categoryColumn(name, of(name)),
  );
  return {
    table: featureTable(columns),
    labels: Uint8Array.from(of('Churn'), (text) => (text === 'Yes' ? 1 : 0)),
    groups: groupsOf(rows.map((cells) => kept.map((name) => cells[names.indexOf(name)]).join('\t'))),
  };
}

/** What XGBoost is given of it: a column per level. */
export function oneHot({ table }: ChurnSet): Float32Array {
  const columns = table.columns.flatMap((column) =>
    column.kind === 'number'
      ? [Float32Array.from(column.values)]
      : column.levels.map((_, level) => Float32Array.from(column.codes, (code) => (code === level ? 1 : 0))),
  );
  const all = new Float32Array(columns.length * table.rows);
  for (const [i, column] of columns.entries()) all.set(column, i * table.rows);
  return all;
}
