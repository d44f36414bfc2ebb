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
  return groups
    .filter((group) => Math.abs(zOf(group)) >= NOTICEABLE)
    .toSorted((a, b) => Math.abs(zOf(b)) - Math.abs(zOf(a)))
    .slice(0, most);
}

/** The place that makes up most of a change, when it makes up a good part of it. */
export function mainPlace(moved: Moved, places: readonly Moved[]): Moved | null {
  const direction = Math.sign(moved.value - moved.previous);
  const top = places
    .filter((place) => place.code !== null)
    .toSorted((a, b) => direction * (b.value - b.previous - (a.value - a.previous)))[0];
  if (top === undefined) return null;
  const part = (top.value - top.previous) / (moved.value - moved.previous);
  return part >= 0.25 ? top : null;
}

/** A change in words, Chinese and English. A change of less than half a percent is called none. */
export function changeOf(moved: Moved, place: Moved | null, where: readonly Filter[]): Change {
  const { value, previous, names } = moved;
  const change = previous === 0 ? null : (value - previous) / previous;
  const counts = (locale: string): string => `${previous.toLocaleString(locale)} → ${value.toLocaleString(locale)}`;
  const zh = `${names.zh}${movementZh(change, value)}（${counts('zh-CN')} 条）${place === null ? '' : `，主要来自${place.names.zh}`}`;
  const en = `${names.en} ${movementEn(change, value)} (${counts('en')} voices)${place === null ? '' : `, mainly from ${place.names.en}`}`;
  return { sentence: { zh, en }, measure: 'voices', value, previous, change, where };
}

const percentOf = (change: number): number => Math.round(Math.abs(change) * 100);

function movementZh(change: number | null, value: number): string {
  if (change === null) return value === 0 ? '没有出现' : '新出现';
  if (percentOf(change) === 0) return '与上期持平';
  return `${change > 0 ? '上升' : '下降'} ${percentOf(change)} %`;
}

function movementEn(change: number | null, value: number): string {
  if (change === null) return value === 0 ? 'did not occur' : 'are new';
  if (percentOf(change) === 0) return 'stayed the same';
  return `${change > 0 ? 'rose' : 'fell'} by ${percentOf(change)}%`;
}
