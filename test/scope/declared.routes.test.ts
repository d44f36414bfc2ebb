import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routeTable } from '../../src/app/routes.ts';
import { ROLES, VERBS } from '../../src/model/people.ts';
import { may } from '../../src/model/may.ts';
import { newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { openSession } from '../../src/people/sessions.sql.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';
import { emptyRequest, nameOf } from './requests.ts';

/** Routes without data scope, each with what somebody decided about it. A new one fails here until somebody has. */
const WITHOUT_SCOPE: Readonly<Record<string, string>> = {
  'POST /api/session': 'nobody is signed in yet; answers about the one who signs in',
  'POST /api/session/link': 'nobody is signed in yet; answers about the one who signs in',
  'DELETE /api/session': 'ends the own session',
  'PATCH /api/me': 'changes the own language',
  'GET /api/me/preferences': 'the own settings',
  'PUT /api/me/preferences': 'the own settings',
  'POST /api/me/password': 'changes the own password',
  'POST /api/exports/table': 'the caller sends the cells that he sees; nothing of ours is added',
  'GET /api/me/sessions': 'the own sessions and tokens',
  'DELETE /api/me/sessions/:id': 'ends an own session or token',
  'POST /api/me/tokens': 'makes an own token with no more than the own rights',
  'POST /api/audit/export': 'the audit administrator takes out what he sees by office; no voices in it',
  'GET /api/system': 'for who runs the machine; counts and states of its parts',
  'POST /api/warehouse/rebuild': 'for who runs the machine; makes a copy anew',
  'POST /api/warehouse/parity': 'for who runs the machine; compares counts',
  'GET /api/audit': 'the audit administrator looks at everybody’s deeds by office; no voices in it',
  'GET /api/rules': 'settings of departments, the same for all who may read them; no voices in them',
  'POST /api/rules': 'settings; who may write which department’s is checked by department',
  'PUT /api/rules/:id': 'settings; who may write which department’s is checked by department',
  'GET /api/handling': 'settings of handling, the same for all who may read them; no voices in them',
  'POST /api/handling/lines': 'settings of handling, the same for all who may read them; no voices in them',
  'POST /api/satisfaction/decisions': 'settings of the mapping, the same for all who may read them; no voices in them',
  'POST /api/segments/runs': 'asks for a job; the answer names runs and months, no customers',
  'POST /api/segments/runs/:id/cancel': 'asks a job to stop; the answer names the run and its month, no customers',
  'GET /api/jobs': 'for who runs the machine; payloads carry ids only',
  'POST /api/jobs/:id/replay': 'for who runs the machine; runs what was asked for once already',
  'GET /api/knowledge-map': 'what the content pack says; numbers are asked of /api/ask',
  'GET /api/knowledge-map/leaf': 'what the content pack says about one cause, and how the reader reads those sentences',
  'GET /api/record/form': 'what the content pack says, and the own habits',
  'GET /api/experiments/power': 'arithmetic of what the caller names; no data in it',
  'PUT /api/levels/settings': 'settings, the same for all; no voices in them',
  'GET /api/peaks/settings': 'settings, the same for all; no voices in them',
  'PUT /api/peaks/settings': 'settings, the same for all; no voices in them',
  'GET /api/models': 'figures about the model: sums over everything that it learned from, no voices in them',
  'POST /api/models/train/cancel': 'stops a training; answers nothing but that',
  'POST /api/models/train': 'asks for a new version; answers nothing but that',
  'GET /livez': 'about the process',
  'GET /readyz': 'about the process',
  'GET /version': 'about the program',
  'GET /metrics': 'about the process; counts of requests and jobs',
  'GET /openapi.json': 'about the program',
};

let product: TestProduct;
const cookies = new Map<string, string>();
const cookieOf = (member: string): string => cookies.get(member) ?? '';

beforeAll(async () => {
  product = await testProduct({ work: false });
  const { ctx } = product;
  await twoCities(ctx, ['a']);
  for (const roles of [...ROLES.map((role) => [role]), [...ROLES]]) {
    const id = roles.length === 1 ? `me_only_${roles[0]}` : 'me_all';
    await sql`insert into members (id, login, name, unit_id, roles, scope) values (${id}, ${id}, ${id}, 'ou_p', ${roles}::text[], 'province')`.execute(
      ctx.db,
    );
    const token = newToken();
    await openSession(ctx.db, tokenHash(token), id, ctx.clock.now());
    cookies.set(id, `voxloop_session=${token}`);
  }
});
afterAll(() => product[Symbol.asyncDispose]());

const ask = async (
  route: Route,
  headers: Record<string, string>,
  query = '',
): Promise<{ status: number; code: string; columns: readonly string[] }> => {
  const request = emptyRequest(route, query);
  const answer = await product.app.inject({ ...request, headers: { ...request.headers, ...headers } });
  const problem = (String(answer.headers['content-type']).includes('problem') ? JSON.parse(answer.body) : {}) as Partial<Problem>;
  return {
    status: answer.statusCode,
    code: problem.code ?? '',
    columns: (problem.problems ?? []).filter((p) => p.code === 'field-unknown').map((p) => p.column),
  };
};
interface Problem {
  readonly code: string;
  readonly problems: readonly { readonly code: string; readonly column: string }[];
}

describe('every route', () => {
  it('declares who may call it and whose rows it shows; one without scope has a reason that somebody gave', () => {
    const undeclared = routeTable.filter(
      (r) => !['signed-in', 'public', ...VERBS].includes(r.right) || !['rows', 'none'].includes(r.scope),
    );
    expect(undeclared.map(nameOf)).toEqual([]);
    expect(
      routeTable
        .filter((r) => r.scope === 'none')
        .map(nameOf)
        .toSorted(),
    ).toEqual(Object.keys(WITHOUT_SCOPE).toSorted());
    expect(routeTable.filter((r) => r.right === 'public' && r.scope === 'rows').map(nameOf)).toEqual([]);
    expect(new Set(routeTable.map(nameOf)).size).toBe(routeTable.length);
  });

  it('describes its parameters, query and body as strict objects', () => {
    const loose = routeTable.flatMap((route) => {
      const parts = { params: route.params, query: route.query, body: route.body };
      return Object.entries(parts).flatMap(([part, schema]) =>
        schema === undefined ? [] : looseObjects(schema).map((at) => `${nameOf(route)} ${part}${at}`),
      );
    });
    expect(loose).toEqual([]);
    expect(routeTable.filter((r) => r.path.includes(':') && r.params === undefined).map(nameOf)).toEqual([]);
  });

  it('refuses fields that it does not know, in the query and in the body', async () => {
    for (const route of routeTable) {
      const headers = { cookie: cookieOf('me_all'), 'x-voxloop': '1' };
      const asked = await ask(route, headers, '?surprise=1');
      expect([nameOf(route), asked.status, asked.columns]).toEqual([nameOf(route), 422, ['query.surprise']]);
      if (route.method === 'GET' || route.bodyAs === 'stream') continue;
      const request = emptyRequest(route);
      const answer = await product.app.inject({ ...request, payload: '{"surprise":1}', headers: { ...request.headers, ...headers } });
      expect([nameOf(route), answer.statusCode, answer.body]).toEqual([
        nameOf(route),
        422,
        expect.stringContaining('"code":"request-invalid"'),
      ]);
    }
  });

  it('that changes something refuses requests from elsewhere', async () => {
    const own = { cookie: cookieOf('me_all') };
    const elsewhere: readonly Record<string, string>[] = [
      own,
      { ...own, 'x-voxloop': '0' },
      { ...own, 'x-voxloop': '1', origin: 'https://evil.example' },
      { ...own, 'x-voxloop': '1', origin: 'null' },
      { ...own, 'x-voxloop': '1', 'sec-fetch-site': 'cross-site' },
      { ...own, 'x-voxloop': '1', 'sec-fetch-site': 'same-site' },
    ];
    for (const route of routeTable.filter((r) => r.method !== 'GET')) {
      for (const headers of elsewhere)
        expect([nameOf(route), headers, await ask(route, headers)]).toMatchObject([
          nameOf(route),
          headers,
          { status: 403, code: 'cross-site' },
        ]);
    }
  });

  it('is closed to whoever is not signed in, unless it is public', async () => {
    for (const route of routeTable) {
      for (const headers of [
        { 'x-voxloop': '1' },
        { 'x-voxloop': '1', cookie: 'voxloop_session=made-up' },
        { authorization: 'Bearer made-up' },
      ] as const) {
        const answer = await ask(route, headers as Record<string, string>, '?surprise=1');
        expect([nameOf(route), answer.status]).toEqual([nameOf(route), route.right === 'public' ? 422 : 401]);
      }
    }
  });

  it('is closed to every role without its right, and open to the others', async () => {
    for (const route of routeTable) {
      for (const role of ROLES) {
        if (route.right === 'public' || route.right === 'signed-in') continue;
        const answer = await ask(route, { cookie: cookieOf(`me_only_${role}`), 'x-voxloop': '1' }, '?surprise=1');
        const open = may({ roles: [role] }, route.right);
        expect([nameOf(route), role, answer]).toMatchObject([
          nameOf(route),
          role,
          open ? { status: 422, code: 'request-invalid' } : { status: 403, code: 'not-allowed' },
        ]);
      }
    }
  });
});

/** Where in a schema an object would take fields that nobody declared. */
function looseObjects(schema: z.ZodType): readonly string[] {
  const found: string[] = [];
  const walk = (node: unknown, at: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties, additionalProperties } = node as { properties?: object; additionalProperties?: unknown };
    if (properties !== undefined && additionalProperties !== false) found.push(at);
    for (const [key, child] of Object.entries(node))
      walk(child, ['properties', 'items', 'anyOf', 'oneOf', 'allOf', '$defs'].includes(key) ? at : `${at}.${key}`);
  };
  walk(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }), '');
  return found;
}
