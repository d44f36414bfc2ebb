import { may } from '../model/may.ts';
import type { Organisation } from '../model/organisation.ts';
import { type Route, route } from '../platform/http/route.ts';
import { membersSeenBy, unitsSeenBy } from './members.sql.ts';
import { scopeWords } from './scope-words.ts';

export const organisationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/organisation',
    summary: 'Units and members within the viewer’s part of the organisation.',
    right: 'organisation.read',
    scope: 'rows',
    handle: async ({ ctx, viewer }): Promise<Organisation> => {
      const units = await unitsSeenBy(ctx.db, viewer);
      const members = await membersSeenBy(ctx.db, viewer);
      const english = new Map(units.map((unit) => [unit.id, unit.name_en]));
      return {
        units,
        members: members.map(({ email, staff_no, last_seen_at, sessions, has_password, link_until, ...member }) => ({
          ...member,
          // How to reach people and when they were here is for who keeps the members.
          ...(may(viewer, 'members.write') ? { email, staff_no, last_seen_at, sessions, has_password, link_until } : {}),
          scope_words: {
            zh: scopeWords(member.scope, member.unit.name).zh,
            en: scopeWords(member.scope, english.get(member.unit.id) ?? member.unit.name).en,
          },
        })),
      };
    },
  }),
];
