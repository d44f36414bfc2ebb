/** The interface document as the page reads it: calls by group, schemas flattened into rows. */

export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Content {
  readonly schema?: Schema;
}
interface Operation {
  readonly summary: string;
  readonly 'x-right': string;
  readonly 'x-scope': string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}
export interface OpenApi {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Call {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly right: string;
  readonly scoped: boolean;
  readonly parameters: readonly Parameter[];
  readonly bodies: readonly { readonly type: string; readonly schema: Schema | undefined }[];
  readonly answer: Schema | undefined;
}

const ORDER = ['get', 'post', 'put', 'patch', 'delete'];

/** Every call; its group is the first word of its path below /api, or the machine's own. */
export function callsOf(document: OpenApi): readonly Call[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
      .map(([method, operation]) => ({
        id: `${method}${path}`,
        method: method.toUpperCase(),
        path,
        tag: path.startsWith('/api/') ? (path.split('/')[2] ?? '') : 'server',
        summary: operation.summary,
        right: operation['x-right'],
        scoped: operation['x-scope'] === 'rows',
        parameters: operation.parameters ?? [],
        bodies: Object.entries(operation.requestBody?.content ?? {}).map(([type, content]) => ({ type, schema: content.schema })),
        answer: operation.responses?.['200']?.content?.['application/json']?.schema,
      })),
  );
}

/** Calls whose path, words or right hold every word. */
export function found(calls: readonly Call[], text: string): readonly Call[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return calls.filter((call) => {
    const all = `${call.method} ${call.path} ${call.summary} ${call.right}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export interface Row {
  /** `where[].field`: how deep a value lies. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly limits: string;
}

/** What a value is, in a word or two. */
export function typeOf(schema: Schema): string {
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return [...new Set(union.map(typeOf))].join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.type === 'array') return `${schema.items === undefined ? 'any' : typeOf(schema.items)}[]`;
  if (schema.type === undefined) return 'any';
  const name = typeof schema.type === 'string' ? schema.type : schema.type.join(' | ');
  return schema.format === undefined ? name : `${name} (${schema.format})`;
}

/** A safe integer's own bounds say nothing. */
const BORING = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

export function limitsOf(schema: Schema): string {
  const inner = schema.anyOf?.find((one) => one.type !== 'null');
  if (inner !== undefined) return limitsOf(inner);
  const range = (least: number | undefined, most: number | undefined, unit: string): readonly string[] => {
    const [from, to] = [least, most].map((one) => (one === undefined || BORING.has(one) ? undefined : one));
    if (from === undefined && to === undefined) return [];
    return [from === undefined ? `≤ ${to}${unit}` : to === undefined ? `≥ ${from}${unit}` : `${from}–${to}${unit}`];
  };
  return [
    ...range(schema.minimum, schema.maximum, ''),
    ...range(schema.minLength, schema.maxLength, ' chars'),
    ...range(schema.minItems, schema.maxItems, ' items'),
    ...(schema.pattern === undefined || schema.format !== undefined ? [] : [schema.pattern]),
    ...(schema.default === undefined ? [] : [`= ${JSON.stringify(schema.default)}`]),
  ].join(', ');
}

const DEEPEST = 4;

/** An object's fields, and those of the objects in it, as rows of a table. */
export function rowsOf(schema: Schema, prefix = '', depth = 0): readonly Row[] {
  if (depth > DEEPEST) return [];
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return dedupe(union.flatMap((one) => rowsOf(one, prefix, depth)));
  if (schema.type === 'array' && schema.items !== undefined) return rowsOf(schema.items, `${prefix}[]`, depth);
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const full = prefix === '' ? name : `${prefix}.${name}`;
    const own: Row = { name: full, type: typeOf(value), required: schema.required?.includes(name) ?? false, limits: limitsOf(value) };
    return [own, ...rowsOf(value, full, depth + 1)];
  });
}

const dedupe = (rows: readonly Row[]): readonly Row[] => [...new Map(rows.map((row) => [`${row.name}\n${row.type}`, row])).values()];

/** The smallest value that fits, for an example. */
export function sampleOf(schema: Schema | undefined, depth = 0): unknown {
  if (schema === undefined || depth > DEEPEST) return {};
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return sampleOf(union[0], depth);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name], depth + 1)]));
    case 'array':
      return (schema.minItems ?? 0) > 0 ? [sampleOf(schema.items, depth + 1)] : [];
    case 'integer':
    case 'number':
      return schema.minimum !== undefined && !BORING.has(schema.minimum) ? schema.minimum : 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return schema.format === 'date-time' ? '2026-03-01T08:00:00Z' : '…';
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A request for a shell; a header of one's own shows that no other site sent it. */
export function curlOf(call: Call, base: string): string {
  const query = call.parameters.filter((one) => one.in === 'query' && one.required === true).map((one) => `${one.name}=…`);
  const address = `${base}${call.path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  const json = call.bodies.find((body) => body.type === 'application/json');
  const upload = json === undefined && call.bodies.length > 0;
  return [
    `curl ${call.method === 'GET' ? '' : `-X ${call.method} `}${quoted(address)}`,
    ...(call.right === 'public' ? [] : [`-H 'Authorization: Bearer '"$VOXLOOP_TOKEN"`]),
    ...(call.method === 'GET' ? [] : [`-H 'x-voxloop: 1'`]),
    ...call.parameters.filter((one) => one.in === 'header').map((one) => `-H ${quoted(`${one.name}: ${String(sampleOf(one.schema))}`)}`),
    ...(json === undefined ? [] : [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(sampleOf(json.schema)))}`]),
    ...(upload ? [`-H 'content-type: ${call.bodies[0]?.type ?? ''}'`, '--data-binary @file'] : []),
  ].join(' \\\n  ');
}
