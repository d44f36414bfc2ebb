import { bySegment, type PairResult, type PairRow } from '../../model/pair-views.ts';

/** A pair as the command line prints it. */
export interface PairAnswer {
  readonly grievance: string;
  readonly complaint: string;
  /** Only where the row speaks of one segment. */
  readonly segment?: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly q: number;
  readonly significant: boolean;
  readonly excess_per_1000: number;
  readonly customers: number;
}

/** All customers' pairs, or with `by segment` those of the segments where segments differ; the surest and strongest first. */
export function pairAnswers(result: PairResult, by: 'all' | 'segment'): readonly PairAnswer[] {
  const rows = by === 'segment' ? bySegment(result) : result.pairs.filter((row) => row.segment === null);
  return rows.toSorted(inOrder).map((row) => ({
    grievance: row.grievance,
    complaint: row.complaint,
    ...(row.segment === null ? {} : { segment: row.segment }),
    ratio: rounded(row.ratio),
    low: rounded(row.low),
    high: rounded(row.high),
    p: rounded(row.p),
    q: rounded(row.q),
    significant: row.significant,
    excess_per_1000: rounded(row.excess_per_1000),
    customers: row.customers,
  }));
}

/** Significant ones first, then by how far the shrunk ratio is from 1, in either direction. */
export function inOrder(a: PairRow, b: PairRow): number {
  if (a.significant !== b.significant) return a.significant ? -1 : 1;
  return Math.abs(Math.log(b.shrunk)) - Math.abs(Math.log(a.shrunk)) || a.p - b.p;
}

const rounded = (value: number): number => Number(value.toPrecision(6));
