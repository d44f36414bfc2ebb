import { setImmediate } from 'node:timers/promises';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Verb, Viewer } from '../../model/people.ts';
import { may } from '../../model/may.ts';
import type { Problem } from '../../model/problem.ts';
import type { Context } from '../context.ts';
import { problemDocument } from './errors.ts';
import { lookUpTogether } from './look-up-together.ts';
import { Left, Refusal, type Reply, type Route, type RouteRequest, type SentReply } from './route.ts';
import { validate } from './validate.ts';

/** Of any body that is read into memory; whoever takes a stream counts for himself. */
export const JSON_LIMIT = 8 * 1024 * 1024;

export interface ServerOptions {
  readonly ctx: Context;
  readonly routes: readonly Route[];
  readonly secureCookies: boolean;
  /** Whose session a cookie or bearer token is. */
  authenticate(token: string): Promise<Viewer | undefined>;
  /** Answers what no route knows (a page of the web); false: it is not found. */
  page?(request: FastifyRequest, reply: FastifyReply): boolean;
  /** Called for each answered request. */
  observe?(route: string, method: string, status: number, seconds: number): void;
}

export const sessionCookie = (secure: boolean): string => (secure ? '__Host-voxloop' : 'voxloop_session');

/** A Fastify instance that serves a route table: right, data scope and validation are checked here and nowhere else. */
export async function buildServer(given: ServerOptions): Promise<FastifyInstance> {
  const options: ServerOptions = { ...given, authenticate: lookUpTogether(given.authenticate, () => setImmediate()) };
  const app = Fastify({
    logger: false,
    bodyLimit: JSON_LIMIT,
    trustProxy: false,
    forceCloseConnections: true,
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 500 },
  });
  await app.register(cookie);
  app.addContentTypeParser(['application/octet-stream', 'application/x-ndjson', 'text/csv'], (_request, payload, done) =>
    done(null, payload),
  );
  const headers = Object.entries({ ...SECURITY_HEADERS, ...(options.secureCookies ? ONLY_TLS : {}) });
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) reply.header(name, value);
  });
  app.setErrorHandler((error, request, reply) => sendProblem(options.ctx, error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    if (options.page?.(request, reply) !== true) sendProblem(options.ctx, new Refusal('not-found'), request, reply);
  });
  if (options.observe !== undefined) {
    app.addHook('onResponse', async (request, reply) => {
      options.observe?.(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1000);
    });
  }
  for (const route of options.routes) addRoute(app, route, options);
  return app;
}

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const;
/** Once seen over TLS, never without it again: only where the public address is https. */
const ONLY_TLS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } as const;

function addRoute(app: FastifyInstance, route: Route, options: ServerOptions): void {
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  app.route({
    method: route.method,
    url: route.path,
    // Before the body is read: who may not ask does not make the server read.
    onRequest: async (request) => {
      const viewer = await viewerFor(route.right, request, options);
      if (route.method !== 'GET') refuseCrossSite(request, options);
      if (viewer !== undefined) viewers.set(request, viewer);
    },
    handler: async (request, reply) => {
      const viewer = viewers.get(request);
      const isStream = typeof (request.body as { pipe?: unknown } | null | undefined)?.pipe === 'function';
      const { params, query, headers, body } = request;
      const given = validate(isStream ? withoutBody(route) : route, { params, query, headers, body }, otherBody(route, request, isStream));
      const out = replyOf(reply);
      const answer = await route
        .handle({
          ctx: options.ctx,
          viewer,
          ...given,
          reply: out,
          headers: request.headers as Record<string, string | undefined>,
          address: request.ip,
          stream: isStream ? (request.body as NodeJS.ReadableStream) : request.raw,
          gone: goneOf(reply),
        } as RouteRequest<never, never, never>)
        .catch((error: unknown) => {
          if (!(error instanceof Left)) throw error;
          reply.hijack();
          return { sent: true };
        });
      if (reply.sent || (answer as SentReply | undefined)?.sent === true) return reply;
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      return reply.send(answer ?? null);
    },
  });
}

/**
 * A body that Fastify has read (JSON, text) is gone from the raw request: an upload made of it would be an empty file. And what reaches the
 * server unread is nothing that a route for JSON could check.
 */
function otherBody(route: Route, request: FastifyRequest, isStream: boolean): readonly Problem[] {
  const isWrong = isStream
    ? route.bodyAs !== 'stream'
    : route.bodyAs === 'stream' && route.body === undefined && request.body !== undefined;
  if (!isWrong) return [];
  const params = { given: request.headers['content-type'] ?? '', wanted: isStream ? 'application/json' : 'application/octet-stream' };
  return [{ code: 'content-type-wrong', column: 'headers.content-type', params }];
}

const withoutBody = (route: Route): Route => {
  const { body: _, ...rest } = route;
  return rest as Route;
};

async function viewerFor(
  right: Verb | 'signed-in' | 'public',
  request: FastifyRequest,
  options: ServerOptions,
): Promise<Viewer | undefined> {
  const token = tokenOf(request, options.secureCookies);
  const viewer = token === null ? undefined : await options.authenticate(token);
  if (right === 'public') return viewer;
  if (viewer === undefined) throw new Refusal('not-signed-in');
  if (right !== 'signed-in' && !may(viewer, right)) throw new Refusal('not-allowed', { right });
  return viewer;
}

function tokenOf(request: FastifyRequest, secure: boolean): string | null {
  const bearer = request.headers.authorization;
  if (bearer?.startsWith('Bearer ')) return bearer.slice(7);
  return request.cookies[sessionCookie(secure)] ?? null;
}

/** A browser names where a request comes from; a cookie alone is not enough to change anything. */
function refuseCrossSite(request: FastifyRequest, _options: ServerOptions): void {
  if (request.headers.authorization?.startsWith('Bearer ')) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && hostOf(origin) !== request.headers.host);
  if (foreign || request.headers['x-voxloop'] !== '1') throw new Refusal('cross-site');
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

function replyOf(reply: FastifyReply): Reply {
  const out: Reply = {
    status: (code) => {
      reply.status(code);
      return out;
    },
    header: (name, value) => {
      reply.header(name, value);
      return out;
    },
    send: (body) => {
      reply.send(body);
      return { sent: true };
    },
    raw: () => {
      reply.hijack();
      return reply.raw;
    },
  };
  return out;
}

function goneOf(reply: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort(new Left());
  });
  return leaving.signal;
}

function sendProblem(ctx: Context, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const chinese = !/^en\b/i.test(request.headers['accept-language'] ?? 'zh');
  const document = problemDocument(error, chinese);
  if (!request.raw.complete) discardRest(request, reply);
  if (document.status >= 500) ctx.log.error({ err: error, url: request.routeOptions.url, method: request.method }, 'request failed');
  if (document.status === 503 || document.status === 429) reply.header('retry-after', document.status === 429 ? '900' : '2');
  reply.status(document.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(document));
}

/** How long the rest of a body that was refused is taken and thrown away, in ms. */
const DISCARD_MS = 10_000;

/**
 * Whoever is refused before their body was read still sends: what comes is thrown away for a while, so that the answer is not lost with
 * a connection that breaks under their writing. Who has not ended by then is cut off.
 */
function discardRest(request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  const { raw } = request;
  raw.resume();
  const patience = setTimeout(() => raw.destroy(), DISCARD_MS);
  patience.unref();
  const rest = (): void => clearTimeout(patience);
  raw.once('end', rest).once('close', rest);
}
