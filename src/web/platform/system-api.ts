import type { SystemState } from '../../model/system-state.ts';
import { change, get } from '../api/client.ts';

export const systemState = () => get<SystemState>('/api/system');
export const rebuildWarehouse = () => change<unknown>('POST', '/api/warehouse/rebuild', {});
export const compareWarehouse = () => change<{ ok: boolean; voices: number; differences: number }>('POST', '/api/warehouse/parity', {});
