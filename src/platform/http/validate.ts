import { z } from 'zod';
import type { Problem, ProblemCode } from '../../model/problem.ts';
import { Refusal, type Route } from './route.ts';

type Part = 'params' | 'query' | 'headers' | 'body';

const NOTHING = z.strictObject({});

/** Checks every part of a request and refuses with all mistakes of all parts at once, those that were `found` before it among them. */
export function validate(
  route: Route,
  given: Readonly<Record<Part, unknown>>,
  found: readonly Problem[],
): { params: unknown; query: unknown; body: unknown } {
  const problems: Problem[] = [...found];
  const check = (part: Part, schema: z.ZodType | undefined): unknown => {
    if (schema === undefined) return part === 'query' || (part === 'body' && route.bodyAs !== 'stream') ? refuseAny(part) : given[part];
    const parsed = schema.safeParse(given[part] ?? (part === 'body' ? undefined : {}));
    if (parsed.success) {
      problems.push(...unstorable(given[part], part));
      return parsed.data;
    }
    problems.push(...parsed.error.issues.flatMap((issue) => problemsOf(part, issue, given[part])));
    return undefined;
  };
  // What a route does not declare it does not take: a field that nobody reads is a mistake of the sender.
  const refuseAny = (part: Part): unknown => {
    const parsed = NOTHING.safeParse(given[part] ?? {});
    if (!parsed.success) problems.push(...parsed.error.issues.flatMap((issue) => problemsOf(part, issue, given[part])));
    return given[part];
  };
  const params = check('params', route.params);
  const query = check('query', route.query);
  check('headers', route.headers);
  const body = check('body', route.body);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  return { params, query, body };
}

function problemsOf(part: Part, issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ code: 'field-unknown', column: [part, ...path, key].join('.') }));
  }
  return [{ code: codeOf(issue, input), column: [part, ...path].join('.'), params: { message: issue.message, ...rangeOf(issue) } }];
}

function codeOf(issue: z.core.$ZodIssue, input: unknown): ProblemCode {
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'value-out-of-range';
  if (issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined) return 'field-required';
  return 'field-invalid';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  return value;
}

/** PostgreSQL stores neither NUL nor half a surrogate pair: text with one is refused here, whatever field it is for. */
function unstorable(node: unknown, at: string): Problem[] {
  if (typeof node === 'string') return node.includes('\u0000') || !node.isWellFormed() ? [{ code: 'text-not-storable', column: at }] : [];
  if (typeof node !== 'object' || node === null || ArrayBuffer.isView(node)) return [];
  return Object.entries(node).flatMap(([key, child]) => [...unstorable(key, `${at}.${key}`), ...unstorable(child, `${at}.${key}`)]);
}

/** The bounds that a value missed, so that the sentence can name them. */
function rangeOf(issue: z.core.$ZodIssue): Record<string, string> {
  if (issue.code === 'too_small') return { min: String(issue.minimum) };
  return issue.code === 'too_big' ? { max: String(issue.maximum) } : {};
}
