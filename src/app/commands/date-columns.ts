import { readWhen } from '../../ingest/when.ts';
import { asNumber, type Sheet, type SheetColumn } from '../../predict/models/sheet.ts';

/** Columns that hold dates: called so, and nearly all of what they say can be read as one. In the file's order. */
export function dateColumns(sheet: Sheet, zone: string): readonly string[] {
  return sheet.columns.filter((column) => isDate(column, zone)).map(({ title }) => title);
}

const SAMPLE = 200;

function isDate({ title, levels }: SheetColumn, zone: string): boolean {
  if (!/date|time|day|month|_at$|日期|时间|日$|月份/i.test(title) || levels.length < 5) return false;
  const every = Math.max(1, Math.floor(levels.length / SAMPLE));
  const looked = levels.filter((_, i) => i % every === 0);
  const read = looked.filter((level) => !isSmallNumber(level) && readWhen(level, { zone }).kind === 'read');
  return read.length >= 0.95 * looked.length;
}

/** 12 months, 41,000 minutes: a number, though it might be a day of a spreadsheet. */
const isSmallNumber = (level: string): boolean => !Number.isNaN(asNumber(level)) && level.split('.')[0]!.length < 8;

export type Times = { readonly kind: 'times'; readonly times: Float64Array } | { readonly kind: 'problem'; readonly problem: string };

/** Milliseconds of every row. A plain number counts as it is (a month's number, a step). Rows without any are a problem: order decides what is learned from. */
export function timesOf({ title, levels, codes }: SheetColumn, zone: string): Times {
  const numeric = levels.every(isSmallNumber);
  const byLevel = Float64Array.from(levels, (level) => {
    if (numeric) return asNumber(level);
    const when = readWhen(level, { zone });
    return when.kind === 'read' ? Date.parse(when.instant) : NaN;
  });
  const times = Float64Array.from(codes, (code) => byLevel[code] ?? NaN);
  const bad = times.findIndex(Number.isNaN);
  if (bad < 0) return { kind: 'times', times };
  const wrong = times.reduce((sum, time) => sum + (Number.isNaN(time) ? 1 : 0), 0);
  return {
    kind: 'problem',
    problem: `"${title}" tells no time in ${wrong} rows (the first is row ${bad + 1}: "${levels[codes[bad] ?? -1] ?? ''}"); mend them, or use --time none`,
  };
}
