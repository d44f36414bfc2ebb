import { z } from 'zod';
import { scopeOf } from '../model/scope.ts';
import type { Route } from '../platform/http/route.ts';
import { route } from '../platform/http/route.ts';
import { endOfEvents, eventsAfter, placeOfEvent } from './live.sql.ts';
import { tokenHash } from './passwords.client.ts';
import { viewerOfSession } from './sessions.sql.ts';
import { tokenOf } from './token-of.ts';

/** A stream ends within a second after its session does. */
const POLL_MS = 800;
const HEARTBEAT_MS = 15_000;
const LIMIT_BYTES = 256 * 1024;

/** Server-sent events within the viewer's scope; resumes after Last-Event-ID. */
export const eventsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/events',
    summary: 'Live changes within the viewer’s scope as server-sent events; resumes after Last-Event-ID.',
    right: 'signed-in',
    scope: 'rows',
    query: z.strictObject({ after: z.string().max(100).optional(), once: z.enum(['1']).optional() }),
    handle: async ({ ctx, viewer, query, headers, reply }) => {
      const token = tokenOf(headers);
      let scope = scopeOf(viewer);
      const resume = headers['last-event-id'] ?? query.after;
      let place = (resume === undefined ? null : await placeOfEvent(ctx.db, scope, resume)) ?? (await endOfEvents(ctx.db));
      const raw = reply.raw();
      raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      raw.write('retry: 2000\n\n');
      let open = true;
      let beat = ctx.clock.nowMs();
      raw.on('close', () => {
        open = false;
      });
      const step = async (): Promise<void> => {
        // Asked anew each time: a session that was ended ends its stream, and a unit that moved moves what is seen.
        const hash = token === null ? null : tokenHash(token);
        const still = hash === null ? undefined : await viewerOfSession(ctx.db, hash, ctx.clock.now(), { watching: true });
        if (still === undefined) {
          open = false;
          return;
        }
        scope = scopeOf(still);
        for (const event of await eventsAfter(ctx.db, scope, place)) {
          place = event;
          // The row of new voices moves forward: who resumed after it would jump over what happened before its last move.
          const id = event.topic === 'voices' ? '' : `id: ${event.id}\n`;
          raw.write(`${id}event: ${event.topic}\ndata: ${JSON.stringify(event.payload)}\n\n`);
        }
        if (ctx.clock.nowMs() - beat > HEARTBEAT_MS) {
          beat = ctx.clock.nowMs();
          raw.write(': alive\n\n');
        }
        // A reader that no longer reads is let go; it resumes by its last event.
        if (raw.writableLength > LIMIT_BYTES) raw.destroy();
      };
      const loop = async (): Promise<void> => {
        while (open) {
          await step().catch((error: unknown) => ctx.log.debug({ err: error }, 'events'));
          if (query.once === '1') break;
          if (open) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        }
        raw.end();
      };
      void loop();
      return { sent: true };
    },
  }),
];
