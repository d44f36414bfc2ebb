import { actRoutes } from '../act/orders.routes.ts';
import { askRoutes } from '../analyse/ask.routes.ts';
import { importRoutes } from '../ingest/imports.routes.ts';
import { pushRoutes } from '../ingest/push.routes.ts';
import { eventsRoutes } from '../people/events.routes.ts';
import { organisationRoutes } from '../people/organisation.routes.ts';
import { sessionRoutes } from '../people/session.routes.ts';
import type { Route } from '../platform/http/route.ts';
import { verifyRoutes } from '../verify/verify.routes.ts';
import { warnRoutes } from '../warn/warn.routes.ts';
import { metaRoutes } from './meta.routes.ts';
import { overviewRoutes } from './overview.routes.ts';
import { VERSION } from './version.ts';
import { voiceRoutes } from './voice.routes.ts';

/** Every route there is. */
export const routeTable: readonly Route[] = [
  ...sessionRoutes,
  ...organisationRoutes,
  ...eventsRoutes,
  ...importRoutes,
  ...pushRoutes,
  ...askRoutes,
  ...voiceRoutes,
  ...overviewRoutes,
  ...warnRoutes,
  ...actRoutes,
  ...verifyRoutes,
  ...metaRoutes(VERSION, () => routeTable),
];
