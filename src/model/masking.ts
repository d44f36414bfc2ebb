import { digitValue, hiddenNumbers, runDigits, type Hidden } from './masking-numbers.ts';
import { hiddenAddresses, hiddenNames } from './masking-words.ts';

/**
 * Hides what leads to a person. The masked text has the same UTF-16 length (every hidden unit becomes `*`),
 * so a span found in one text fits the other.
 */
export interface KnownPerson {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly address?: string | null;
}

const STAR = '*';
const DIGIT = 1;
const AT = 2;
const NAME = 4;
const HOUSE = 8;
const ACCOUNT = 16;
/** What the units of a text make worth looking for: most texts hold nothing and leave after this one pass. */
const CLUE = new Uint8Array(65536);
for (let unit = 0; unit < 65536; unit++) if (digitValue(unit) >= 0) CLUE[unit] = DIGIT;
const clue = (units: string, bit: number): void => {
  for (let i = 0; i < units.length; i++) CLUE[units.charCodeAt(i)] = (CLUE[units.charCodeAt(i)] ?? 0) | bit;
};
clue('@＠', AT);
clue('叫是名主系户士生姐', NAME);
clue('幢栋棟室元座号號院弄-－—', HOUSE);
clue('QqVvWw微', ACCOUNT);

export function maskText(text: string, known: KnownPerson = {}): string {
  let clues = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const bits = CLUE[text.charCodeAt(i)] ?? 0;
    clues |= bits;
    digits += bits & DIGIT;
  }
  const hidden: Hidden[] = [];
  if (digits >= 7) hidden.push(...hiddenNumbers(text, known.phone ?? null));
  if ((clues & AT) !== 0) hiddenEmails(text, hidden);
  if ((clues & ACCOUNT) !== 0) hiddenAccounts(text, hidden);
  if ((clues & NAME) !== 0) hiddenNames(text, hidden);
  if ((clues & HOUSE) !== 0) hiddenAddresses(text, hidden);
  if (known.name) hideName(text, known.name, hidden);
  if (known.address) hideAddress(text, known.address, hidden);
  return hidden.length === 0 ? text : starred(text, hidden);
}

function starred(text: string, hidden: readonly Hidden[]): string {
  const ordered = hidden.length === 1 ? hidden : [...hidden].sort((a, b) => a.from - b.from);
  let out = '';
  let at = 0;
  for (const { from, before } of ordered) {
    if (before <= at) continue;
    if (from > at) out += text.slice(at, from);
    out += STAR.repeat(before - Math.max(at, from));
    at = before;
  }
  return out + text.slice(at);
}

const MAIL_PART = /[A-Za-z0-9._%+\-\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/;

/** The part before @ but its first character; the domain stays. */
function hiddenEmails(text: string, hidden: Hidden[]): void {
  for (let at = 0; at < text.length; at++) {
    if ((CLUE[text.charCodeAt(at)] ?? 0) !== AT) continue;
    if (!/^[@＠]\s?[A-Za-z0-9\uff21-\uff5a-]/.test(text.slice(at, at + 3))) continue;
    const end = text.charAt(at - 1) === ' ' ? at - 1 : at;
    let from = end;
    while (from > 0 && end - from < 64 && MAIL_PART.test(text.charAt(from - 1))) from--;
    if (end - from >= 1) hidden.push({ from: Math.min(from + 1, end - 1), before: end });
  }
}

const ACCOUNT_CUE = /(?:qq|微信|vx|wx|wechat)(?:账号|帐号|号码?|群号?)?\s?(?:[是为:：]\s?)?([a-z0-9_-]{5,20})/gi;

function hiddenAccounts(text: string, hidden: Hidden[]): void {
  for (const match of text.matchAll(ACCOUNT_CUE)) {
    const value = match[1] ?? '';
    if (!/\d/.test(value)) continue;
    const before = match.index + match[0].length;
    hidden.push({ from: before - value.length + 2, before });
  }
}

/** Keeps the surname (two units of a compound name or a surrogate pair stay whole). */
function keptOfName(name: string): number {
  const first = name.codePointAt(0) ?? 0;
  return first > 0xffff ? 2 : 1;
}

function hideName(text: string, name: string, hidden: Hidden[]): void {
  const kept = keptOfName(name);
  if (name.length <= kept) return;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    hidden.push({ from: at + kept, before: at + name.length });
  }
}

function hideAddress(text: string, address: string, hidden: Hidden[]): void {
  if (!text.includes(address)) return;
  const masked = maskAddress(address);
  if (masked === address) return;
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + address.length)) {
    for (let i = 0; i < masked.length; i++) if (masked.charAt(i) === STAR) hidden.push({ from: at + i, before: at + i + 1 });
  }
}

/** Fields. A phone field hides its middle whatever it looks like. */
export function maskPhone(phone: string): string {
  const masked = maskText(phone);
  if (masked !== phone) return masked;
  const digits = runDigits(phone).length;
  if (digits < 5) return phone;
  let seen = 0;
  return phone.replace(/./gsu, (unit) => {
    if (digitValue(unit.charCodeAt(0)) < 0) return unit;
    seen++;
    const kept = digits >= 10 ? 3 : 1;
    return seen > kept && seen <= digits - Math.min(4, digits - kept - 2) ? STAR : unit;
  });
}

export function maskName(name: string): string {
  const kept = keptOfName(name);
  return name.slice(0, kept) + name.slice(kept).replace(/[^\s·]/g, STAR);
}

export function maskId(id: string): string {
  if (id.length <= 4) return STAR.repeat(id.length);
  const start = id.length >= 15 ? 3 : 1;
  return id.slice(0, start) + STAR.repeat(id.length - start - 2) + id.slice(-2);
}

/** House numbers go, the community stays; an address whose house cannot be told apart loses all its digits. */
export function maskAddress(address: string): string {
  return maskText(address).replace(/[0-9０-９]/g, STAR);
}
