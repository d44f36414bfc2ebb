/**
 * `previous`: the equally long time just before. `same-weekday`: as many whole weeks earlier as the period needs, so that Mondays
 * meet Mondays. Of a period that is still running, both take only as much of the earlier one as has passed of this.
 */
export const COMPARISONS = ['previous', 'same-weekday'] as const;
export type Comparison = (typeof COMPARISONS)[number];
