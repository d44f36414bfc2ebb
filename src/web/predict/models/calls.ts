import type { OddsPage, OddsRow, VoiceHandling, VoiceOdds } from '../../../model/complaint-odds.ts';
import { change, get } from '../../api/client.ts';

export const oddsPage = () => get<OddsPage>('/api/models');
export const topOdds = (days: number) => get<{ readonly rows: readonly OddsRow[] }>('/api/models/top', { days, limit: 50 });
export const voiceOdds = (id: number) => get<{ readonly odds: VoiceOdds | null }>(`/api/voices/${id}/odds`);
export const trainModel = () => change<{ readonly asked: boolean }>('POST', '/api/models/train');
export const stopTraining = () => change<{ readonly stopped: boolean }>('POST', '/api/models/train/cancel');
export const voiceHandling = (id: number) => get<VoiceHandling>(`/api/voices/${id}/handling`);
export const recordHandling = (id: number, kind: string) => change<unknown>('POST', `/api/voices/${id}/handling`, { kind });
