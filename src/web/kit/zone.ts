/**
 * The product's own clock, by which the server cuts its days and reads limits of time: every page tells time by it,
 * wherever its reader sits. The server names it with the member (`/api/me`), before any page is drawn.
 */
let zone = 'Asia/Shanghai';

export const productZone = (): string => zone;

export function tellTimeBy(named: string): void {
  zone = named;
}

/** The product's calendar day at an instant: `2026-03-01`. Swedish writes dates as ISO does. */
export const dayIn = (at: Date, where: string = zone): string => calendarOf(where).format(at);

/** Kept: making one takes a thousand times as long as telling a day with it, and pages ask with every draw. */
const calendars = new Map<string, Intl.DateTimeFormat>();
function calendarOf(where: string): Intl.DateTimeFormat {
  const known = calendars.get(where);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: where, dateStyle: 'short' });
  calendars.set(where, made);
  return made;
}

/** The same instant for a whole day of the product's clock, so that a question is the same until midnight. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);
