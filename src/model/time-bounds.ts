import { z } from 'zod';

const FIRST = Date.UTC(1000, 0);
const LAST = Date.UTC(10_000, 0) - 1;
const DAY_MS = 86_400_000;

/** Years that every store can hold, by the clock of any zone. */
const isHeld = (text: string): boolean => {
  const ms = Date.parse(text);
  return ms >= FIRST + DAY_MS && ms <= LAST - DAY_MS;
};

/** `2026-03-01`, in the years 1000–9999. */
export const dayText = z.iso.date().refine(isHeld);
/** `2026-03-01T08:00:00Z`, in the same years. */
export const instantText = z.iso.datetime().refine(isHeld);
/** `2026-03-01T08:00:00+08:00`, too. */
export const offsetInstantText = z.iso.datetime({ offset: true }).refine(isHeld);
