import type { PairDifferenceRow, PairRow } from '../../model/pair-views.ts';
import { SCHEME_IDS, type SchemeId } from '../../model/segment-views.ts';

/** What the page's address says. */
export interface PairsState {
  readonly window: number;
  readonly scheme: SchemeId;
  /** '': all customers. */
  readonly segment: string;
  readonly every: boolean;
  readonly pair: { readonly grievance: string; readonly complaint: string } | null;
}

export const WINDOWS = [3, 7, 14, 30] as const;

export function pairsStateIn(params: URLSearchParams): PairsState {
  const window = Number(params.get('window') ?? 7);
  const [grievance = '', complaint = ''] = (params.get('pair') ?? '').split('~');
  return {
    window: (WINDOWS as readonly number[]).includes(window) ? window : 7,
    scheme: SCHEME_IDS.find((one) => one === params.get('scheme')) ?? 'rules',
    segment: params.get('segment') ?? '',
    every: params.get('rows') === 'all',
    pair: grievance === '' || complaint === '' ? null : { grievance, complaint },
  };
}

export const pairText = ({ grievance, complaint }: { readonly grievance: string; readonly complaint: string }): string =>
  `${grievance}~${complaint}`;

export const ofSegment = <Row extends PairRow>(rows: readonly Row[], segment: string): readonly Row[] =>
  rows.filter((row) => (row.segment ?? '') === segment);

/** Strongest first, by the ratio drawn towards 1 by its uncertainty; more and fewer apart. */
export function keyPairs<Row extends PairRow>(rows: readonly Row[]): { readonly more: readonly Row[]; readonly fewer: readonly Row[] } {
  const significant = rows.filter((row) => row.significant).toSorted((a, b) => b.shrunk - a.shrunk);
  return { more: significant.filter((row) => row.ratio > 1), fewer: significant.filter((row) => row.ratio <= 1).toReversed() };
}

export interface PairMatrix {
  readonly grievances: readonly string[];
  readonly complaints: readonly string[];
  readonly cell: (grievance: string, complaint: string) => PairRow | undefined;
}

/** Rows and columns that have most to say first; without `every`, only those with a pair beyond chance. */
export function matrixOf(rows: readonly PairRow[], every: boolean): PairMatrix {
  const cells = new Map(rows.map((row) => [pairText(row), row]));
  const weight = (row: PairRow): number => (row.significant ? 1000 + Math.abs(Math.log(row.shrunk)) : 0) + 1e-6 * row.complaints;
  const along = (name: 'grievance' | 'complaint'): readonly string[] => {
    const sums = new Map<string, number>();
    for (const row of rows) sums.set(row[name], (sums.get(row[name]) ?? 0) + weight(row));
    return [...sums.entries()]
      .filter(([, sum]) => every || sum >= 1000)
      .toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
      .map(([code]) => code);
  };
  return {
    grievances: along('grievance'),
    complaints: along('complaint'),
    cell: (g, k) => cells.get(pairText({ grievance: g, complaint: k })),
  };
}

/** How strongly a cell is filled, −1 (a quarter or less) to 1 (four times or more), even on the log scale. */
export function tintOf(ratio: number): number {
  const log = Math.log(Math.max(ratio, 0.01)) / Math.log(4);
  return Math.max(-1, Math.min(1, log));
}

export const differenceOf = (rows: readonly PairDifferenceRow[], pair: { readonly grievance: string; readonly complaint: string }) =>
  rows.find((row) => row.grievance === pair.grievance && row.complaint === pair.complaint);

export const differs = (row: PairDifferenceRow | undefined): boolean => row?.significant === true;

/** Where a ratio stands on a log axis from 1/8 to 8, in percent. */
export function placeOf(ratio: number): number {
  const log = Math.log(Math.max(ratio, 1e-9)) / Math.log(8);
  return 50 + 50 * Math.max(-1, Math.min(1, log));
}
