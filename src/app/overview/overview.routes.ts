import { z } from 'zod';
import { searchVoices } from '../../analyse/read.sql.ts';
import { orderCounts, waitingOrders } from '../../act/read.sql.ts';
import type { Overview } from '../../model/overview.ts';
import type { Viewer } from '../../model/people.ts';
import { may } from '../../model/may.ts';
import type { Filter } from '../../model/question.ts';
import { scopeOf } from '../../model/scope.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { modelWatch } from '../../predict/read.sql.ts';
import { burningAlarms } from '../../warn/read.sql.ts';
import { overviewNumbers, ownVoices } from './overview-numbers.client.ts';

const SHOWN = 5;
/** More than anybody works off in a day; the count is said as “and more” from there. */
const COUNTED = 100;

/** A manager of a department begins with what the department answers for; everybody may look at the whole. */
function focusOf(viewer: Viewer, wanted: 'all' | 'department' | undefined): readonly Filter[] {
  const own = viewer.roles.includes('manager') && viewer.department !== null;
  return own && wanted !== 'all' ? [{ field: 'department', in: [viewer.department] }] : [];
}

/** What changed, what burns, what waits for the viewer. */
export const overviewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/overview',
    summary: 'What changed in the last seven whole days, what burns, and what waits for the viewer.',
    right: 'signed-in',
    scope: 'rows',
    query: z.strictObject({ focus: z.enum(['all', 'department']).exactOptional() }),
    handle: async ({ ctx, viewer, query }): Promise<Overview> => {
      const wanted = focusOf(viewer, query.focus);
      const reads = may(viewer, 'numbers.read');
      const trains = may(viewer, 'reader.train') && scopeOf(viewer).kind === 'all';
      const burns = (of: readonly Filter[]) =>
        may(viewer, 'alarms.read')
          ? burningAlarms(ctx, viewer, { department: of.length === 0 ? undefined : (viewer.department ?? undefined) }, COUNTED)
          : [];
      const [focused, own, focusedBurning, waiting, counts, model] = await Promise.all([
        reads ? overviewNumbers(ctx, viewer, wanted) : null,
        may(viewer, 'voices.read') && !may(viewer, 'numbers.read') ? ownVoices(ctx, viewer) : null,
        burns(wanted),
        may(viewer, 'orders.read') ? waitingOrders(ctx, viewer, SHOWN) : [],
        may(viewer, 'orders.read') ? orderCounts(ctx, viewer, { waits: true }) : null,
        trains ? modelWatch(ctx) : null,
      ]);
      // A department that nobody spoke about for weeks looks at the whole instead of at nothing.
      const whole = reads && focused === null && wanted.length > 0;
      const numbers = whole ? await overviewNumbers(ctx, viewer, []) : focused;
      const focus = whole ? [] : wanted;
      const burning = whole ? await burns([]) : focusedBurning;
      return {
        numbers,
        own,
        focus: focus.length === 0 ? null : viewer.department,
        may_focus: viewer.roles.includes('manager') && viewer.department !== null,
        burning: burning.slice(0, SHOWN),
        burning_count: burning.length,
        model,
        waiting,
        waiting_count: counts?.waits ?? 0,
        overdue_count: counts?.waitsLate ?? 0,
        as_of: numbers?.as_of ?? ctx.clock.now(),
        older: reads && numbers === null ? (await searchVoices(ctx, viewer, [], { limit: 0 })).count : null,
      };
    },
  }),
];
