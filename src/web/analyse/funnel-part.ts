import { FUNNEL_STAGES } from '../../model/funnel.ts';
import type { FunnelPart } from './funnel-calls.ts';

/** A part of the funnel as one value of the address. */
export const partText = (part: FunnelPart): string => new URLSearchParams(Object.entries(part) as [string, string][]).toString();

export function partIn(text: string | null): FunnelPart | null {
  const given = new URLSearchParams(text ?? '');
  const stage = ([...FUNNEL_STAGES, 'all', 'spoke'] as const).find((one) => one === given.get('stage'));
  if (stage === undefined) return null;
  const of = (['segment', 'city', 'district'] as const).flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? '']] : []));
  return { stage, ...(Object.fromEntries(of) as Omit<FunnelPart, 'stage'>) };
}
