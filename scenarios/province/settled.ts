import type { Organisation } from './organisation.ts';
import type { Souls } from './planted/people.ts';
import type { Land } from './regions.ts';
import type { Customer, Incident, WorldOptions } from './world.ts';

/** Who lives where, and what will go wrong. */
export interface Settled {
  readonly options: WorldOptions;
  readonly land: Land;
  readonly organisation: Organisation;
  readonly customers: readonly Customer[];
  readonly souls: Souls;
  readonly incidents: readonly Incident[];
}
