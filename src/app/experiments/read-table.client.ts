import { problemText } from '../../model/problem-texts.ts';
import type { Problem } from '../../model/problem.ts';
import { readInWorker } from '../../ingest/files/read-in-worker.client.ts';
import { type ReadOptions, UnreadableFile } from '../../ingest/files/records.ts';
import type { TrialTable } from '../../verify/index.ts';

/** The file cannot be read at all; `problem` says why. */
export class NoTable extends Error {
  readonly problem: Problem;
  constructor(path: string, problem: Problem) {
    super(`${path}: ${problemText(problem, 'en')}`);
    this.problem = problem;
  }
}

/** A file in columns. Rows that cannot be read as rows are told and left out. */
export async function readTable(path: string, options: ReadOptions = {}): Promise<{ table: TrialTable; problems: readonly Problem[] }> {
  let titles: readonly string[] = [];
  const columns: (string | null)[][] = [];
  const rowNumbers: number[] = [];
  const problems: Problem[] = [];
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
