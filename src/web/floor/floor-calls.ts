import type { Agreement, CodingQueue } from '../../model/agreement.ts';
import type { CustomerAtDesk, Effect, EffectDue, RecordForm, Recorded } from '../../model/recording.ts';
import { change, get } from '../api/client.ts';
import { type Draft, bodyOf } from './record-draft.ts';

export const recordForm = () => get<RecordForm>('/api/record/form');
export const customerAtDesk = (key: string) => change<CustomerAtDesk>('POST', '/api/record/customer', { key });
export const saveRecording = (draft: Draft) => change<Recorded>('POST', '/api/recordings', bodyOf(draft), { 'idempotency-key': draft.key });

export const effectsDue = () => get<{ rows: readonly EffectDue[] }>('/api/recordings/effects');
export const noteEffect = (voice: number, effect: Effect) =>
  change<{ rows: readonly EffectDue[] }>('POST', `/api/recordings/${voice}/effects`, { effect });

export const agreement = (sample: string | null) => get<Agreement>('/api/agreement', { sample });
export const codingQueue = () => get<CodingQueue>('/api/agreement/queue');
export const drawSample = (draw: { readonly from: string; readonly before: string; readonly size: number; readonly seed: number }) =>
  change<{ id: string; size: number }>('POST', '/api/agreement/samples', draw);
export const codeVoice = (code: { readonly sample: string; readonly voice: number; readonly category: string }) =>
  change<CodingQueue>('POST', '/api/agreement/codes', code);
