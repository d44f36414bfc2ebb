import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readTable } from '../../src/app/experiments/read-table.client.ts';
import { spoolUpload } from '../../src/ingest/spool.client.ts';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';

const MIB = 1024 * 1024;
const IMPORT = '/api/imports?name=a.csv&source=attack';

let product: TestProduct;
let port: number;
let scratch: string;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
  await product.app.listen({ host: '127.0.0.1', port: 0 });
  port = (product.app.server.address() as AddressInfo).port;
  scratch = mkdtempSync(join(tmpdir(), 'voxloop-bodies-'));
});
afterAll(async () => {
  await product[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true, force: true });
});

/** As much of a body as somebody asks for, up to so many pieces of 64 KiB. */
function pieces(most: number): { readonly body: Readable; given(): number } {
  let given = 0;
  const piece = Buffer.alloc(65_536, 'a');
  const body = new Readable({
    read() {
      this.push(given++ < most ? piece : null);
    },
  });
  return { body, given: () => Math.min(given, most) * piece.length };
}

/** Says that 600 MiB follow, sends a little, and tells what the answer is. */
const announced = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request({ port, path, method: 'POST', headers: { 'x-voxloop': '1', 'content-length': 600 * MIB, ...headers } });
    asked.on('response', (answer) => {
      resolve(answer.statusCode ?? 0);
      asked.destroy();
    });
    asked.on('error', reject);
    asked.write('{"a":"');
  });

describe('a body that would fill the memory', () => {
  it('of somebody who has not signed in is not even read, whatever it says it is', async () => {
    for (const type of ['application/json', 'text/plain', 'application/octet-stream', 'application/x-ndjson'])
      for (const path of [IMPORT, '/api/voices?source=crm', '/api/orders/x/close'])
        expect([type, path, await announced(path, { 'content-type': type })]).toEqual([type, path, path.includes('close') ? 404 : 401]);
  });

  it('is refused by what it says of its length, or once it is too long, where it would be held as text', async () => {
    for (const type of ['application/json', 'text/plain']) {
      const { body, given } = pieces(1024);
      const answer = await product.as('me_p', { method: 'POST', url: IMPORT, payload: body, headers: { 'content-type': type } });
      expect([answer.status, answer.body]).toEqual([413, expect.objectContaining({ code: 'too-large' })]);
      expect(given()).toBeLessThan(10 * MIB);
    }
  });

  it('ends at its first endless line where lines are taken', async () => {
    const { body, given } = pieces(1024);
    const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': 'endless' };
    const answer = await product.as('me_p', { method: 'POST', url: '/api/voices?source=crm', payload: body, headers });
    expect([answer.status, answer.body]).toEqual([
      413,
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'row-too-large', row: 1 })] }),
    ]);
    expect(given()).toBeLessThan(3 * MIB);
  });

  it('leaves nothing in the spool', async () => {
    const { body } = pieces(64);
    await expect(spoolUpload(scratch, 'large', body, MIB)).rejects.toMatchObject({ code: 'too-large', params: { bytes: MIB } });
    expect(readdirSync(join(scratch, 'spool'))).toEqual([]);
  });

  it('is refused as a table of more cells or text than one may hold', async () => {
    const path = join(scratch, 'wide.csv');
    writeFileSync(path, `a,b\n${'1,2\n'.repeat(50)}`);
    expect((await readTable(path, {}, { cells: 100, chars: 100 })).table.rows).toBe(50);
    await expect(readTable(path, {}, { cells: 99, chars: 100 })).rejects.toMatchObject({ code: 'too-large' });
    await expect(readTable(path, {}, { cells: 100, chars: 99 })).rejects.toMatchObject({ code: 'too-large' });
  });
});

test('an upload that is not sent as one is refused, not stored as an empty file', async () => {
  for (const [type, payload] of [
    ['application/json', '{"id":"1"}'],
    ['text/plain', 'id,text'],
  ] as const) {
    const answer = await product.as('me_p', { method: 'POST', url: IMPORT, payload, headers: { 'content-type': type } });
    expect([answer.status, answer.body]).toEqual([
      422,
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'content-type-wrong' })] }),
    ]);
  }
  const sent = { method: 'POST', url: '/api/questions', payload: 'a', headers: { 'content-type': 'application/octet-stream' } } as const;
  expect((await product.as('me_p', sent)).status).not.toBe(500);
  expect(await rowsOf(product.ctx.db, sql`select 1 from import_batches`)).toEqual([]);
});
