import type { Filter, Names } from '../model/question.ts';

/** Voices of a group in the period and in the equally long one before. */
export interface Moved {
  readonly code: string | null;
  readonly names: Names;
  readonly value: number;
  readonly previous: number;
}

export interface Change {
  readonly sentence: Names;
  readonly measure: string;
  readonly value: number;
  readonly previous: number;
  /** Share of the previous value; null when there was none. */
  readonly change: number | null;
  readonly where: readonly Filter[];
}

/** Changes below this many standard errors are the noise of counting. */
const NOTICEABLE = 3;

/** How many standard errors two Poisson counts of equally long periods differ by. */
export function zOf({ value, previous }: Pick<Moved, 'value' | 'previous'>): number {
  return value + previous === 0 ? 0 : (value - previous) / Math.sqrt(value + previous);
}

/** Groups that rose or fell by more than chance, the strongest first. */
export function noticeable<T extends Moved>(groups: readonly T[], most: number): readonly T[] {
  return groups.filter((group) => Math.abs(zOf(group)) >= NOTICEABLE).toSorted((a, b) => Math.abs(zOf(b)) - Math.abs(zOf(a))).slice(0, most);
}

/** The place that makes up most of a change, when it makes up a good part of it. */
export function mainPlace(moved: Moved, places: readonly Moved[]): Moved | null {
  const direction = Math.sign(moved.value - moved.previous);
  const top = places.filter((place) => place.code !== null).toSorted((a, b) => direction * (b.value - b.previous - (a.value - a.previous)))[0];
  if (top === undefined) return null;
  const part = (top.value - top.previous) / (moved.value - moved.previous);
  return part >= 0.25 ? top : null;
}

export function changeOf(moved: Moved, place: Moved | null, where: readonly Filter[]): Change {
  const rose = moved.value > moved.previous;
  const change = moved.previous === 0 ? null : (moved.value - moved.previous) / moved.previous;
  const percent = change === null ? null : Math.round(Math.abs(change) * 100);
  const zh = `${moved.names.zh}${percent === null ? '新出现' : `${rose ? '上升' : '下降'} ${percent} %`}（${moved.previous} → ${moved.value} 条）${place === null ? '' : `，主要来自${place.names.zh}`}`;
  const en = `${moved.names.en} ${percent === null ? 'is new' : `${rose ? 'rose' : 'fell'} by ${percent}%`} (${moved.previous} → ${moved.value} voices)${place === null ? '' : `, mainly from ${place.names.en}`}`;
  return { sentence: { zh, en }, measure: 'voices', value: moved.value, previous: moved.previous, change, where };
}
