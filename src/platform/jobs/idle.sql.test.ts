import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { freshDb } from '../../../test/kit/db.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../postgres/db.ts';
import { openJobs } from './pg-boss.client.ts';

const QUEUE = 'test.chain';

interface Payload {
  readonly name: string;
  readonly asksFor?: string;
}

test('whoever waits for the jobs sees through what was asked for and what that asked for, and not what others ask for meanwhile', async () => {
  await using fresh = await freshDb();
  const done: string[] = [];
  const definition = {
    queue: QUEUE,
    run: async (_ctx: Context, payload: Payload) => {
      if (payload.asksFor !== undefined) await inTransaction(fresh.db, (tx) => jobs.enqueue(tx, QUEUE, { name: payload.asksFor }));
      done.push(payload.name);
    },
    fold: (payloads: readonly Payload[]) => payloads,
  };
  const jobs = await openJobs(fresh.url, fresh.db, [definition as never], pino({ level: 'silent' }), { alone: true });
  let others = true;
  try {
    await jobs.work({} as Context);
    await inTransaction(fresh.db, (tx) => jobs.enqueue(tx, QUEUE, { name: 'first', asksFor: 'second' }));
    const busy = (async () => {
      for (let n = 0; others; n++) {
        await inTransaction(fresh.db, (tx) => jobs.enqueue(tx, QUEUE, { name: `other ${n}` }));
        await sleep(20);
      }
    })();
    expect(await jobs.idle(20_000)).toBe(true);
    others = false;
    await busy;
    expect(done).toContain('second');
  } finally {
    others = false;
    await jobs.stop();
  }
});
