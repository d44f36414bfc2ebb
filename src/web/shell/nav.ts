import type { Verb } from '../../model/people.ts';
import type { IconName } from '../kit/icons.tsx';

export interface Place {
  readonly name: Exclude<IconName, 'more' | 'close' | 'plus' | 'download'>;
  readonly path: string;
  readonly verb: Verb;
}

/** In the order of the work: what happened, where it hurts, who must know, who does it, where data come from. */
export const PLACES: readonly Place[] = [
  { name: 'overview', path: '/overview', verb: 'numbers.read' },
  { name: 'explorer', path: '/pain-points', verb: 'numbers.read' },
  { name: 'voices', path: '/voices', verb: 'voices.read' },
  { name: 'alarms', path: '/alarms', verb: 'alarms.read' },
  { name: 'orders', path: '/orders', verb: 'orders.read' },
  { name: 'imports', path: '/imports', verb: 'imports.run' },
  { name: 'organisation', path: '/organisation', verb: 'organisation.read' },
  { name: 'audit', path: '/audit', verb: 'audit.read' },
  { name: 'system', path: '/system', verb: 'system.operate' },
];

export const placesFor = (verbs: readonly Verb[]): readonly Place[] => PLACES.filter((place) => verbs.includes(place.verb));

/** Agents have no overview: their day begins with their orders. Administrators begin with their own power. */
export function startFor(verbs: readonly Verb[]): string | null {
  const own: readonly Verb[] = ['numbers.read', 'orders.read', 'audit.read', 'system.operate', 'organisation.read'];
  const verb = own.find((v) => verbs.includes(v));
  return PLACES.find((place) => place.verb === verb)?.path ?? placesFor(verbs)[0]?.path ?? null;
}
