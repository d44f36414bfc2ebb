import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { newToken, tokenHash } from './passwords.client.ts';
import { type LiveEvent, publish, publishVoices } from './live.sql.ts';
import { openSession } from './sessions.sql.ts';

let product: TestProduct;
let base: string;
beforeAll(async () => {
  product = await testProduct({ work: false });
  await twoCities(product.ctx);
  base = await product.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => product[Symbol.asyncDispose]());

const event = (key: string, city: string | null): LiveEvent => ({
  topic: 'alarm',
  key,
  city,
  district: null,
  unitPath: null,
  department: null,
  payload: { key },
});
const happen = (key: string, city: string | null): Promise<void> =>
  product.ctx.db.transaction().execute((tx) => publish(tx, product.ctx, event(key, city)));

async function listen(
  member: string,
  headers: Record<string, string> = {},
): Promise<{ next(): Promise<{ id: string; key: string }>; heard(what: string): Promise<string>; close(): void }> {
  const token = newToken();
  await openSession(product.ctx.db, tokenHash(token), member, product.ctx.clock.now());
  const stop = new AbortController();
  const answer = await fetch(`${base}/api/events`, { headers: { cookie: `voxloop_session=${token}`, ...headers }, signal: stop.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const more = async (): Promise<void> => {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream ended after ${text}`);
    text += value;
  };
  return {
    async next() {
      for (;;) {
        const found = /id: (\S+)\nevent: \S+\ndata: (.+)\n\n/.exec(text);
        if (found !== null) {
          text = text.slice(found.index + found[0].length);
          return { id: found[1] ?? '', key: (JSON.parse(found[2] ?? '{}') as { key: string }).key };
        }
        await more();
      }
    },
    async heard(what) {
      while (!text.includes(what)) await more();
      const said = text.slice(0, text.indexOf(what));
      text = text.slice(said.length + what.length);
      return said;
    },
    close: () => stop.abort(),
  };
}

describe('live events', () => {
  it('reach whoever may see them, and nobody else', async () => {
    const a = await listen('me_a');
    const province = await listen('me_p');
    for (const [key, city] of [
      ['b1', 'B'],
      ['nowhere', null],
      ['a1', 'A'],
    ] as const)
      await happen(key, city);
    expect((await a.next()).key).toBe('a1');
    expect([(await province.next()).key, (await province.next()).key, (await province.next()).key]).toEqual(['b1', 'nowhere', 'a1']);
    a.close();
    province.close();
  });

  it('go on after the last one that was seen', async () => {
    const first = await listen('me_a');
    await happen('one', 'A');
    const seen = await first.next();
    first.close();
    await happen('two', 'A');
    await happen('three', 'B');
    await happen('four', 'A');
    const again = await listen('me_a', { 'last-event-id': seen.id });
    expect([(await again.next()).key, (await again.next()).key]).toEqual(['two', 'four']);
    again.close();
  });

  it('are not jumped over when their transaction commits late', async () => {
    const { ctx } = product;
    const watching = await listen('me_p');
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const late = ctx.db.transaction().execute(async (tx) => {
      await publish(tx, ctx, event('late', 'A'));
      await held;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await happen('early', 'A');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    release();
    await late;
    expect([(await watching.next()).key, (await watching.next()).key].toSorted()).toEqual(['early', 'late']);
    watching.close();
  });

  it('of new voices reach everybody whatever his scope, each time, and are nobody’s place to go on from', async () => {
    const watching = await listen('me_a');
    for (let i = 0; i < 2; i++) {
      await publishVoices(product.ctx.db, product.ctx.clock.now());
      expect(await watching.heard('event: voices\ndata: {}\n\n')).not.toContain('id: voices');
    }
    watching.close();
  });
});
