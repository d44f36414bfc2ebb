import { shielded } from '../../model/formula-cell.ts';
import { problemSentence } from '../../model/problem-texts.ts';
import { PROBLEM_CODES, type Problem } from '../../model/problem.ts';

/** The id of the row that our templates carry as a sample: never imported. */
export const SAMPLE_ID = 'EXAMPLE-1';

/** Rises when columns of our templates change their meaning, so that an old template is told from a new one. */
export const TEMPLATE_VERSION = 1;
/** The hidden sheet that says which template this is. */
export const MARK_SHEET = '_voxloop';
export const MARK = 'voxloop-template';

/** The column that a file of rejected rows has behind those of the original. */
export const REASON_TITLES = { zh: '错误原因', en: 'Error reason' } as const;
const TITLES: ReadonlySet<string> = new Set(Object.values(REASON_TITLES));
const CODES: ReadonlySet<string> = new Set(PROBLEM_CODES);

/** Every reason of a row, and its codes, by which the cell is known again when the file comes back mended. */
export function reasonText(problems: readonly Problem[], row: number, locale: 'zh' | 'en'): string {
  const said = problems.map((problem) => problemSentence({ ...problem, row: problem.row ?? row }, locale));
  return `${said.join(locale === 'zh' ? '；' : '; ')} [${problems.map(({ code }) => code).join(' ')}]`;
}

/** Ours by title and by what it says: a source may well have a column of that name itself. */
export function isReasonOf(title: string, value: string): boolean {
  if (!TITLES.has(title)) return false;
  const open = value.lastIndexOf('[');
  if (open < 0 || !value.endsWith(']')) return false;
  const codes = value.slice(open + 1, -1).split(' ');
  return codes.every((code) => CODES.has(code));
}

/** The header of a file of rejected rows. */
export const isMended = (titles: readonly (string | null)[]): boolean => TITLES.has(titles.at(-1)?.trim() ?? '');

/** One line of a CSV file as spreadsheets read it. What is read of it again goes through `unshielded`. */
export function csvLine(cells: readonly string[]): string {
  const written = cells.map((cell) => {
    const safe = shielded(cell);
    return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${written.join(',')}\r\n`;
}
