/** Longer than any program takes to come; what is older is asked for anew. */
const FRESH_MS = 15_000;

const asked = new Map<string, Promise<Response>>();

const keyOf = (path: string, { method = 'GET', body }: RequestInit): string => `${method} ${path} ${typeof body === 'string' ? body : ''}`;

/** Asks while the program is still on its way; each answer is taken once, by whoever asks the same first. */
export function askAhead(path: string, init: RequestInit = {}): void {
  if (asked.size === 0) setTimeout(forgetAhead, FRESH_MS);
  const answer = fetch(path, { credentials: 'same-origin', ...init });
  // Who takes it is told; who does not need not know.
  answer.catch(() => undefined);
  asked.set(keyOf(path, init), answer);
}

/** What is answered to a question that was asked ahead, left there for who takes it. */
export async function toldAhead<T>(path: string): Promise<T> {
  const answer = await asked.get(keyOf(path, {}));
  if (answer?.ok !== true) throw new Error(`${path} was not answered.`);
  return (await answer.clone().json()) as T;
}

export function takeAhead(path: string, init: RequestInit): Promise<Response> | undefined {
  const key = keyOf(path, init);
  const answer = asked.get(key);
  asked.delete(key);
  return answer;
}

/** Somebody signed in or out, or something was changed: what was asked before may be old. */
export function forgetAhead(): void {
  asked.clear();
}
