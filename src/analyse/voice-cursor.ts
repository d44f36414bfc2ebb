import { VOICE_SORTS, type VoiceSort } from '../model/voice-views.ts';
import { timeBound } from './local-time.ts';

/** The last voice of a page: the next page of the same order begins after its value and its id. */
export interface VoiceCursor {
  readonly sort: VoiceSort;
  readonly value: string | number | null;
  readonly id: number;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Opaque to callers; plain ASCII inside, so three bytes at a time are enough. */
export function cursorText(cursor: VoiceCursor): string {
  const plain = `${cursor.sort} ${cursor.value ?? ''} ${cursor.id}`;
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
  const [named, given = '', id = '', ...rest] = plain.split(' ');
  const sort = VOICE_SORTS.find((one) => one === named);
  const value = sort?.endsWith('said_at') === true ? timeIn(given) : numberIn(given);
  if (sort === undefined || value === undefined || rest.length > 0 || !/^\d{1,16}$/.test(id) || !Number.isSafeInteger(Number(id)))
    return null;
  const cursor = { sort, value, id: Number(id) };
  return cursorText(cursor) === text ? cursor : null;
}

const timeIn = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && timeBound(text) !== null ? text : undefined;

/** null: not known, which stands last. */
function numberIn(text: string): number | null | undefined {
  if (text === '') return null;
  return Number.isFinite(Number(text)) ? Number(text) : undefined;
}
