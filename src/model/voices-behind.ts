import type { Filter, Question } from './question.ts';

const TIME_UNITS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
type TimeUnit = (typeof TIME_UNITS)[number];
type Row = Readonly<Record<string, string | number | null | undefined>>;

const isTimeUnit = (name: string): name is TimeUnit => (TIME_UNITS as readonly string[]).includes(name);

/** Measures that count only some of the voices: what those have. Of a share, its numerator opens. */
const ONLY: Readonly<Record<string, Filter>> = {
  complaints: { field: 'kind', in: ['complaint'] },
  complaint_share: { field: 'kind', in: ['complaint'] },
  grievances: { field: 'kind', in: ['grievance'] },
  customers: { field: 'customer_known', in: ['yes'] },
  mean_score: { field: 'score_known', in: ['yes'] },
  unmapped: { field: 'category', in: [null] },
  unmapped_share: { field: 'category', in: [null] },
  mean_confidence: { field: 'mapped', in: ['yes'] },
};

/**
 * The filters that open exactly the voices counted in one figure: those of the question, one for each value of its row,
 * and what the measure counts only. Time buckets are local time and become half-open ranges.
 */
export function voicesBehind(question: Pick<Question, 'by' | 'where'>, row: Row, measure?: string): readonly Filter[] {
  const ofRow = question.by.flatMap((name): readonly Filter[] => {
    const value = row[name];
    if (value === undefined) return [];
    if (isTimeUnit(name) && value !== null) return [{ field: 'said_at', from: String(value), before: bucketEnd(name, String(value)) }];
    return [{ field: name, in: [value === null ? null : String(value)] }];
  });
  const only = measure === undefined ? undefined : ONLY[measure];
  return [...question.where, ...ofRow, ...(only === undefined ? [] : [only])];
}

/**
 * The same for a figure of the earlier period: its window stands in for the times of the question.
 * null where rows are buckets of time: those were laid beside the present ones, and have no filter of their own.
 */
export function voicesBefore(
  question: Pick<Question, 'by' | 'where'>,
  window: { readonly from: string; readonly before: string },
  row: Row,
  measure?: string,
): readonly Filter[] | null {
  if (question.by.some(isTimeUnit)) return null;
  const isTime = (filter: Filter): boolean =>
    'field' in filter && !('in' in filter) && (filter.field === 'said_at' || isTimeUnit(filter.field));
  const where = question.where.filter((filter) => !isTime(filter));
  return [{ field: 'said_at', ...window }, ...voicesBehind({ by: question.by, where }, row, measure)];
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** Start of the next bucket, written as the starts are: `2026-03-01T08:00` for an hour, `2026-03-01` for all others. */
export function bucketEnd(unit: TimeUnit, start: string): string {
  const [year = 1970, month = 1, day = 1, hour = 0] = start.split(/[-T: ]/).map(Number);
  const end = new Date(Date.UTC(year, month - 1, day, hour));
  switch (unit) {
    case 'hour':
      end.setUTCHours(hour + 1);
      return `${dayText(end)}T${pad(end.getUTCHours())}:00`;
    case 'day':
      end.setUTCDate(day + 1);
      break;
    case 'week':
      end.setUTCDate(day + 7);
      break;
    case 'month':
      end.setUTCMonth(month);
      break;
    case 'quarter':
      end.setUTCMonth(month + 2);
      break;
    case 'year':
      end.setUTCFullYear(year + 1);
      break;
  }
  return dayText(end);
}

const dayText = (at: Date): string => at.toISOString().slice(0, 10);
