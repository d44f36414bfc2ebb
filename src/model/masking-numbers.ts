/** Numbers that lead to a person, found inside free text: mobiles, landlines, ID and bank-card numbers, however they are split. */

/** Half-open span whose digits are hidden. */
export interface Hidden {
  readonly from: number;
  readonly before: number;
}

const ZERO = 0x30;
/** Digit value + 1 of a code unit: ASCII, full width, Chinese numerals as read aloud; 0 = no digit, 11 = X. */
const VALUE = new Uint8Array(65536);
for (let d = 0; d < 10; d++) {
  VALUE[ZERO + d] = d + 1;
  VALUE[0xff10 + d] = d + 1;
  VALUE[0x660 + d] = d + 1;
  VALUE[0x6f0 + d] = d + 1;
  for (const numerals of ['零一二三四五六七八九', '〇壹贰叁肆伍陆柒捌玖', '洞幺两叄肆伍陸柒捌玖']) VALUE[numerals.charCodeAt(d)] = d + 1;
}
const SEPARATOR = new Uint8Array(65536);
for (const unit of ' \t\u00a0\u3000\u2009\u202f-－–—―‐‑−_＿.·•()（）') SEPARATOR[unit.charCodeAt(0)] = 1;

export function digitValue(unit: number): number {
  return (VALUE[unit] ?? 0) - 1;
}

interface Run {
  /** Offsets of the digits in the text. */
  readonly at: number[];
  readonly digits: string;
  /** groups[i] = index of the first digit of group i. */
  readonly groups: number[];
}

/** A run: digits, with at most two separators between neighbouring groups. Returns null at a text without one long enough. */
function runAt(text: string, start: number): { readonly run: Run; readonly next: number } {
  const at: number[] = [];
  const groups: number[] = [0];
  let digits = '';
  let i = start;
  let gap = 0;
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const value = digitValue(unit);
    if (value >= 0) {
      if (gap > 0) groups.push(at.length);
      gap = 0;
      at.push(i);
      digits += String.fromCharCode(ZERO + value);
    } else if (SEPARATOR[unit] === 1 && gap < 2) gap++;
    else break;
  }
  return { run: { at, digits, groups }, next: i };
}

const ORDER_CUE = /(?:订单|工单|流水|单号|编号|业务号|受理号|合同|发票|序列号|设备号|串号|sn|imei)[^，。,;；]{0,4}$/i;
const PHONE_CUE = /(?:电话|固话|座机|号码|致电|联系|回电|来电|打给|tel|phone)[^，。,;；]{0,6}$/i;
const MOBILE = /^1[3-9]\d{9}$/;
const REGION = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]|91)';
const DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const ID_18 = new RegExp(`^${REGION}\\d{4}(?:18|19|20)\\d{2}${DAY}\\d{3}$`);
const ID_15 = new RegExp(`^${REGION}\\d{4}\\d{2}${DAY}\\d{3}$`);
const CARD = /^(?:62|4|5[1-5]|3[5-7]|6[05])/;
const DATED = new RegExp(`^20\\d{2}${DAY}`);

/** Digits to hide, counted from the first one of the stretch (half-open); null = nothing. */
type Stretch = readonly [number, number] | null;

/** A stretch of exactly one number of a known shape: what of it is hidden. */
function shapeOf(digits: string, endsInX: boolean, cue: string): Stretch {
  const n = digits.length;
  if (n === 11 && MOBILE.test(digits)) return [3, 7];
  if (n === 17 && endsInX && ID_18.test(digits)) return [3, 16];
  if (n === 18 && ID_18.test(digits.slice(0, 17))) return [3, 16];
  if (n === 15 && ID_15.test(digits)) return [3, 13];
  if (n >= 10 && n <= 12 && /^0[1-9]/.test(digits)) return [n === 10 || /^0[12]/.test(digits) ? 3 : 4, n - 4];
  if ((n === 7 || n === 8) && /^[2-8]/.test(digits) && PHONE_CUE.test(cue)) return [0, n - 4];
  if (n >= 15 && n <= 19 && CARD.test(digits) && !ORDER_CUE.test(cue)) return [0, n - 4];
  return null;
}

