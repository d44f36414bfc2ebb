import type { InjectOptions } from 'fastify';
import { routeTable } from '../../src/app/routes.ts';
import type { Route } from '../../src/platform/http/route.ts';

export const nameOf = (route: Route): string => `${route.method} ${route.path}`;

/** An id of the right shape that nothing has. */
const NOBODY = { '/api/voices': '7', '/api/jobs': '00000000-0000-4000-8000-000000000000' } as const;

/** The route's path with its parameters filled in. */
export function pathOf(route: Pick<Route, 'path'>, id?: string): string {
  const never = Object.entries(NOBODY).find(([start]) => route.path.startsWith(`${start}/:`))?.[1] ?? 'nothing';
  return route.path.replaceAll(/:[a-z]+/gi, id ?? never);
}

/** A request that reaches a route's own checks and gets no further. */
export function emptyRequest(route: Route, query = ''): InjectOptions {
  const body = route.method === 'GET' ? {} : { payload: '{}', headers: { 'content-type': 'application/json' } };
  return { method: route.method, url: pathOf(route) + query, ...body };
}

/** Reading with a body: these change nothing. */
const READING = new Set([
  'POST /api/ask',
  'POST /api/voices/search',
  'POST /api/hot-words',
  'POST /api/record/customer',
  'POST /api/levels/preview',
  'POST /api/rules/preview',
]);
/** What is looked at or taken out is written down, though nothing changes. */
export const WATCHED = new Set([
  'POST /api/exports',
  'POST /api/voices/:id/reveal',
  'POST /api/imports/:id/rejected/reveal',
  'POST /api/imports/:id/rejected/file',
  'POST /api/audit/export',
]);

export const mutations: readonly Route[] = routeTable.filter(
  (route) => route.method !== 'GET' && !READING.has(nameOf(route)) && !WATCHED.has(nameOf(route)),
);
/** Everything whose answer depends on whose rows the viewer may see. */
export const scoped: readonly Route[] = routeTable.filter((route) => route.scope === 'rows');
