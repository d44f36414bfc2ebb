import type { Problem } from '../../model/problem.ts';
import type { CompareAsk, MetricAsk } from './compare-ask.ts';
import type { Arms } from './find-arms.ts';
import type { MetricKind } from '../../model/comparison.ts';
import { hasOneRowEach, kindOf } from './outcome-cells.ts';
import { periodsOf } from './time-strata.ts';
import { columnOf, notNumbers, numbersOf, type TrialTable } from './trial-table.ts';

export interface LaidMetric extends MetricAsk {
  readonly kind: MetricKind;
  readonly values: Float64Array;
  readonly missing: number;
  /** Counts were made of rates. */
  readonly rounded: boolean;
}

/** The table as numbers: rows by arm and stratum, counts, metrics. */
export interface Laid {
  readonly arms: Arms;
  readonly counts: Float64Array | null;
  readonly metrics: readonly LaidMetric[];
  readonly strata: { readonly names: readonly string[]; readonly codes: Int32Array; readonly inTime: boolean };
  /** The main metric before the start. */
  readonly before: { readonly kind: MetricKind; readonly values: Float64Array } | null;
  readonly leftOut: number;
  /** Identifiers stand in several rows of an arm and stratum. */
  readonly repeats: boolean;
  readonly rowsOf: (arm: number, stratum?: number) => readonly number[];
  /** Rows of an arm; where the strata are periods of the same people, those of the first. */
  readonly atStart: (arm: number) => readonly number[];
  /** Customers at the start. */
  readonly assigned: (arm: number) => number;
  readonly oneRowEach: boolean;
  readonly seed: number;
  readonly peeked: boolean;
}

export function layOut(table: TrialTable, ask: CompareAsk, arms: Arms): Laid | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const counts = ask.count === undefined ? null : countsOf(table, ask.count, problems);
  const strata = strataOf(table, ask.strata);
  const oneRowEach = hasOneRowEach(arms, strata.codes);
  const metrics = ask.metrics.map((metric): LaidMetric => {
    const numbers = numbersOf(columnOf(table, metric.column));
    if (numbers.wrong.length > 0) problems.push(notNumbers(table, metric.column, numbers.wrong));
    else if (numbers.missing === table.rows) problems.push({ code: 'trial-metric-empty', column: metric.column });
    const kind = kindOf(numbers, counts, oneRowEach);
    return { ...metric, kind, values: numbers.values, missing: numbers.missing, rounded: kind === 'rate' };
  });
  const before = ask.before === undefined ? null : numbersOf(columnOf(table, ask.before));
  if (before !== null && before.wrong.length > 0) problems.push(notNumbers(table, ask.before ?? '', before.wrong));
  if (problems.length > 0) return { problems };
  const rowsOf = rowsBy(arms, strata.codes, strata.names.length);
  const atStart = (arm: number): readonly number[] => rowsOf(arm, strata.inTime ? 0 : undefined);
  const size = (rows: readonly number[]): number => (counts === null ? rows.length : rows.reduce((sum, i) => sum + (counts[i] ?? 0), 0));
  return {
    arms,
    counts,
    metrics,
    strata,
    before: before === null ? null : { kind: kindOf(before, counts, oneRowEach), values: before.values },
    leftOut: table.leftOut,
    repeats: counts === null && identifierRepeats(table, ask, strata.codes),
    rowsOf,
    atStart,
    assigned: (arm) => size(atStart(arm)),
    oneRowEach,
    seed: ask.seed,
    peeked: ask.peeked ?? false,
  };
}

function countsOf(table: TrialTable, column: string, problems: Problem[]): Float64Array {
  const { values, wrong } = numbersOf(columnOf(table, column));
  const bad = Array.from(values, (_, i) => i).filter((i) => !(Number.isInteger(values[i]) && (values[i] as number) >= 0));
  if (wrong.length + bad.length > 0) problems.push({ ...notNumbers(table, column, bad), code: 'trial-count-wrong' });
  return values;
}

/** One stratum for each combination that occurs; a single column of periods is put in the order of time. */
function strataOf(table: TrialTable, columns: readonly string[]): Laid['strata'] {
  const parts = columns.map((column) => columnOf(table, column));
  const places = new Map<string, number>();
  const codes = new Int32Array(table.rows);
  for (let i = 0; i < table.rows; i++) {
    const name = parts.map((cells) => (cells[i] ?? '').trim() || '—').join(' · ');
    const known = places.get(name);
    codes[i] = known ?? places.size;
    if (known === undefined) places.set(name, places.size);
  }
  const names = [...places.keys()];
  const order = columns.length === 1 ? periodsOf(columns[0] ?? '', names) : null;
  if (order === null) return { names, codes, inTime: false };
  const place = new Int32Array(names.length);
  order.forEach((old, now) => (place[old] = now));
  return { names: order.map((old) => names[old] ?? ''), codes: codes.map((code) => place[code] ?? 0), inTime: true };
}

function rowsBy(arms: Arms, strata: Int32Array, many: number): Laid['rowsOf'] {
  const lists = Array.from({ length: arms.names.length * many }, (): number[] => []);
  arms.codes.forEach((arm, i) => {
    if (arm >= 0) lists[arm * many + (strata[i] ?? 0)]?.push(i);
  });
  const whole = arms.names.map((_, arm) =>
    many === 1
      ? (lists[arm] ?? [])
      : lists
          .slice(arm * many, (arm + 1) * many)
          .flat()
          .toSorted((a, b) => a - b),
  );
  return (arm, stratum) => (stratum === undefined ? (whole[arm] ?? []) : (lists[arm * many + stratum] ?? []));
}

/** By its title alone: a column of values that mostly stand once could be any measurement. */
export const IDENTIFIER =
  /^(id|uid|.*[_\s-]id|.*Id|customer|customer[_ ]?(no|number)?|user|subscriber|phone|mobile|msisdn|name|email|account|.*编号|.*号码|客户|用户|手机号?|姓名|账号|邮箱|客户标识)$/;

function identifierRepeats(table: TrialTable, ask: CompareAsk, strata: Int32Array): boolean {
  const used = new Set([ask.arm, ...ask.strata, ...ask.metrics.map(({ column }) => column)]);
  return table.titles.some((title) => {
    if (used.has(title) || !IDENTIFIER.test(title)) return false;
    const seen = new Set<string>();
    return columnOf(table, title).some((cell, i) => {
      if (cell === null || cell.trim() === '') return false;
      const key = `${strata[i]}\0${cell}`;
      return seen.has(key) || !seen.add(key);
    });
  });
}
