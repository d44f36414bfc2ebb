import type { CostView, HandlingChange, HandlingView, InboundChain, PressureView } from '../../../model/handling.ts';
import { change, get } from '../../api/client.ts';

export const handling = () => get<HandlingView>('/api/handling');
export const pressure = () => get<PressureView>('/api/handling/pressure');
export const handlingCost = () => get<CostView>('/api/handling/cost');
export const inboundChain = (voice: string) => get<InboundChain>(`/api/handling/chain/${encodeURIComponent(voice)}`);
export const changeLine = (line: HandlingChange, version: number, reason: string) =>
  change<{ version: number }>('POST', '/api/handling/lines', { change: line, version, reason });
