import type { Funnel, FunnelStage, FunnelVoices } from '../../model/funnel.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import { get } from '../api/client.ts';

export interface FunnelAsked {
  readonly from: string;
  readonly before: string;
  readonly days: number;
  readonly scheme: SchemeId;
}
export interface FunnelPart {
  readonly stage: FunnelStage | 'all' | 'spoke';
  readonly segment?: string;
  readonly city?: string;
  readonly district?: string;
}

export const funnel = (asked: FunnelAsked) => get<Funnel>('/api/funnel', { ...asked });
/** An empty code means “not known” and has to travel, which empty values of a query usually do not. */
export function funnelVoices(asked: FunnelAsked, part: FunnelPart, cursor: string | null): Promise<FunnelVoices> {
  const given = Object.entries({ ...asked, ...part, ...(cursor === null ? {} : { cursor }) }).map(([name, value]) => [name, String(value)]);
  return get<FunnelVoices>(`/api/funnel/voices?${new URLSearchParams(Object.fromEntries(given) as Record<string, string>).toString()}`);
}
