import { csvSplitter } from './csv-splitter.ts';

const DELIMITERS = [',', '\t', ';', '|', '，', '；', '\u0001', '^', '~', ':'] as const;

/** The delimiter by which the most lines have one and the same number of cells (at least two); '' = one column. */
export function guessDelimiter(text: string, rowChars: number): string {
  let best = { delimiter: '', score: 0 };
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const score = consistency(text, delimiter, rowChars);
    // Colons and the like stand in times and sentences: they have to be much better.
    const handicap = delimiter === ':' || delimiter === '~' || delimiter === '^' ? 0.5 : 1;
    if (score * handicap > best.score * 1.02) best = { delimiter, score: score * handicap };
  }
  return best.score >= 0.5 ? best.delimiter : '';
}

function consistency(text: string, delimiter: string, rowChars: number): number {
  const splitter = csvSplitter(delimiter, rowChars);
  const records = splitter.push(text).slice(0, 300);
  const rows = (records.length > 1 ? records : [...records, ...splitter.end()]).filter((record) => record.problem !== 'conflict-marker');
  if (rows.length === 0) return 0;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1);
  let width = 1;
  let most = 0;
  for (const [cells, count] of counts) if (cells > 1 && count > most) [width, most] = [cells, count];
  if (width === 1) return 0;
  const first = rows.slice(0, 20).findIndex((row) => row.cells.length === width);
  if (first < 0) return 0;
  const wide = 1 + Math.min(width, 20) / 1000;
  if (first === 0) return (most / rows.length) * wide;
  // In a file of one column, commas stand in the sentences, not in its title; lines above a table leave a regular table below.
  const below = rows.length - first;
  const titles = rows[first]?.cells ?? [];
  return width >= 3 && most / below >= 0.9 && titles.every((title) => title.length <= 30)
    ? (most / below) * wide
    : (most / rows.length) * 0.4;
}

const DATA_LIKE = /^[-+]?[\d.,:/\s%-]+$/;

/**
 * Index of the row that holds the titles: the first that is about as wide as the table below it, so that title lines
 * and notes above a table are passed over. -1: the first row already is data.
 */
export function guessHeaderIndex(rows: readonly (readonly (string | null)[])[]): number {
  const widths = rows.map((row) => row.filter((cell) => cell !== null && cell.trim() !== '').length);
  const widest = usualWidest(widths.slice(0, 50));
  if (widest === 0) return -1;
  const index = widths.findIndex((width) => width >= Math.max(Math.min(2, widest), Math.ceil(widest * 0.6)));
  const cells = (rows[index] ?? []).filter((cell): cell is string => cell !== null && cell.trim() !== '');
  const dataLike = cells.filter((cell) => DATA_LIKE.test(cell.trim())).length;
  return dataLike > cells.length / 2 ? -1 : index;
}

/** The widest that more than one row is: a single row that is too wide says nothing about the table. */
function usualWidest(widths: readonly number[]): number {
  const descending = widths.toSorted((a, b) => b - a);
  const twice = descending.find((width, i) => width === descending[i + 1]);
  return twice !== undefined && twice > 1 ? twice : (descending[0] ?? 0);
}
