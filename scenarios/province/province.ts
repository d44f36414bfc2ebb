import { customersOf } from './customers.ts';
import { incidentsOf } from './incidents.ts';
import { type Organisation, organisationOf } from './organisation.ts';
import { type Land, landOf } from './regions.ts';
import type { Customer, Incident, WorldOptions } from './world.ts';

export interface Province {
  readonly options: WorldOptions;
  readonly land: Land;
  readonly organisation: Organisation;
  readonly customers: readonly Customer[];
  readonly incidents: readonly Incident[];
}

/** Everything of a world but what happens in it. Same options, same province. */
export function provinceOf(options: WorldOptions): Province {
  const land = landOf(options);
  const organisation = organisationOf(land);
  const customers = customersOf(options, land);
  return { options, land, organisation, customers, incidents: incidentsOf(options, land, organisation, customers) };
}
