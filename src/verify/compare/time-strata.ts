import { type AtRisk, cohortOf, kaplanMeier, logRank } from '../../maths/survival.ts';
import { commonHazard } from '../../maths/common-hazard.ts';
import type { Sides } from './compare-arms.ts';
import type { SurvivalPointView, SurvivalView } from '../../model/comparison.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DATE = /^(\d{4})\s*[-/.年]?\s*(?:q|Q)?(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?/;
const NUMBERED = /^(?:第|m|month|w|week|q|quarter|d|day|p|period|t)?\s*[-_]?(\d{1,3})\s*(?:月|周|季度?|天|日|期|个月)?(?:份)?$/i;
const TIME_TITLE = /month|week|quarter|period|date|day|time|月|周|季|日期|期|时间/i;

/** A number to sort by when a stratum is a time: 2011-07, 201107, Jul, 7月, week 3, and plain numbers below a title that says so. null: no time. */
export function timeOf(title: string, value: string): number | null {
  const text = value.trim();
  const compact = /^(\d{4})(\d{2})(\d{2})?$/.exec(text);
  if (compact !== null) return Number(compact[1]) * 10_000 + Number(compact[2]) * 100 + Number(compact[3] ?? 0);
  const date = DATE.exec(text);
  if (date !== null && Number(date[1]) >= 1900) return Number(date[1]) * 10_000 + Number(date[2]) * 100 + Number(date[3] ?? 0);
  const month = MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  if (month >= 0 && /^[a-z]+\.?(\s+\d{4})?$/i.test(text)) return Number(/\d{4}/.exec(text)?.[0] ?? 0) * 10_000 + (month + 1) * 100;
  const numbered = NUMBERED.exec(text);
  if (numbered === null || (/^\d+$/.test(text) && !TIME_TITLE.test(title))) return null;
  return Number(numbered[1]);
}

/** Are these strata periods in time, and in which order? null: no. */
export function periodsOf(title: string, values: readonly string[]): readonly number[] | null {
  const times = values.map((value) => timeOf(title, value));
  if (values.length < 2 || times.some((time) => time === null) || new Set(times).size < values.length) return null;
  return values.map((_, i) => i).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
}

/** Periods in time of the same people: does their number fall by those to whom it happened? */
export function shrinks(cells: readonly Sides[]): boolean {
  const falls = (side: keyof Sides): boolean =>
    cells.every((cell, t) => {
      const before = cells[t - 1];
      return before === undefined || cell[side].n <= before[side].n - before[side].events;
    });
  return falls('treated') && falls('control');
}

/** What happens to each side as time goes on. Where the table's numbers do not shrink, its rates are applied to one cohort that does. */
export function survivalOf(cells: readonly Sides[], names: readonly string[]): SurvivalView {
  const counted = shrinks(cells);
  const spans = (side: keyof Sides): readonly AtRisk[] =>
    counted
      ? cells.map((cell) => ({ atRisk: cell[side].n, events: cell[side].events }))
      : cohortOf(
          cells[0]?.[side].n ?? 0,
          cells.map((cell) => (cell[side].n === 0 ? 0 : cell[side].events / cell[side].n)),
        );
  const [treated, control] = [spans('treated'), spans('control')];
  const { chi2, z, p } = logRank(treated, control);
  return {
    at_risk: counted ? 'counted' : 'shrinking',
    control: pointsOf(control, names),
    treated: pointsOf(treated, names),
    log_rank: { chi2, z, p },
    hazard_ratio: commonHazard(treated, control),
  };
}

const pointsOf = (spans: readonly AtRisk[], names: readonly string[]): readonly SurvivalPointView[] =>
  kaplanMeier(spans).map(({ time, survival, low, high, atRisk }) => ({
    time: names[time - 1] ?? '',
    survival,
    low,
    high,
    at_risk: atRisk,
  }));
