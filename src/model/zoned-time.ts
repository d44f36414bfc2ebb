/**
 * Wall-clock time of a zone, from the platform's own tables (Intl). Pure: the same answer for the same arguments.
 */
const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** Whether it is the name of a zone. An offset is none: databases read its sign either way. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** The wall-clock reading at an instant, written as if it were UTC. */
export function wallMsOf(atMs: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) part[type] = Number(value);
  const second = Math.floor(atMs / 1000) * 1000;
  return Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!, part['second']!) + (atMs - second);
}

/**
 * The instant at which the wall clock shows `wallMs` (written as if it were UTC). Shown twice (clocks put back): the first
 * time. Never shown (clocks put forward): the instant of the jump.
 */
export function instantOfWall(wallMs: number, zone: string): number {
  const offsets = [wallMs - 86_400_000, wallMs + 86_400_000].map((near) => wallMsOf(near, zone) - near);
  const candidates = offsets.map((offset) => wallMs - offset).sort((a, b) => a - b);
  const shown = candidates.find((instant) => wallMsOf(instant, zone) === wallMs);
  return shown ?? jumpBetween(candidates[0]!, candidates[1]!, wallMs, zone);
}

function jumpBetween(fromMs: number, beforeMs: number, wallMs: number, zone: string): number {
  for (let at = fromMs; at < beforeMs; at += MINUTE_MS) {
    if (wallMsOf(at, zone) > wallMs) return at;
  }
  return beforeMs;
}
