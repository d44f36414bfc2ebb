import { monthAfter } from './expected-grievances.ts';

/** Half-open range of local days, and the complete months in it. */
export interface Period {
  readonly months: readonly string[];
  readonly from: string;
  readonly before: string;
}

const MOST_MONTHS = 12;
const COMPLETE_BY_DAY = 3;

/**
 * The last twelve complete months of what was said. The month that is still running is left out, and so is the first one where
 * voices begin after its third day. `first` and `last`: local time of the first and the last voice; `now`: local time now.
 */
export function completeMonths(first: string | null, last: string | null, now: string): Period | null {
  if (first === null || last === null) return null;
  const end = monthOf(last < now ? last : now);
  const begin = Number(first.slice(8, 10)) > COMPLETE_BY_DAY ? monthAfter(monthOf(first)) : monthOf(first);
  const months: string[] = [];
  for (let month = begin; month < end; month = monthAfter(month)) months.push(month);
  const kept = months.slice(-MOST_MONTHS);
  return kept[0] === undefined ? null : { months: kept, from: kept[0], before: end };
}

const monthOf = (local: string): string => `${local.slice(0, 7)}-01`;
