import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { buildServer } from '../platform/http/server.ts';
import { tokenHash } from '../people/passwords.client.ts';
import { viewerOfSession } from '../people/sessions.sql.ts';
import type { Context } from '../platform/context.ts';
import { observeRequest } from './system/metrics.client.ts';
import { routeTable } from './routes.ts';

const WEB = resolve(dirname(fileURLToPath(import.meta.url)), '../../dist/web');

/** The whole product as one Fastify instance: the route table, and the web beside it. */
export async function buildApp(ctx: Context): Promise<FastifyInstance> {
  const app = await buildServer({
    ctx,
    routes: routeTable,
    secureCookies: ctx.config.publicUrl.startsWith('https:'),
    observe: observeRequest,
    page,
    authenticate: (token) => viewerOfSession(ctx.db, tokenHash(token), ctx.clock.now()),
  });
  if (existsSync(join(WEB, 'index.html'))) await app.register(fastifyStatic, STATIC);
  return app;
}

/** Files are looked for when asked, so that a web built anew is served at once; those with a hash in their name are kept for ever. */
const STATIC: FastifyStaticOptions = {
  root: WEB,
  index: ['index.html'],
  cacheControl: false,
  // The build lays a `.gz` beside each script and style: that is what goes over the wire.
  preCompressed: true,
  setHeaders: (reply, path) => {
    reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  },
};

/** Every page path is the one page. */
function page(request: FastifyRequest, reply: FastifyReply): boolean {
  const isPage = request.method === 'GET' && !/^\/(api|assets)\//.test(request.url) && existsSync(join(WEB, 'index.html'));
  if (isPage) void reply.header('cache-control', 'no-cache').sendFile('index.html');
  return isPage;
}
