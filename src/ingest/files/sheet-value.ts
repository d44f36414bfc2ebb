import { plainNumber } from './json-cells.ts';

/** How a number of a style is shown. */
export type NumberStyle = { readonly kind: 'number' } | { readonly kind: 'date' } | { readonly kind: 'digits'; readonly width: number };

const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

export function numberStyle(formatId: number, code: string | undefined): NumberStyle {
  if (code !== undefined && /^0{2,20}$/.test(code)) return { kind: 'digits', width: code.length };
  if (code === undefined) return BUILT_IN_DATES.has(formatId) ? { kind: 'date' } : { kind: 'number' };
  const bare = code.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^[\]]*\]|_./gi, '').split(';')[0] ?? '';
  return /[ymdhs]/i.test(bare) && !/[0#](?:\.0+)?E/i.test(bare) && !/^general$/i.test(bare.trim()) ? { kind: 'date' } : { kind: 'number' };
}

export interface SheetNumber {
  readonly text: string;
  /** More digits were typed than the number could keep. */
  readonly lossy: boolean;
}

/** `<v>` of a number cell. Whole numbers come with every digit, fractions as a sheet shows them (15 significant digits). */
export function sheetNumber(raw: string, style: NumberStyle, system1904: boolean): SheetNumber {
  const value = Number(raw);
  if (!Number.isFinite(value) || raw.trim() === '') return { text: raw, lossy: false };
  if (style.kind === 'date') {
    const date = serialDate(value, system1904);
    if (date !== null) return { text: date, lossy: false };
  }
  if (!Number.isInteger(value)) return { text: plainNumber(Number(value.toPrecision(15))), lossy: false };
  const text = /^-?\d+$/.test(raw) ? raw : plainNumber(value);
  const padded = style.kind === 'digits' ? text.padStart(style.width, '0') : text;
  return { text: padded, lossy: Math.abs(value) >= 1e15 };
}

const DAY_MS = 86_400_000;

/** Serial date → `2015-04-22`, `2015-04-22T15:53:50` or, below one day, `15:53:50`; local time of the sheet. */
export function serialDate(serial: number, system1904: boolean): string | null {
  if (serial < 0 || serial >= 2_958_466) return null;
  const ms = Math.round(serial * DAY_MS);
  const clock = clockText(ms % DAY_MS);
  const day = Math.floor(ms / DAY_MS);
  if (day === 0 && !system1904) return clock;
  // 1900 counts a 29 February that never was: serial 60. From 61 on the epoch is 1899-12-30.
  const epoch = system1904 ? Date.UTC(1904, 0, 1) : day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + day * DAY_MS).toISOString().slice(0, 10);
  return ms % DAY_MS === 0 ? date : `${date}T${clock}`;
}

function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.min(23, Math.floor(seconds / 3600)))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
