import type { InjectOptions } from 'fastify';

/** One place of a request where an attacker may put text of his own. */
export interface Slot {
  readonly where: string;
  /** The request with that text in this place. */
  with(text: string): InjectOptions;
}

/** Every word of a request: parts of the path that are ids, query values and names, body values and names. */
export function slotsOf(request: InjectOptions): readonly Slot[] {
  const url = new URL(String(request.url), 'http://x');
  return [...pathSlots(request, url), ...querySlots(request, url), ...bodySlots(request)];
}

const plain = (url: URL): string => url.pathname + url.search;

function pathSlots(request: InjectOptions, url: URL): readonly Slot[] {
  const parts = url.pathname.split('/');
  return parts.flatMap((part, i) =>
    i < 3 || part === ''
      ? []
      : [
          {
            where: `path ${i}`,
            with: (text: string) => ({
              ...request,
              url: parts.map((one, j) => (j === i ? encodeURIComponent(wellFormed(text)) : one)).join('/') + url.search,
            }),
          },
        ],
  );
}

function querySlots(request: InjectOptions, url: URL): readonly Slot[] {
  const changed = (change: (query: URLSearchParams) => void): InjectOptions => {
    const copy = new URL(url);
    change(copy.searchParams);
    return { ...request, url: plain(copy) };
  };
  return [...url.searchParams.keys()].flatMap((name) => [
    { where: `?${name}`, with: (text: string) => changed((query) => query.set(name, text)) },
    { where: `? name`, with: (text: string) => changed((query) => query.set(text, 'x')) },
  ]);
}

function bodySlots(request: InjectOptions): readonly Slot[] {
  const { payload } = request;
  if (payload === undefined || typeof payload !== 'object' || payload instanceof Uint8Array) return [];
  return leavesOf(payload, []).map((path) => ({
    where: `body ${path.map(String).join('.')}`,
    with: (text: string) => ({ ...request, payload: replaced(payload, path, text) as object }),
  }));
}

type Path = readonly (string | number)[];

/** Strings, and one new name per object. */
function leavesOf(node: unknown, at: Path): readonly Path[] {
  if (typeof node === 'string') return [at];
  if (Array.isArray(node)) return node.flatMap((child, i) => leavesOf(child, [...at, i]));
  if (typeof node !== 'object' || node === null) return [];
  return [...Object.entries(node).flatMap(([key, child]) => leavesOf(child, [...at, key])), [...at, NEW_NAME]];
}

const NEW_NAME = '(a new name)';

function replaced(node: unknown, [first, ...rest]: Path, text: string): unknown {
  if (first === undefined) return text;
  if (Array.isArray(node)) return node.map((child, i) => (i === first ? replaced(child, rest, text) : (child as unknown)));
  const entries = Object.entries(node as object);
  // `__proto__` must become a name of the JSON text itself, as it travels; an object literal would swallow it.
  if (first === NEW_NAME) return Object.fromEntries([...entries, [text, 'x']]);
  return Object.fromEntries(entries.map(([key, child]) => [key, key === first ? replaced(child, rest, text) : (child as unknown)]));
}

/** A lone surrogate cannot stand in an address. */
const wellFormed = (text: string): string => text.toWellFormed();
