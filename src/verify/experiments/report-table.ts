import type { ExperimentArm, ExperimentMetric } from '../../model/experiment.ts';
import type { TrialTable } from '../compare/trial-table.ts';
import { ARM, BEFORE, columnOfMetric, hasPast, PAST, TRAITS } from './report-ask.ts';

/** Rows of customers as columns of a table to compare; a column without any value is left out. */
export interface TableBuilder {
  add(cells: readonly (string | null)[]): void;
  table(): TrialTable;
}

export function tableBuilder(titles: readonly string[]): TableBuilder {
  const columns = titles.map((): (string | null)[] => []);
  let rows = 0;
  return {
    add: (cells) => {
      titles.forEach((_, c) => columns[c]?.push(cells[c] ?? null));
      rows++;
    },
    table: () => {
      const kept = titles.map((_, c) => c).filter((c) => c < KEPT || (columns[c] ?? []).some((cell) => cell !== null));
      return {
        titles: kept.map((c) => titles[c] ?? ''),
        rows,
        rowNumbers: Array.from({ length: rows }, (_, i) => i + 1),
        columns: kept.map((c) => columns[c] ?? []),
        leftOut: 0,
      };
    },
  };
}

/** The arm stays, whatever it holds. */
const KEPT = 1;

export const reportTitles = (metrics: readonly ExperimentMetric[]): readonly string[] => [
  ARM,
  ...TRAITS,
  ...PAST,
  ...metrics.map(columnOfMetric),
  ...(metrics[0] !== undefined && hasPast(metrics[0]) ? [BEFORE] : []),
];

export interface CustomerValues {
  readonly arm: number;
  readonly traits: Readonly<Record<string, string | number>>;
  readonly past: readonly [complaints: number, grievances: number];
  readonly metrics: readonly (number | null)[];
  readonly before: number | null;
}

export function reportCells(
  arms: readonly ExperimentArm[],
  { arm, traits, past, metrics, before }: CustomerValues,
): readonly (string | null)[] {
  const text = (value: string | number | null | undefined): string | null => (value === null || value === undefined ? null : String(value));
  return [text(arms[arm]?.name), ...TRAITS.map((name) => text(traits[name])), ...past.map(text), ...metrics.map(text), text(before)];
}
