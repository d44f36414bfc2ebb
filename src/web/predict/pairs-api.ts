import type { PairCustomer, PairProfile, PairRow, PairRunView, PairsView } from '../../model/pair-views.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import type { VoicePage } from '../../model/voice-views.ts';
import { change, get } from '../api/client.ts';

/** One pair of a run; no segment: all customers. */
export interface ChosenPair {
  readonly grievance: string;
  readonly complaint: string;
  readonly segment: string;
}

const runPath = (run: number): string => `/api/pairs/runs/${run}`;

/** What a run is of, within one's scope. */
export interface PairsAsked {
  readonly window: number;
  readonly scheme: SchemeId;
}

export const pairs = ({ window, scheme }: PairsAsked) => get<PairsView>('/api/pairs', { window: String(window), scheme });
export const startPairs = ({ window, scheme }: PairsAsked) => change<{ run: PairRunView }>('POST', '/api/pairs/runs', { window, scheme });
export const pairRun = (run: number) => get<{ run: PairRunView }>(runPath(run));
export const stopPairs = (run: number) => change<{ run: PairRunView }>('POST', `${runPath(run)}/cancel`, {});
export const lookAtPair = (run: number, pair: ChosenPair) =>
  get<{ profile: PairProfile | null; everywhere: readonly PairRow[] }>(`${runPath(run)}/look`, { ...pair });
export const pairCustomers = (run: number, pair: ChosenPair, offset: number, limit: number) =>
  get<{ rows: readonly PairCustomer[]; customers: number; complaints: number }>(`${runPath(run)}/customers`, {
    ...pair,
    offset: String(offset),
    limit: String(limit),
  });
/** A dot that opens: a lag within the window, or a month. */
export type ChosenMark = { readonly from: number; readonly before: number } | { readonly month: string };

export const pairComplaints = (run: number, pair: ChosenPair, mark: ChosenMark, cursor: string | null) =>
  get<VoicePage>(`${runPath(run)}/complaints`, {
    ...pair,
    ...('month' in mark ? mark : { from: String(mark.from), before: String(mark.before) }),
    cursor,
  });
