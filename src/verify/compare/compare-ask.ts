import type { Direction, UpliftLearner } from '../../model/comparison.ts';

export interface MetricAsk {
  readonly column: string;
  readonly direction: Direction;
}

/** What is compared in a table: one row per customer, or counted rows. */
export interface CompareAsk {
  readonly arm: string;
  /** The value of the control arm; absent: the one whose name says so. */
  readonly control?: string;
  /** The first is the main one; p values of several are adjusted (Holm). */
  readonly metrics: readonly MetricAsk[];
  /** How many customers a row stands for. */
  readonly count?: string;
  readonly strata: readonly string[];
  readonly balance: 'all' | readonly string[];
  /** Share of each arm by name, or in the order in which arms are told (control first). */
  readonly expected?: Readonly<Record<string, number>> | readonly number[];
  readonly features?: 'all' | readonly string[];
  /** How who gains is learned; absent: two logistic regressions. */
  readonly learner?: UpliftLearner;
  /** The main metric before the start. */
  readonly before?: string;
  readonly seed: number;
  /** Looked at before the planned end: findings go by the always-valid p, which permits to look as often as one likes. */
  readonly peeked?: boolean;
}

/** `visited:up,churned:down`, or a column whose name itself has a colon. */
export function metricsOf(texts: readonly string[]): readonly MetricAsk[] {
  return texts.flatMap(listOf).map((text) => {
    const found = /^(.+):(up|down)$/.exec(text);
    return found === null ? { column: text, direction: null } : { column: found[1] ?? '', direction: found[2] as Direction };
  });
}

export const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const listOrAll = (text: string): 'all' | readonly string[] => (text.trim() === 'all' ? 'all' : listOf(text));

/** `0.5,0.5`, `50:50` or `control=1,women=2`. null: not shares. */
export function sharesOf(text: string): NonNullable<CompareAsk['expected']> | null {
  const parts = text.includes('=') ? listOf(text) : text.split(/[,:;/]/).map((part) => part.trim());
  const named = parts.map((part) => /^(?:(.+)=)?\s*([\d.]+)\s*%?$/.exec(part));
  if (parts.length < 2 || named.some((match) => match === null || !(Number(match[2]) > 0))) return null;
  if (named.every((match) => match?.[1] === undefined)) return named.map((match) => Number(match?.[2]));
  if (named.some((match) => match?.[1] === undefined)) return null;
  return Object.fromEntries(named.map((match) => [match?.[1]?.trim() ?? '', Number(match?.[2])]));
}