/** A solid group of no known shape: a number behind a country prefix, or one glued to another. */
function gluedShape(group: string, cue: string): Stretch {
  const n = group.length;
  if (n < 12) return null;
  const endsInMobile = MOBILE.test(group.slice(n - 11));
  if (endsInMobile && /^0{0,2}(?:86|0)?$/.test(group.slice(0, n - 11))) return [n - 8, n - 4];
  const dated = DATED.test(group);
  if (n === 19 && dated && endsInMobile) return [11, 15];
  if (dated || ORDER_CUE.test(cue)) return null;
  if (n <= 13 && endsInMobile) return [n - 8, n - 4];
  if (n <= 13) return MOBILE.test(group.slice(0, 11)) ? [3, 7] : null;
  return n <= 24 ? [0, n - 4] : null;
}

function hide(run: Run, from: number, stretch: readonly [number, number], hidden: Hidden[]): void {
  for (let d = from + stretch[0]; d < from + stretch[1]; d++) {
    const at = run.at[d];
    if (at !== undefined) hidden.push({ from: at, before: at + 1 });
  }
}

/** The longest bank card. */
const MOST_DIGITS = 19;

/** From group `g`: the longest joined stretch of groups that has a known shape. Returns the next group. */
function hideFrom(text: string, run: Run, g: number, hidden: Hidden[]): number {
  const from = run.groups[g] ?? 0;
  const first = run.at[from] ?? 0;
  const cue = text.slice(Math.max(0, first - 14), first);
  // A group has a digit at least: further on everything is too long.
  for (let last = Math.min(run.groups.length, g + MOST_DIGITS); last > g; last--) {
    const end = run.groups[last] ?? run.digits.length;
    const length = end - from;
    // Seven or eight digits are a phone only in one piece or split once (8888 1234).
    if (length < 7 || length > MOST_DIGITS || (length <= 8 && last - g > 2)) continue;
    const endsInX = end === run.digits.length && isX(text.charCodeAt((run.at[end - 1] ?? 0) + 1));
    const stretch = shapeOf(run.digits.slice(from, end), endsInX, cue);
    if (stretch === null) continue;
    hide(run, from, stretch, hidden);
    return last;
  }
  const stretch = gluedShape(run.digits.slice(from, run.groups[g + 1] ?? run.digits.length), cue);
  if (stretch !== null) hide(run, from, stretch, hidden);
  return g + 1;
}

function isX(unit: number): boolean {
  return unit === 0x78 || unit === 0x58 || unit === 0xff38 || unit === 0xff58;
}

/** Digits to hide in `text`. `phone`: this number is hidden wherever its digits stand. */
export function hiddenNumbers(text: string, phone: string | null): readonly Hidden[] {
  const hidden: Hidden[] = [];
  const known = phone === null ? '' : runDigits(phone);
  for (let i = 0; i < text.length; i++) {
    if (VALUE[text.charCodeAt(i)] === 0) continue;
    const { run, next } = runAt(text, i);
    i = next - 1;
    if (run.digits.length < 7) continue;
    for (let g = 0; g < run.groups.length;) g = hideFrom(text, run, g, hidden);
    const at = known.length >= 7 ? run.digits.indexOf(known) : -1;
    if (at >= 0) hide(run, at, known.length >= 11 ? [3, known.length - 4] : [0, known.length - 4], hidden);
  }
  return hidden;
}

/** The digits of a phone as written anywhere, without a country prefix. */
export function runDigits(phone: string): string {
  let digits = '';
  for (let i = 0; i < phone.length; i++) {
    const value = digitValue(phone.charCodeAt(i));
    if (value >= 0) digits += String.fromCharCode(ZERO + value);
  }
  return digits.replace(/^(?:00)?86(?=1[3-9]\d{9}$)/, '');
}
