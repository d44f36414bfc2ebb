/** Longer than any program takes to come; what is older is asked for anew. */
const FRESH_MS = 15_000;

const asked = new Map<string, Promise<Response>>();

/** Asks while the program is still on its way; each answer is taken once, by whoever asks for the same path first. */
export function askAhead(paths: readonly string[]): void {
  for (const path of paths) {
    const answer = fetch(path, { credentials: 'same-origin' });
    // Who takes it is told; who does not need not know.
    answer.catch(() => undefined);
    asked.set(path, answer);
  }
  setTimeout(forgetAhead, FRESH_MS);
}

export function takeAhead(path: string): Promise<Response> | undefined {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}

/** Somebody signed in or out, or something was changed: what was asked before may be old. */
export function forgetAhead(): void {
  asked.clear();
}
