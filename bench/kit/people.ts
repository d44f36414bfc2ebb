import { Agent, request } from 'node:http';

/** What people at their screens ask for all day, in turn: a page of voices, a question, the overview, one voice, the orders. */
export interface Asked {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
}

export interface Latencies {
  readonly sorted: readonly number[];
  readonly byName: ReadonlyMap<string, readonly number[]>;
  readonly failed: number;
}

/** A handful of people: one request every so many milliseconds, whether or not the last was answered, as they would not wait for each other. */
export function startPeople(base: string, token: string, asked: readonly Asked[], everyMs: number): { stop(): Promise<Latencies> } {
  const agent = new Agent({ keepAlive: true });
  const byName = new Map<string, number[]>(asked.map(({ name }) => [name, []]));
  const open = new Set<Promise<void>>();
  let failed = 0;
  let turn = 0;
  const timer = setInterval(() => {
    const one = asked[turn++ % asked.length];
    if (one === undefined) return;
    const began = performance.now();
    const answered = send(agent, base, token, one).then(
      () => void byName.get(one.name)?.push(performance.now() - began),
      () => void (failed += 1),
    );
    open.add(answered);
    void answered.then(() => open.delete(answered));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(open);
      agent.destroy();
      const sorted = new Map([...byName].map(([name, took]) => [name, took.toSorted((a, b) => a - b)]));
      return { sorted: [...byName.values()].flat().toSorted((a, b) => a - b), byName: sorted, failed };
    },
  };
}

/** Sends one request and reads its answer to the end. */
export function send(agent: Agent, base: string, token: string, { method, path, body }: Asked): Promise<string> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    'x-voxloop': '1',
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, base), { agent, method, headers }, (answer) => {
      let read = '';
      answer.setEncoding('utf8').on('data', (part: string) => (read += part));
      answer.on('end', () =>
        (answer.statusCode ?? 500) < 300 ? resolve(read) : reject(new Error(`${path}: ${answer.statusCode} ${read}`)),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
