/** Where a page of a list, newest first, ended. Opaque to whoever sends it back; nonsense begins the list anew. */
export interface Cursor {
  readonly at: string;
  readonly id: string;
}

export function cursorText(cursor: Cursor): string {
  return `${Date.parse(cursor.at).toString(36)}.${cursor.id}`;
}

/** What comes after it would be written as Postgres does not read it. */
const YEAR_9000_MS = 2.2e14;

export function cursorOf(text: string | undefined): Cursor | null {
  const match = /^(-?[0-9a-z]{1,11})\.([A-Za-z0-9_-]{1,80})$/.exec(text ?? '');
  if (match === null) return null;
  const ms = parseInt(match[1]!, 36);
  return Number.isFinite(ms) && Math.abs(ms) < YEAR_9000_MS ? { at: new Date(ms).toISOString(), id: match[2]! } : null;
}
