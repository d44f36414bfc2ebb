import type { ProblemCode } from '../../model/problem.ts';

export interface CsvRecord {
  readonly cells: string[];
  readonly problem: Extract<ProblemCode, 'quote-unclosed' | 'row-too-large' | 'conflict-marker'> | null;
}

export interface CsvSplitter {
  /** Every record that is complete with this piece of text. */
  push(text: string): CsvRecord[];
  /** What was still open at the end of the file. */
  end(): CsvRecord[];
}

const CONFLICT_MARKER = /^(?:<{7}(?: .*)?|={7}|\|{7}(?: .*)?|>{7}(?: .*)?)$/;

/**
 * Splits decoded text, given in pieces of any size, into records. csv-parse was the alternative: it swallows the file behind
 * an unclosed quote, cannot go on after it, and is three times slower; most lines carry no quote and need only `split`.
 *
 * A quote opens a cell only as its first character and closes it only before a delimiter or a line end, so `"a "b" c"` reads as
 * meant. A record in quotes that runs over lines and meets a quote that can be neither, exceeds `rowChars`, or reaches the end
 * of the file, was never closed: its first line becomes one bad record and reading goes on with the second.
 */
export function csvSplitter(delimiter: string, rowChars: number): CsvSplitter {
  let rest = '';
  let lineBreak: string | null = null;
  let skipping = false;
  /** How much text an open record needs before it is looked at again. */
  let needed = 0;

  function take(final: boolean): CsvRecord[] {
    lineBreak ??= lineBreakOf(rest, final);
    if (lineBreak === null) return [];
    const out: CsvRecord[] = [];
    let at = 0;
    while (at < rest.length) {
      const next = recordAt(at, lineBreak, final, out);
      if (next < 0) break;
      at = next;
    }
    rest = rest.slice(at);
    return out;
  }

  /** Reads one record at `at` into `out` and answers where the next one begins; -1: more text is needed. */
  function recordAt(at: number, br: string, final: boolean, out: CsvRecord[]): number {
    let end = rest.indexOf(br, at);
    if (end < 0) {
      if (skipping || rest.length - at > rowChars) return tooLarge(at, final, out);
      if (!final) return -1;
      end = rest.length;
    }
    const next = Math.min(end + 1, rest.length);
    if (skipping) {
      skipping = false;
      return next;
    }
    if (end - at > rowChars) {
      out.push({ cells: [rest.slice(at, at + 200)], problem: 'row-too-large' });
      return next;
    }
    const line = trimmedEnd(rest.slice(at, end));
    if (line === '' || (line.trim() === '' && !line.includes(delimiter === '' ? '\0' : delimiter))) return next;
    if (CONFLICT_MARKER.test(line)) {
      out.push({ cells: [line], problem: 'conflict-marker' });
      return next;
    }
    if (!line.includes('"')) {
      out.push({ cells: delimiter === '' ? [line] : line.split(delimiter), problem: null });
      return next;
    }
    return quotedRecordAt(at, next, br, line, final, out);
  }

  function tooLarge(at: number, final: boolean, out: CsvRecord[]): number {
    if (!skipping) out.push({ cells: [rest.slice(at, at + 200)], problem: 'row-too-large' });
    skipping = !final;
    return rest.length;
  }

  function quotedRecordAt(at: number, next: number, br: string, line: string, final: boolean, out: CsvRecord[]): number {
    // An open record is looked at again only when the text at hand has doubled: small pieces stay linear.
    if (!final && rest.length - at < needed) return -1;
    const read = readQuoted(rest, at, delimiter, br, rowChars);
    if (read === 'more') {
      if (!final && rest.length - at <= rowChars) {
        needed = Math.min((rest.length - at) * 2, rowChars + 1);
        return -1;
      }
      needed = 0;
      out.push({ cells: [line], problem: 'quote-unclosed' });
      return next;
    }
    needed = 0;
    if (read === 'broken') {
      out.push({ cells: [line], problem: 'quote-unclosed' });
      return next;
    }
    if (read.atEnd && !final) return -1;
    out.push({ cells: read.cells, problem: null });
    return read.next;
  }

  return {
    push(text) {
      rest = rest === '' ? text : rest + text;
      return take(false);
    },
    end: () => take(true),
  };
}

function trimmedEnd(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** `\n` (also as `\r\n`), or `\r` alone in files that have no `\n` near their beginning. */
function lineBreakOf(text: string, final: boolean): string | null {
  if (text.includes('\n')) return '\n';
  if (!final && text.length < 65_536) return null;
  return text.includes('\r') ? '\r' : '\n';
}

type QuotedRead = 'more' | 'broken' | { readonly cells: string[]; readonly next: number; readonly atEnd: boolean };

/** One record with quotes, from `at`. `more`: a quote is open at the end of the text. */
function readQuoted(text: string, at: number, delimiter: string, br: string, rowChars: number): QuotedRead {
  const cells: string[] = [];
  let i = at;
  for (;;) {
    if (text[i] === '"') {
      const cell = quotedCell(text, i, delimiter, br, at + rowChars);
      if (typeof cell === 'string') return cell;
      cells.push(cell.value);
      i = cell.next;
    } else {
      const stop = cellEnd(text, i, delimiter, br);
      const cell = text.slice(i, stop);
      cells.push(br === '\n' && (stop >= text.length || text[stop] === br) ? trimmedEnd(cell) : cell);
      i = stop;
    }
    if (delimiter !== '' && text.startsWith(delimiter, i) && i < text.length) {
      i += delimiter.length;
      continue;
    }
    return i >= text.length ? { cells, next: text.length, atEnd: true } : { cells, next: i + 1, atEnd: false };
  }
}

function cellEnd(text: string, from: number, delimiter: string, br: string): number {
  const line = text.indexOf(br, from);
  const end = line < 0 ? text.length : line;
  if (delimiter === '') return end;
  const cut = text.indexOf(delimiter, from);
  return cut < 0 || cut > end ? end : cut;
}

function quotedCell(
  text: string,
  open: number,
  delimiter: string,
  br: string,
  limit: number,
): 'more' | 'broken' | { value: string; next: number } {
  let i = open + 1;
  let escaped = false;
  const firstBreak = text.indexOf(br, open);
  for (;;) {
    const quote = text.indexOf('"', i);
    if (quote < 0 || quote > limit) return 'more';
    if (text[quote + 1] === '"') {
      escaped = true;
      i = quote + 2;
      continue;
    }
    const after = closes(text, quote + 1, delimiter, br);
    if (after >= 0) {
      const value = text.slice(open + 1, quote);
      return { value: escaped ? value.replaceAll('""', '"') : value, next: after };
    }
    if (firstBreak >= 0 && firstBreak < quote) return 'broken';
    i = quote + 1;
  }
}

/** Where the delimiter or line end behind a closing quote stands (spaces between are forgiven); -1: the quote does not close. */
function closes(text: string, from: number, delimiter: string, br: string): number {
  let i = from;
  while (text[i] === ' ' && delimiter !== ' ') i++;
  if (text[i] === '\r' && br === '\n' && (text[i + 1] === '\n' || i + 1 >= text.length)) i++;
  if (i >= text.length || text[i] === br || (delimiter !== '' && text.startsWith(delimiter, i))) return i;
  return -1;
}
