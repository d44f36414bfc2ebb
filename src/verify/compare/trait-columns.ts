import type { CompareAsk } from './compare-ask.ts';
import { IDENTIFIER } from './lay-out.ts';
import { columnOf, numbersOf, type TrialTable } from './trial-table.ts';

export interface TraitColumns {
  readonly balance: readonly string[];
  readonly features: readonly string[];
  /** Columns that `all` would take but that decide the metric, so that they were known only after it. */
  readonly leftOut: readonly string[];
}

/** The columns that an ask means. `all`: everything but arm, metrics, count, the metric before, and identifiers. */
export function traitColumns(table: TrialTable, ask: CompareAsk): TraitColumns {
  const taken = new Set([ask.arm, ask.count, ask.before, ...ask.metrics.map(({ column }) => column)]);
  const free = table.titles.filter((title) => !taken.has(title) && !isIdentifier(table, title));
  const decided = ask.balance === 'all' || ask.features === 'all' ? free.filter((title) => decides(table, title, ask)) : [];
  const all = free.filter((title) => !decided.includes(title));
  return {
    balance: ask.balance === 'all' ? all.filter((title) => !ask.strata.includes(title)) : ask.balance,
    features: ask.features === 'all' ? all : (ask.features ?? []),
    leftOut: decided,
  };
}

/** By title, or words that never stand twice. */
function isIdentifier(table: TrialTable, title: string): boolean {
  if (IDENTIFIER.test(title)) return true;
  const cells = columnOf(table, title).filter((cell) => cell !== null && cell.trim() !== '');
  if (cells.length < 50 || new Set(cells).size < cells.length * 0.99) return false;
  const { wrong, whole } = numbersOf(cells);
  return wrong.length > 0 || whole;
}

const ENOUGH = 30;
const CERTAIN = 0.99;

/**
 * Where a value that is not the usual one occurs at least thirty times and the metric is then (almost) always 1, although it is mostly 0,
 * the column was written after the metric: who spent has visited.
 */
function decides(table: TrialTable, title: string, ask: CompareAsk): boolean {
  const metric = numbersOf(columnOf(table, ask.metrics[0]?.column ?? ''));
  if (!metric.binary) return false;
  const cells = columnOf(table, title);
  const counts = new Map<string, { n: number; events: number }>();
  let [n, events] = [0, 0];
  cells.forEach((cell, i) => {
    const value = metric.values[i] as number;
    if (Number.isNaN(value)) return;
    const key = (cell ?? '').trim();
    const count = counts.get(key) ?? { n: 0, events: 0 };
    counts.set(key, { n: count.n + 1, events: count.events + value });
    n++;
    events += value;
  });
  if (n === 0 || events / n > 0.8) return false;
  const usual = [...counts.values()].reduce((most, count) => (count.n > most.n ? count : most), { n: 0, events: 0 });
  const rest = { n: n - usual.n, events: events - usual.events };
  return [rest, ...counts.values()].some((count) => count.n >= ENOUGH && count.events / count.n >= CERTAIN);
}
