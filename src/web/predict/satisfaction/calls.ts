import type { CellPlace, DriversView, SatisfactionOverview, ServiceDetail } from '../../../model/satisfaction.ts';
import { change, get } from '../../api/client.ts';

export const satisfaction = (place: CellPlace) => get<SatisfactionOverview>('/api/satisfaction', { place });
export const satisfactionService = (code: string, place: CellPlace) =>
  get<ServiceDetail>(`/api/satisfaction/services/${encodeURIComponent(code)}`, { place });

export const satisfactionDrivers = () => get<{ drivers: DriversView | null }>('/api/satisfaction/drivers');

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
