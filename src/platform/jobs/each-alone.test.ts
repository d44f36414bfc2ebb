import { pino } from 'pino';
import { expect, test } from 'vitest';
import { eachAlone } from './each-alone.ts';

const log = pino({ level: 'silent' });

test('one that fails keeps no other waiting', async () => {
  const done: number[] = [];
  await eachAlone([1, 2, 3], { log, failed: 'not done', idOf: String }, async (one) => {
    if (one === 2) throw new Error('bad');
    done.push(one);
  });
  expect(done).toEqual([1, 3]);
});

test('nothing is begun once it is to stop', async () => {
  const done: number[] = [];
  const stop = new AbortController();
  await eachAlone([1, 2, 3], { log, signal: stop.signal, failed: 'not done', idOf: String }, async (one) => {
    done.push(one);
    stop.abort();
  });
  expect(done).toEqual([1]);
});
