import type { Route } from '../platform/http/route.ts';
import { alarmsRoutes } from './alarms.routes.ts';
import { rulesRoutes } from './rules.routes.ts';

export const warnRoutes: readonly Route[] = [...alarmsRoutes, ...rulesRoutes];
