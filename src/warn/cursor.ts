/** Where a page of a list, newest first, ended. Opaque to whoever sends it back; nonsense begins the list anew. */
export interface Cursor {
  readonly at: string;
  readonly id: string;
}

export function cursorText(cursor: Cursor): string {
  return `${Date.parse(cursor.at).toString(36)}.${cursor.id}`;
}

export function cursorOf(text: string | undefined): Cursor | null {
  const match = /^(-?[0-9a-z]{1,11})\.([A-Za-z0-9_-]{1,80})$/.exec(text ?? '');
  if (match === null) return null;
  const ms = parseInt(match[1]!, 36);
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? { at: new Date(ms).toISOString(), id: match[2]! } : null;
}
