import { z } from 'zod';
import { UNIT_LEVELS } from '../model/organisation.ts';
import { type Route, route } from '../platform/http/route.ts';
import { addUnit, moveConsequences, moveUnit, renameUnit, retireUnit } from './change-units.sql.ts';

const id = z.strictObject({ id: z.string().max(80) });
const version = z.number().int();
const name = z.string().trim().min(1).max(80);
const department = z.string().max(80).nullable();

/** The tree of units. A unit is never deleted: what it handled keeps its name. */
export const unitsRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/units',
    summary: 'Add a unit below one that the viewer sees.',
    right: 'members.write',
    scope: 'rows',
    body: z.strictObject({
      parent: z.string().max(80),
      level: z.enum(UNIT_LEVELS),
      name,
      name_en: name,
      department: department.default(null),
      region: z.string().max(80).nullable().default(null),
    }),
    handle: ({ ctx, viewer, body }) => addUnit(ctx, viewer, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/units/:id',
    summary: 'Rename a unit or give it another department.',
    right: 'members.write',
    scope: 'rows',
    params: id,
    body: z.strictObject({ version, name: name.optional(), name_en: name.optional(), department: department.optional() }),
    handle: ({ ctx, viewer, params, body: { version: seen, ...given } }) => renameUnit(ctx, viewer, params.id, seen, given),
  }),
  route({
    method: 'GET',
    path: '/api/units/:id/move',
    summary: 'What moving a unit below another would change, before anybody does it.',
    right: 'members.write',
    scope: 'rows',
    params: id,
    query: z.strictObject({ to: z.string().max(80) }),
    handle: ({ ctx, viewer, params, query }) => moveConsequences(ctx.db, viewer, params.id, query.to),
  }),
  route({
    method: 'POST',
    path: '/api/units/:id/move',
    summary: 'Move a unit, and everything that carries its path, below another of the same city.',
    right: 'members.write',
    scope: 'rows',
    params: id,
    body: z.strictObject({ version, to: z.string().max(80) }),
    handle: ({ ctx, viewer, params, body }) => moveUnit(ctx, viewer, params.id, body.version, body.to),
  }),
  route({
    method: 'POST',
    path: '/api/units/:id/retire',
    summary: 'Retire a unit that has neither members nor units nor open orders any more.',
    right: 'members.write',
    scope: 'rows',
    params: id,
    body: z.strictObject({ version }),
    handle: ({ ctx, viewer, params, body }) => retireUnit(ctx, viewer, params.id, body.version),
  }),
];
