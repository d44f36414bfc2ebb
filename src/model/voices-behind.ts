import type { Filter, Question } from './question.ts';

const TIME_UNITS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
type TimeUnit = (typeof TIME_UNITS)[number];
type Row = Readonly<Record<string, string | number | null | undefined>>;

const isTimeUnit = (name: string): name is TimeUnit => (TIME_UNITS as readonly string[]).includes(name);

/** Measures that count only some kinds of voices. */
const KIND_OF_MEASURE: Readonly<Record<string, string>> = { complaints: 'complaint', grievances: 'grievance' };

/**
 * The filters that open exactly the voices counted in one figure: those of the question, one for each value of its row,
 * and the kind that the measure counts. Time buckets are local time and become half-open ranges.
 */
export function voicesBehind(question: Pick<Question, 'by' | 'where'>, row: Row, measure?: string): readonly Filter[] {
  const ofRow = question.by.flatMap((name): readonly Filter[] => {
    const value = row[name];
    if (value === undefined) return [];
    if (isTimeUnit(name) && value !== null) return [{ field: 'said_at', from: String(value), before: bucketEnd(name, String(value)) }];
    return [{ field: name, in: [value === null ? null : String(value)] }];
  });
  const kind = measure === undefined ? undefined : KIND_OF_MEASURE[measure];
  return [...question.where, ...ofRow, ...(kind === undefined ? [] : [{ field: 'kind', in: [kind] }])];
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
