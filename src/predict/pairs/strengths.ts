import type { CauseStrength, PairRow } from '../../model/pair-views.ts';
import type { EventLog } from './event-log.ts';

/**
 * How strongly each grievance leads to complaints: the excess of its significant pairs above 1, by the ratios drawn towards 1, so that a rare one that
 * shines by chance is not the strongest. A grievance none of whose pairs was tested is left out: nothing is known of it.
 */
export function strengthsOf(pairs: readonly PairRow[]): readonly CauseStrength[] {
  const tested = Map.groupBy(
    pairs.filter(({ segment }) => segment === null),
    ({ grievance }) => grievance,
  );
  return [...tested].map(([category, rows]) => ({
    category,
    grievances: rows[0]?.grievances ?? 0,
    excess_per_1000: rows
      .filter(({ significant, shrunk }) => significant && shrunk > 1)
      .reduce((sum, { complaints, grievances, shrunk }) => sum + ((1000 * complaints) / Math.max(1, grievances)) * (1 - 1 / shrunk), 0),
  }));
}

/** What was heard before a minute alone. */
export function heardBefore(log: EventLog, before: number): EventLog {
  const rows = Uint32Array.from(log.atMinutes, (_, row) => row).filter((row) => (log.atMinutes[row] as number) < before);
  return {
    ...log,
    customers: Uint32Array.from(rows, (row) => log.customers[row] as number),
    atMinutes: Int32Array.from(rows, (row) => log.atMinutes[row] as number),
    types: Uint16Array.from(rows, (row) => log.types[row] as number),
    kinds: Uint8Array.from(rows, (row) => log.kinds[row] as number),
    ...(log.texts === undefined ? {} : { texts: Uint32Array.from(rows, (row) => log.texts?.[row] as number) }),
    ...(log.voices === undefined ? {} : { voices: Float64Array.from(rows, (row) => log.voices?.[row] as number) }),
    ...(log.observedBefore === undefined ? {} : { observedBefore: log.observedBefore.map((at) => Math.min(at, before)) }),
  };
}
