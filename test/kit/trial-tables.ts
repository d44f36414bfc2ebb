import type { ComparedTable } from '../../src/model/comparison.ts';
import { problemText } from '../../src/model/problem-texts.ts';
import { type CompareAsk, metricsOf } from '../../src/verify/compare/compare-ask.ts';
import { compareTable } from '../../src/verify/compare/compare-table.ts';
import type { TrialTable } from '../../src/verify/compare/trial-table.ts';
import { upliftOf } from '../../src/verify/compare/uplift-of.ts';

/** A table of columns with these titles. */
export function tableFrom(titles: string, rows: readonly (readonly (string | number | null)[])[]): TrialTable {
  const names = titles.split(' ');
  return {
    titles: names,
    rows: rows.length,
    rowNumbers: rows.map((_, i) => i + 1),
    columns: names.map((_, c) => rows.map((row) => (row[c] === null || row[c] === undefined ? null : String(row[c])))),
    leftOut: 0,
  };
}

/** Arms in `arm`, one metric. */
export const askFor = (metric: string, more: Partial<CompareAsk> = {}): CompareAsk => ({
  arm: 'arm',
  metrics: metricsOf([metric]),
  strata: [],
  balance: [],
  seed: 1,
  ...more,
});

/** The comparison, or every problem that stood in its way. */
export function comparedOf(table: TrialTable, ask: CompareAsk): ComparedTable {
  const done = compareTable(table, ask, upliftOf);
  if ('problems' in done) throw new Error(done.problems.map((problem) => problemText(problem, 'en')).join('\n'));
  return done.compared;
}
