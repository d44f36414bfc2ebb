import type { Verb } from '../../model/people.ts';
import type { IconName } from '../kit/icons.tsx';

export interface Place {
  readonly name: Exclude<IconName, 'more' | 'close' | 'plus' | 'download' | 'copy' | 'columns' | 'rows' | 'search' | 'star'>;
  readonly path: string;
  readonly verb: Verb;
  readonly group: PlaceGroup;
}

export const PLACE_GROUPS = ['day', 'why', 'next', 'better', 'house'] as const;
/** day 日常 (what happens, who does what) | why 洞察 | next 预测 (what will follow) | better 改进 (what is tried, what helped) | house 系统 */
export type PlaceGroup = (typeof PLACE_GROUPS)[number];

/** In the order of the work within each group. */
export const PLACES: readonly Place[] = [
  { name: 'overview', path: '/overview', verb: 'voices.read', group: 'day' },
  { name: 'record', path: '/record', verb: 'voices.record', group: 'day' },
  { name: 'explorer', path: '/pain-points', verb: 'numbers.read', group: 'why' },
  { name: 'voices', path: '/voices', verb: 'voices.read', group: 'day' },
  { name: 'alarms', path: '/alarms', verb: 'alarms.read', group: 'day' },
  { name: 'orders', path: '/orders', verb: 'orders.read', group: 'day' },
  { name: 'knowledge', path: '/knowledge', verb: 'voices.read', group: 'why' },
  { name: 'satisfaction', path: '/satisfaction', verb: 'numbers.read', group: 'why' },
  { name: 'segments', path: '/segments', verb: 'numbers.read', group: 'next' },
  { name: 'funnel', path: '/funnel', verb: 'numbers.read', group: 'why' },
  { name: 'agreement', path: '/agreement', verb: 'numbers.read', group: 'better' },
  { name: 'levels', path: '/levels', verb: 'numbers.read', group: 'next' },
  { name: 'experiments', path: '/experiments', verb: 'numbers.read', group: 'better' },
  { name: 'models', path: '/models', verb: 'numbers.read', group: 'next' },
  { name: 'pairs', path: '/pairs', verb: 'numbers.read', group: 'next' },
  { name: 'handling', path: '/handling', verb: 'numbers.read', group: 'better' },
  { name: 'peaks', path: '/peaks', verb: 'numbers.read', group: 'better' },
  { name: 'imports', path: '/imports', verb: 'imports.run', group: 'house' },
  { name: 'organisation', path: '/organisation', verb: 'organisation.read', group: 'house' },
  { name: 'audit', path: '/audit', verb: 'audit.read', group: 'house' },
  { name: 'system', path: '/system', verb: 'system.operate', group: 'house' },
];

/** Who records and reads no statistics takes calls: his first place is the form. */
const takesCalls = (verbs: readonly Verb[]): boolean => verbs.includes('voices.record') && !verbs.includes('numbers.read');

export function placesFor(verbs: readonly Verb[]): readonly Place[] {
  const places = PLACES.filter((place) => verbs.includes(place.verb));
  return takesCalls(verbs) ? places.toSorted((a, b) => Number(b.name === 'record') - Number(a.name === 'record')) : places;
}

/** The places by group, in the order of the groups; a group without a place is left out. */
export const grouped = (places: readonly Place[]): readonly (readonly [PlaceGroup, readonly Place[]])[] =>
  PLACE_GROUPS.map((group) => [group, places.filter((place) => place.group === group)] as const).filter(([, those]) => those.length > 0);

/** The place that a path belongs to, if it is one of them: the longest that fits. */
export const placeAt = (path: string): Place | undefined =>
  PLACES.filter((place) => path === place.path || path.startsWith(`${place.path}/`)).toSorted((a, b) => b.path.length - a.path.length)[0];

/** Whoever takes calls begins with the form; who hears customers otherwise, with the overview, which shows each role its own; administrators begin with their own power. */
export function startFor(verbs: readonly Verb[]): string | null {
  if (takesCalls(verbs)) return '/record';
  const own: readonly Verb[] = ['voices.read', 'audit.read', 'system.operate', 'organisation.read'];
  const verb = own.find((v) => verbs.includes(v));
  return PLACES.find((place) => place.verb === verb)?.path ?? placesFor(verbs)[0]?.path ?? null;
}
