import type { Change, Period, Said } from '../../model/overview.ts';
import type { Filter, Names } from '../../model/question.ts';

/** Voices of a group in the period and in the equally long one before. */
export interface Moved {
  readonly code: string | null;
  readonly names: Names;
  readonly value: number;
  readonly previous: number;
}
/** A group with the filters that make it, without time. */
export interface Group extends Moved {
  readonly of: readonly Filter[];
}
/** Changes below this many standard errors are the noise of counting. */
const NOTICEABLE = 3;
/** A place within a category is one of hundreds, so more is asked of it. */
const NOTICEABLE_IN_CELL = 4.5;

/** How many standard errors two Poisson counts of equally long periods differ by. */
export function zOf({ value, previous }: Pick<Moved, 'value' | 'previous'>): number {
  return value + previous === 0 ? 0 : (value - previous) / Math.sqrt(value + previous);
}

const strongest = (a: Moved, b: Moved): number => Math.abs(zOf(b)) - Math.abs(zOf(a));

/**
 * Groups that rose or fell by more than chance, the strongest first: categories, and places within a category whose category
 * is not said already, so that nothing is told twice.
 */
export function noticeable(
  categories: readonly Group[],
  cells: readonly (Group & { readonly category: string })[],
  most: number,
): readonly Group[] {
  const wide = categories.filter((group) => Math.abs(zOf(group)) >= NOTICEABLE);
  const said = new Set(wide.map((group) => group.code));
  const narrow = cells.filter((cell) => Math.abs(zOf(cell)) >= NOTICEABLE_IN_CELL && !said.has(cell.category));
  return [...wide, ...narrow].toSorted(strongest).slice(0, most);
}

/** Of which the change of a group is mostly made: finer dimensions first, when one of their values carries half of it. */
export function mainPart<G extends Group>(moved: Moved, dimensions: readonly (readonly G[])[]): G | null {
  const tops = dimensions.flatMap((groups) => topPart(moved, groups) ?? []);
  return tops.find(({ part }) => part >= 0.5)?.group ?? tops.toSorted((a, b) => b.part - a.part)[0]?.group ?? null;
}

const LEAST_PART = 0.25;

/** The value that carries most of a change, if it carries a good part, more than its size would, and more than chance. */
function topPart<G extends Group>(moved: Moved, groups: readonly G[]): { readonly group: G; readonly part: number } | null {
  const delta = moved.value - moved.previous;
  const top = groups
    .filter((group) => group.code !== null)
    .toSorted((a, b) => Math.sign(delta) * (b.value - b.previous - (a.value - a.previous)))[0];
  if (top === undefined || delta === 0) return null;
  const part = (top.value - top.previous) / delta;
  const usual = moved.previous === 0 ? 0 : top.previous / moved.previous;
  return part >= LEAST_PART && part >= 1.5 * usual && Math.abs(zOf(top)) >= NOTICEABLE ? { group: top, part } : null;
}

/** A change in words, Chinese and English. A change of less than half a percent is called none. */
export function changeOf(moved: Group, part: Group | null, now: Period, before: Period): Change {
  const change = moved.previous === 0 ? null : (moved.value - moved.previous) / moved.previous;
  const lead = saidOf(moved, now, before, {
    zh: `${moved.names.zh}${movementZh(change, moved.value)}（${counts(moved, 'zh-CN')} 条）`,
    en: `${moved.names.en} ${movementEn(change, moved.value)} (${counts(moved, 'en')} voices)`,
  });
  const tail =
    part === null
      ? null
      : saidOf(part, now, before, {
          zh: `，主要在${part.names.zh}（${counts(part, 'zh-CN')} 条）`,
          en: `, mainly ${part.names.en} (${counts(part, 'en')})`,
        });
  return { lead, tail, direction: directionOf(change, moved) };
}

export const sentenceOf = ({ lead, tail }: Change): Names => ({
  zh: lead.text.zh + (tail?.text.zh ?? ''),
  en: lead.text.en + (tail?.text.en ?? ''),
});

const counts = ({ previous, value }: Moved, locale: string): string =>
  `${previous.toLocaleString(locale)} → ${value.toLocaleString(locale)}`;

function saidOf(group: Group, now: Period, before: Period, text: Names): Said {
  const during = (period: Period): readonly Filter[] => [{ field: 'said_at', ...period }, ...group.of];
  return { text, value: group.value, previous: group.previous, where: during(now), previous_where: during(before) };
}

const percentOf = (change: number): number => Math.round(Math.abs(change) * 100);

function directionOf(change: number | null, { value }: Moved): Change['direction'] {
  if (change === null) return value === 0 ? 'level' : 'up';
  return percentOf(change) === 0 ? 'level' : change > 0 ? 'up' : 'down';
}

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

/** When everything moves together, the whole is the news and not its largest part. */
export function isWholeMoving(total: Moved, strongestPart: Moved | undefined): boolean {
  const z = Math.abs(zOf(total));
  return z >= NOTICEABLE && (strongestPart === undefined || z > 1.5 * Math.abs(zOf(strongestPart)));
}
