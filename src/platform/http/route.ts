import type { z } from 'zod';
import type { Problem } from '../../model/problem.ts';
import type { Verb, Viewer } from '../../model/people.ts';
import type { Context } from '../context.ts';

/**
 * Routes are data: a table that registers itself, writes the OpenAPI file and feeds the scope test.
 * `right`: the verb a member needs; 'signed-in' any member; 'public' nobody needed.
 * `scope`: 'rows' = the answer is filtered by the viewer's data scope; 'none' = it carries no scoped data (say why in `summary`).
 */
export interface Route<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly right: Verb | 'signed-in' | 'public';
  readonly scope: 'rows' | 'none';
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Headers the route reads, by lower-case name. */
  readonly headers?: z.ZodType;
  /** Shape of the answer, for OpenAPI. */
  readonly answer?: z.ZodType;
  /** 'stream': the body reaches the handler unread (uploads, NDJSON). */
  readonly bodyAs?: 'json' | 'stream';
  readonly handle: (request: RouteRequest<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<unknown>;
}

export interface RouteRequest<P = unknown, Q = unknown, B = unknown> {
  readonly ctx: Context;
  /** Never absent on routes that are not public. */
  readonly viewer: Viewer;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The network address that the request came from; a proxy's, where one stands in front. */
  readonly address: string;
  readonly stream: NodeJS.ReadableStream;
  readonly reply: Reply;
  /** Aborted (with a `Left`) when whoever asked went away before the answer: long work for nobody ends. */
  readonly gone: AbortSignal;
}

/** Whoever asked went away: nobody is there to be answered, and nothing went wrong. */
export class Left extends Error {
  constructor() {
    super('whoever asked went away');
  }
}

/** What a handler may set beside its answer. */
export interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  /** Sends bytes or a stream instead of JSON. */
  send(body: Uint8Array | NodeJS.ReadableStream | string): SentReply;
  /** Hands the raw socket over (server-sent events). */
  raw(): import('node:http').ServerResponse;
}
export interface SentReply {
  readonly sent: true;
}

/** Keeps the types of a route's parts together. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(definition: Route<P, Q, B>): Route {
  return definition as unknown as Route;
}

/** A refusal with a stable code; `platform/http/errors.ts` alone knows status codes. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly problems: readonly Problem[];
  constructor(code: RefusalCode, params: Readonly<Record<string, string | number>> = {}, problems: readonly Problem[] = []) {
    super(code);
    this.code = code;
    this.params = params;
    this.problems = problems;
  }
}
export type RefusalCode =
  | 'not-signed-in'
  | 'not-allowed'
  | 'not-found'
  | 'stale-version'
  | 'version-required'
  | 'request-invalid'
  | 'transition-illegal'
  | 'conflict'
  | 'key-reused'
  | 'sign-in-failed'
  | 'sign-in-throttled'
  | 'cross-site'
  | 'too-large'
  | 'busy'
  | 'link-unusable'
  | 'reason-required'
  | 'key-required'
  | 'state-wrong'
  | 'still-needed'
  | 'question-invalid'
  | 'query-timeout'
  | 'unavailable';
