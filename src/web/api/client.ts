import type { Problem } from '../../model/problem.ts';
import { forgetAhead, takeAhead } from './ahead.ts';

/** Every refusal of the server, with all that is wrong at once. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly problems: readonly Problem[];
  constructor(status: number, body: Partial<Pick<ApiProblem, 'code' | 'detail' | 'params' | 'problems'>>) {
    super(body.code ?? `http-${status}`);
    this.status = status;
    this.code = body.code ?? (status === 404 ? 'not-found' : status >= 500 ? 'unavailable' : `http-${status}`);
    this.detail = body.detail ?? '';
    this.params = body.params ?? {};
    this.problems = body.problems ?? [];
  }
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString()}`;
}

/** Questions are asked by POST, too; they change nothing. */
const changes = (init: RequestInit): boolean => init.method !== undefined && init.method !== 'POST';

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await (takeAhead(path, init) ?? fetch(path, { credentials: 'same-origin', ...init }));
  } catch {
    throw new ApiProblem(0, { code: 'unreachable' });
  }
  if (!response.ok || changes(init)) forgetAhead();
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => ({}));
  throw new ApiProblem(response.status, body !== null && typeof body === 'object' ? body : {});
}

const asJson = async <T>(response: Response): Promise<T> => {
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as T;
};

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return asJson<T>(await send(addressOf(path, query), signal === undefined ? {} : { signal }));
}

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The header proves that the request comes from our own page. */
const OURS = { 'x-voxloop': '1' };

export function jsonInit(method: Method, body: unknown): RequestInit {
  return body === undefined
    ? { method, headers: OURS }
    : { method, headers: { ...OURS, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export async function change<T>(method: Method, path: string, body?: unknown, more: Readonly<Record<string, string>> = {}): Promise<T> {
  const init = jsonInit(method, body);
  return asJson<T>(await send(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...more } }));
}

export async function upload<T>(path: string, query: Query, file: Blob): Promise<T> {
  const headers = { ...OURS, 'content-type': 'application/octet-stream' };
  return asJson<T>(await send(addressOf(path, query), { method: 'POST', headers, body: file }));
}

/** Asks for bytes and hands them to the browser as a file. */
export async function download(path: string, body: unknown, fallbackName: string): Promise<void> {
  const response = await send(path, jsonInit('POST', body));
  const stated = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), {
    href: address,
    download: stated === undefined ? fallbackName : decodeURIComponent(stated),
  });
  link.click();
  URL.revokeObjectURL(address);
}
