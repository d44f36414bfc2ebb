import type { Encoding } from './records.ts';

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** 0–1 */
  readonly confidence: number;
}

/**
 * Byte order mark → NUL pattern of UTF-16 → UTF-8 validity → GB18030 against Latin-1.
 * Nearly every Latin-1 text is valid GB18030 (é and the letter behind it form a "character"), so validity says nothing:
 * the shape does. In Chinese text high bytes come in pairs from the two common planes; in Western text they stand alone.
 */
export function guessEncoding(bytes: Uint8Array): EncodingGuess {
  const mark = markOf(bytes);
  if (mark !== null) return { encoding: mark, confidence: 1 };
  const wide = wideWithoutMark(bytes);
  if (wide !== null) return { encoding: wide, confidence: 0.9 };
  const utf8 = utf8Of(bytes);
  if (utf8 === 'ascii') return { encoding: 'utf-8', confidence: 0.9 };
  if (utf8 === 'valid') return { encoding: 'utf-8', confidence: 0.99 };
  const share = chineseShare(bytes);
  return share >= 0.6 ? { encoding: 'gb18030', confidence: round(share) } : { encoding: 'latin1', confidence: round(0.9 - share / 2) };
}

function round(value: number): number {
  return Math.round(Math.min(value, 0.98) * 100) / 100;
}

function markOf(b: Uint8Array): Encoding | null {
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return 'utf-8';
  if (b[0] === 0xff && b[1] === 0xfe) return 'utf-16le';
  if (b[0] === 0xfe && b[1] === 0xff) return 'utf-16be';
  if (b[0] === 0x84 && b[1] === 0x31 && b[2] === 0x95 && b[3] === 0x33) return 'gb18030';
  return null;
}

/** UTF-16 of anything with line ends, delimiters and digits has its NULs on one side; on the other only 一 (U+4E00) and its like have one. */
function wideWithoutMark(b: Uint8Array): Encoding | null {
  const length = Math.min(b.length, 65_536) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (b[i] === 0) even++;
    if (b[i + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.05 && even <= odd * 0.7) return 'utf-16le';
  if (even > pairs * 0.05 && odd <= even * 0.7) return 'utf-16be';
  return null;
}

/** The sample may end inside a character: an unfinished last one is forgiven. */
function utf8Of(b: Uint8Array): 'ascii' | 'valid' | 'invalid' {
  let high = false;
  for (let i = 0; i < b.length;) {
    const byte = b[i] ?? 0;
    if (byte < 0x80) {
      i++;
      continue;
    }
    high = true;
    const more = byte >= 0xc2 && byte <= 0xdf ? 1 : byte >= 0xe0 && byte <= 0xef ? 2 : byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
    if (more === 0) return 'invalid';
    for (let k = 1; k <= more; k++) {
      const next = b[i + k];
      if (next === undefined) return 'valid';
      if ((next & 0xc0) !== 0x80) return 'invalid';
    }
    i += more + 1;
  }
  return high ? 'valid' : 'ascii';
}

/** Of all characters that begin with a high byte: the share that are common Chinese characters or Chinese punctuation. */
function chineseShare(b: Uint8Array): number {
  let common = 0;
  let all = 0;
  for (let i = 0; i < b.length;) {
    const lead = b[i] ?? 0;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const trail = b[i + 1];
    if (trail === undefined) break;
    all++;
    if (lead >= 0x81 && lead <= 0xfe && trail >= 0x30 && trail <= 0x39) {
      i += 4;
      continue;
    }
    const pair = lead >= 0x81 && lead <= 0xfe && ((trail >= 0x40 && trail <= 0x7e) || trail >= 0x80);
    if (pair && trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa3))) common++;
    i += pair ? 2 : 1;
  }
  return all === 0 ? 0 : common / all;
}
