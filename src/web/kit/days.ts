const shifted = (day: string, by: number): string => new Date(Date.parse(day.slice(0, 10)) + by * 86_400_000).toISOString().slice(0, 10);

export const dayAfter = (day: string): string => shifted(day, 1);
/** The last day that a limit still reaches into: a moment within a day reaches into that day. */
export const dayBefore = (limit: string): string => (limit.length > 10 ? limit.slice(0, 10) : shifted(limit, -1));
