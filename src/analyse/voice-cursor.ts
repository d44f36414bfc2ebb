import { timeBound } from './local-time.ts';

/** The last voice of a page: the next page begins after it in (said_at, id), newest first. */
export interface VoiceCursor {
  readonly saidAt: string;
  readonly id: number;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Opaque to callers; plain ASCII inside, so three bytes at a time are enough. */
export function cursorText(cursor: VoiceCursor): string {
  const plain = `${cursor.saidAt} ${cursor.id}`;
  let bits = 0;
  let held = 0;
  let text = '';
  for (const char of plain) {
    bits = (bits << 8) | char.charCodeAt(0);
    held += 8;
    while (held >= 6) {
      held -= 6;
      text += LETTERS.charAt((bits >> held) & 63);
    }
    bits &= (1 << held) - 1;
  }
  return held === 0 ? text : text + LETTERS.charAt((bits << (6 - held)) & 63);
}

/** null: not a cursor that we gave out. */
export function readCursor(text: string): VoiceCursor | null {
  if (text.length > 100) return null;
  let bits = 0;
  let held = 0;
  let plain = '';
  for (const char of text) {
    const value = LETTERS.indexOf(char);
    if (value < 0) return null;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      plain += String.fromCharCode((bits >> held) & 255);
      bits &= (1 << held) - 1;
    }
  }
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,16})$/.exec(plain);
  if (parts?.[1] === undefined || timeBound(parts[1]) === null || !Number.isSafeInteger(Number(parts[2]))) return null;
  const cursor = { saidAt: parts[1], id: Number(parts[2]) };
  return cursorText(cursor) === text ? cursor : null;
}
