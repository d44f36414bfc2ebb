import { type Alike, meansAlike, sharesAlike } from '../../maths/balance.ts';
import type { Share } from '../../maths/proportions.ts';
import { isShare } from './compare-arms.ts';
import { cellOf, kindOf } from './outcome-cells.ts';
import { holm } from '../../maths/many-tests.ts';
import type { BalanceView } from '../../model/comparison.ts';
import { type NumberCells, numbersOf } from './trial-table.ts';

/**
 * The groups fail to be alike at Holm p below `BALANCE_P`, or at a standardised difference above `BALANCE_SMD` that chance does not
 * explain. Chance alone makes differences of √(2 ÷ n per arm): with 150 an arm, three of eight traits that were drawn fairly lie above
 * .1, so that without the second half of that rule nearly every small experiment would fail, however well it was assigned.
 */
export const BALANCE_P = 0.001;
export const BALANCE_SMD = 0.1;
/** A difference at least as likely as this (Holm) among groups that were drawn alike is put down to chance. */
export const CHANCE_P = 0.05;
const MOST_LEVELS = 20;

/** One trait of the customers before the start. */
export interface Trait {
  readonly name: string;
  readonly cells: readonly (string | null)[];
}

/** Whose traits: rows of both sides, what a row counts for, and whether each arm has one row, which then tells of all its customers. */
export interface TraitRows {
  readonly treated: readonly number[];
  readonly control: readonly number[];
  readonly counts: Float64Array | null;
  readonly oneRowEach: boolean;
}

/** Each number once, each word of a trait once (the twenty most frequent), each trait with gaps once more for the gaps. */
export function balanceOf(traits: readonly Trait[], rows: TraitRows): readonly BalanceView[] {
  const found = traits.flatMap((trait) => likenesses(trait, rows));
  const adjusted = holm(found.map(({ alike }) => alike.p));
  return found.map(({ name, alike }, i) => ({ name, ...alike, ok: isAlike(alike, adjusted[i] ?? 1) }));
}

const isAlike = ({ smd }: Alike, adjusted: number): boolean =>
  adjusted >= BALANCE_P && (Math.abs(smd) <= BALANCE_SMD || adjusted >= CHANCE_P);

interface Named {
  readonly name: string;
  readonly alike: Alike;
}

function likenesses({ name, cells }: Trait, rows: TraitRows): readonly Named[] {
  const { treated, control } = rows;
  const weight = (i: number): number => rows.counts?.[i] ?? 1;
  const between = (holds: (i: number) => boolean): Alike =>
    sharesAlike(shareWhere(treated, weight, holds), shareWhere(control, weight, holds));
  const blank = (i: number): boolean => (cells[i] ?? '').trim() === '';
  const gaps = [...treated, ...control].some(blank) ? [{ name: `${name} ∅`, alike: between(blank) }] : [];
  const numbers = numbersOf(cells);
  if (numbers.wrong.length === 0) {
    const there = (side: readonly number[]): readonly number[] => side.filter((i) => !blank(i));
    return [{ name, alike: numbersAlike(numbers, { ...rows, treated: there(treated), control: there(control) }) }, ...gaps];
  }
  const levels = frequentLevels(cells, [...treated, ...control], weight);
  const alike = levels.map((level) => between((i) => cells[i]?.trim() === level));
  const [first] = alike;
  if (levels.length === 2 && gaps.length === 0 && first !== undefined) return [{ name, alike: first }];
  return [...levels.map((level, i) => ({ name: `${name}=${level}`, alike: alike[i] as Alike })), ...gaps];
}

function shareWhere(rows: readonly number[], weight: (i: number) => number, holds: (i: number) => boolean): Share {
  let [events, n] = [0, 0];
  for (const i of rows) {
    n += weight(i);
    if (holds(i)) events += weight(i);
  }
  return { events, n };
}

function numbersAlike(numbers: NumberCells, { treated, control, counts, oneRowEach }: TraitRows): Alike {
  const kind = kindOf(numbers, counts, oneRowEach && counts !== null);
  const [t, c] = [cellOf(kind, numbers.values, counts, treated), cellOf(kind, numbers.values, counts, control)];
  return isShare(kind) ? sharesAlike(t, c) : meansAlike(t.moments, c.moments);
}

function frequentLevels(cells: readonly (string | null)[], rows: readonly number[], weight: (i: number) => number): readonly string[] {
  const sizes = new Map<string, number>();
  for (const i of rows) {
    const level = (cells[i] ?? '').trim();
    if (level !== '') sizes.set(level, (sizes.get(level) ?? 0) + weight(i));
  }
  return [...sizes]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST_LEVELS)
    .map(([level]) => level);
}
