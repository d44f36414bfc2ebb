import { problemText } from '../../model/problem-texts.ts';
import type { Problem } from '../../model/problem.ts';
import { readInWorker } from '../../ingest/files/read-in-worker.client.ts';
import { type ReadOptions, UnreadableFile } from '../../ingest/files/records.ts';
import { Refusal } from '../../platform/http/route.ts';
import type { TrialTable } from '../../verify/index.ts';

/** The file cannot be read at all; `problem` says why. */
export class NoTable extends Error {
  readonly problem: Problem;
  constructor(path: string, problem: Problem) {
    super(`${path}: ${problemText(problem, 'en')}`);
    this.problem = problem;
  }
}

/** What a table of somebody else may take of the memory that everybody shares. */
export interface TableLimits {
  readonly cells: number;
  readonly chars: number;
}

/**
 * A file in columns. Rows that cannot be read as rows are told and left out. A table is held in memory as a whole: beyond the limits it
 * is refused as too large.
 */
export async function readTable(
  path: string,
  options: ReadOptions = {},
  limits: TableLimits = { cells: Infinity, chars: Infinity },
): Promise<{ table: TrialTable; problems: readonly Problem[] }> {
  let titles: readonly string[] = [];
  const columns: (string | null)[][] = [];
  const rowNumbers: number[] = [];
  const problems: Problem[] = [];
  let chars = 0;
  try {
    for await (const batch of readInWorker(path, options)) {
      titles = batch.columns;
      for (const { row, cells, problem } of batch.records) {
        if (problem !== undefined) {
          problems.push(problem);
          continue;
        }
        titles.forEach((_, c) => ((columns[c] ??= [])[rowNumbers.length] = cells[c] ?? null));
        rowNumbers.push(row);
        for (const cell of cells) chars += cell?.length ?? 0;
        if (rowNumbers.length * titles.length > limits.cells) throw new Refusal('too-large', { cells: limits.cells });
        if (chars > limits.chars) throw new Refusal('too-large', { chars: limits.chars });
      }
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw new NoTable(path, error.problem);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new NoTable(path, { code: 'file-unreadable', params: { reason: 'no such file' } });
    throw error;
  }
  // JSON files may add a column late.
  for (const column of columns) for (let i = 0; i < rowNumbers.length; i++) column[i] ??= null;
  return { table: { titles, rows: rowNumbers.length, rowNumbers, columns, leftOut: problems.length }, problems };
}
