import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import { preferencesChange } from './preferences.ts';
import { changePreferences, preferencesOf } from './preferences.sql.ts';
import { changeView, dropView, keepView, viewChange, viewDraft, viewsOf } from './saved-views.sql.ts';

const id = z.strictObject({ id: z.string().max(80) });
const view = z.object({
  id: z.string(),
  page: z.string(),
  name: z.string(),
  query: z.string(),
  audience: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }),
  mine: z.boolean(),
  version: z.number(),
});

export const preferencesRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/me/preferences',
    summary: 'What the member set for himself: columns, density, page size, shortcuts. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    handle: ({ ctx, viewer }) => preferencesOf(ctx.db, viewer),
  }),
  route({
    method: 'PUT',
    path: '/api/me/preferences',
    summary: 'Changes what is given and leaves the rest; null takes a table’s look or a page’s view back. Carries no scoped data.',
    right: 'signed-in',
    scope: 'none',
    body: preferencesChange,
    handle: ({ ctx, viewer, body }) => changePreferences(ctx, viewer, body),
  }),
  route({
    method: 'GET',
    path: '/api/views',
    summary: 'Saved views: the own, the unit’s, and the public ones of the own city and of the province.',
    right: 'signed-in',
    scope: 'rows',
    query: z.strictObject({ page: z.string().max(60).optional() }),
    answer: z.object({ rows: z.array(view) }),
    handle: async ({ ctx, viewer, query }) => ({ rows: await viewsOf(ctx.db, viewer, query.page) }),
  }),
  route({
    method: 'POST',
    path: '/api/views',
    summary: 'Keeps a view of a page under a name. Public ones need a data scope of a city or the province.',
    right: 'signed-in',
    scope: 'rows',
    body: viewDraft,
    answer: z.object({ view }),
    handle: async ({ ctx, viewer, body }) => ({ view: await keepView(ctx, viewer, body) }),
  }),
  route({
    method: 'PUT',
    path: '/api/views/:id',
    summary: 'Writes an own view over the version that was seen.',
    right: 'signed-in',
    scope: 'rows',
    params: id,
    body: viewChange,
    answer: z.object({ view }),
    handle: async ({ ctx, viewer, params, body }) => ({ view: await changeView(ctx, viewer, params.id, body) }),
  }),
  route({
    method: 'DELETE',
    path: '/api/views/:id',
    summary: 'Removes an own view.',
    right: 'signed-in',
    scope: 'rows',
    params: id,
    handle: async ({ ctx, viewer, params }) => {
      await dropView(ctx, viewer, params.id);
      return { removed: true };
    },
  }),
];
