import { request } from 'node:http';
import { expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { Left, route } from './route.ts';
import { buildServer } from './server.ts';

test('who goes away before the answer ends the work for it; who stays does not', async () => {
  let leaving: (reason: unknown) => void = () => undefined;
  const left = new Promise((resolve) => (leaving = resolve));
  const signals: AbortSignal[] = [];
  const slow = route({
    method: 'GET',
    path: '/slow',
    summary: 'Waits until nobody waits for it.',
    right: 'public',
    scope: 'none',
    handle: ({ gone }) =>
      new Promise((_, reject) => {
        gone.addEventListener('abort', () => {
          leaving(gone.reason);
          reject(gone.reason as Error);
        });
        asked.destroy();
      }),
  });
  const quick = route({
    method: 'GET',
    path: '/quick',
    summary: 'Answers.',
    right: 'public',
    scope: 'none',
    handle: async ({ gone }) => {
      signals.push(gone);
      return { ok: true };
    },
  });
  const failures: unknown[] = [];
  const ctx = { log: { error: (told: unknown) => failures.push(told) } } as unknown as Context;
  const app = await buildServer({ ctx, routes: [slow, quick], secureCookies: false, authenticate: async () => undefined });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const asked = request(`${base}/slow`);
  asked.on('error', () => undefined);
  try {
    asked.end();
    expect(await left).toBeInstanceOf(Left);
    expect((await fetch(`${base}/quick`)).status).toBe(200);
    expect(signals[0]!.aborted).toBe(false);
    expect(failures).toEqual([]);
  } finally {
    await app.close();
  }
});
