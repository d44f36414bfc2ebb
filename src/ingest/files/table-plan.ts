import type { Problem } from '../../model/problem.ts';
import { dateOrderOf } from '../when.ts';
import { guessHeaderIndex } from './guess-table.ts';
import type { InspectedColumn } from './records.ts';
import { uniqueTitles } from './titles.ts';

/** What the sample says about a table: where the titles stand and how wide a row is. */
export interface TablePlan {
  /** Place in the list of sampled rows; -1 = no titles. */
  readonly headerIndex: number;
  readonly titles: readonly string[];
  /** A row may leave out cells behind the last column that has a title. */
  readonly minimumCells: number;
  readonly problems: readonly Problem[];
}

type Cells = readonly (string | null)[];

export function tablePlan(rows: readonly Cells[], headerIndex: number | undefined): TablePlan {
  const index = headerIndex ?? guessHeaderIndex(rows);
  const header = index < 0 ? [] : (rows[index] ?? []);
  const titled = header.findLastIndex((cell) => cell !== null && cell.trim() !== '') + 1;
  const width = Math.max(titled, commonWidth(rows.slice(index + 1)));
  const padded = Array.from({ length: width }, (_, i) => header[i] ?? null);
  const { titles, problems } = uniqueTitles(padded);
  const missing: Problem[] = index < 0 && rows.length > 0 ? [{ code: 'header-missing' }] : [];
  return { headerIndex: index, titles, minimumCells: index < 0 ? width : titled, problems: [...missing, ...(index < 0 ? [] : problems)] };
}

/** The number of cells, trailing empty ones not counted, that more than half of the rows reach. */
function commonWidth(rows: readonly Cells[]): number {
  const widths = rows.map((row) => row.findLastIndex((cell) => cell !== null && cell.trim() !== '') + 1).sort((a, b) => b - a);
  return widths[Math.floor(widths.length / 2)] ?? 0;
}

export const SAMPLES = 8;

/** A few different values of each column, and the order of day and month they prove. */
export function inspectedColumns(titles: readonly string[], rows: readonly Cells[]): readonly InspectedColumn[] {
  return titles.map((title, i) => {
    const values = new Set<string>();
    for (const row of rows) {
      const cell = row[i];
      if (cell !== null && cell !== undefined && cell.trim() !== '') values.add(cell);
    }
    const all = [...values];
    return { title, samples: all.slice(0, SAMPLES).map((value) => value.slice(0, 300)), dateOrder: dateOrderOf(all) };
  });
}

/** Cells of a row fitted to the columns, or how it does not fit. */
export function fitted(
  cells: Cells,
  plan: Pick<TablePlan, 'titles' | 'minimumCells'>,
): { readonly cells: Cells; readonly problem?: Problem } {
  const columns = plan.titles.length;
  if (cells.length === columns) return { cells };
  if (cells.length < columns && cells.length >= plan.minimumCells)
    return { cells: [...cells, ...Array<null>(columns - cells.length).fill(null)] };
  const filled = cells.findLastIndex((cell) => cell !== null && cell !== '') + 1;
  if (cells.length > columns && filled <= columns) return { cells: cells.slice(0, columns) };
  return { cells, problem: { code: 'row-ragged', params: { cells: cells.length, columns } } };
}
