/** A bound of a time range: an instant, or wall time of the province when the text names no zone. Milliseconds as if UTC. */
export interface TimeBound {
  readonly clock: 'instant' | 'wall';
  readonly ms: number;
}

const [FIRST, LAST] = [Date.UTC(1000, 0), Date.UTC(10_000, 0) - 1];
const SHAPE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** null: not a time, or a date that no calendar has (30 February), or that no store can hold. */
export function timeBound(text: string): TimeBound | null {
  const m = SHAPE.exec(text);
  if (m === null) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(m[i] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, Number((m[7] ?? '').padEnd(3, '0')));
  const back = new Date(ms);
  if (year < 1000 || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return null;
  const zone = m[8];
  if (zone === undefined) return { clock: 'wall', ms };
  const instant = ms - offsetOf(zone);
  return instant < FIRST || instant > LAST ? null : { clock: 'instant', ms: instant };
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** `2026-03-01 08:00:00.000`, as the stores read a timestamp. */
export function timestampText(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
}

/** A bound as a filter writes it; midnight of the wall clock is its day. */
export function boundText({ clock, ms }: TimeBound): string {
  const text = new Date(ms).toISOString();
  return clock === 'instant' ? text : text.slice(0, -1).replace(/T00:00:00\.000$/, '');
}
