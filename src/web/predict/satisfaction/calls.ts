import type { CellPlace, DriversView, SatisfactionOverview, ServiceDetail } from '../../../model/satisfaction.ts';
import { change, get } from '../../api/client.ts';

/** `signal`: whoever leaves the page leaves the work undone. */
export const satisfaction = (place: CellPlace, signal: AbortSignal) => get<SatisfactionOverview>('/api/satisfaction', { place }, signal);
export const satisfactionService = (code: string, place: CellPlace, signal: AbortSignal) =>
  get<ServiceDetail>(`/api/satisfaction/services/${encodeURIComponent(code)}`, { place }, signal);

export const satisfactionDrivers = (signal: AbortSignal) => get<{ drivers: DriversView | null }>('/api/satisfaction/drivers', {}, signal);

export type Decision =
  | { readonly kind: 'match'; readonly subject: string; readonly item: string | null }
  | {
      readonly kind: 'weights';
      readonly subject: string;
      readonly weights: Readonly<Record<string, number>> | null;
      readonly reason: string;
    }
  | {
      readonly kind: 'question';
      readonly subject: string;
      readonly state: 'kept' | 'dropped';
      readonly question: { readonly zh: string; readonly en: string };
    };
export const decide = (decision: Decision, version: number) =>
  change<{ version: number }>('POST', '/api/satisfaction/decisions', { decision, version });
