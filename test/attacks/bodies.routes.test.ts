import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readTable } from '../../src/app/experiments/read-table.client.ts';
import { spoolUpload } from '../../src/ingest/spool.client.ts';
import { newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { openSession } from '../../src/people/sessions.sql.ts';
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
  await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_audit', 'audit', '审计员', 'ou_p', '{audit-admin}', 'province')`.execute(
    product.ctx.db,
  );
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

async function signedIn(): Promise<string> {
  const token = newToken();
  await openSession(product.ctx.db, tokenHash(token), 'me_p', product.ctx.clock.now());
  return `voxloop_session=${token}`;
}

/** Sends a body without end over a real connection: the answer, and how much of it had been taken by then. */
async function flood(path: string, headers: Record<string, string>): Promise<{ status: number; body: unknown; given: number }> {
  const { body, given } = pieces(2048);
  const cookie = await signedIn();
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, method: 'POST', headers: { 'x-voxloop': '1', cookie, ...headers } });
    asked.on('response', (answer) => {
      const taken = given();
      body.destroy();
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        asked.destroy();
        resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()), given: taken });
      });
    });
    asked.on('error', reject);
    body.pipe(asked);
  });
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
      for (const path of [IMPORT, '/api/voices?source=crm', '/api/rules'])
        expect([type, path, await announced(path, { 'content-type': type })]).toEqual([type, path, 401]);
  });

  it('is refused by what it says of its length, or once it is too long, where it would be held as text', async () => {
    for (const type of ['application/json', 'text/plain']) {
      expect(await announced(IMPORT, { 'content-type': type, cookie: await signedIn() })).toBe(413);
      const answer = await flood(IMPORT, { 'content-type': type });
      expect([answer.status, answer.body]).toEqual([413, expect.objectContaining({ code: 'too-large' })]);
      expect(answer.given).toBeLessThan(24 * MIB);
    }
  });

  it('is refused even where the answer is read only after all has been written', async () => {
    const body = 'a'.repeat(24 * MIB);
    const head = `POST ${IMPORT} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-voxloop: 1\r\ncookie: ${await signedIn()}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const socket = connect(port, '127.0.0.1').pause();
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.write(head + body, () => resolve());
    });
    const [answer] = (await once(socket.resume(), 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('ends at its first endless line where lines are taken', async () => {
    const answer = await flood('/api/voices?source=crm', { 'content-type': 'application/x-ndjson', 'idempotency-key': 'endless' });
    const problems = [expect.objectContaining({ code: 'row-too-large', row: 1 })];
    expect([answer.status, answer.body]).toEqual([413, expect.objectContaining({ problems })]);
    expect(answer.given).toBeLessThan(16 * MIB);
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
  const sent = { method: 'POST', url: '/api/ask', payload: 'a', headers: { 'content-type': 'application/octet-stream' } } as const;
  expect((await product.as('me_p', sent)).status).toBe(422);
  expect(await rowsOf(product.ctx.db, sql`select 1 from import_batches`)).toEqual([]);
});

test('a time that no calendar has is a mistake of who asks, not of the server', async () => {
  for (const url of [
    '/api/audit?from=2026-01-01T00%3A00%3A00%2B23%3A00',
    '/api/audit?before=0000-01-01T00%3A00%3A00Z',
    '/api/alarms?from=0000-01-01',
    '/api/alarms/counts?before=0000-01-01',
  ]) {
    const answer = await product.as(url.includes('audit') ? 'me_audit' : 'me_p', { method: 'GET', url });
    expect([url, answer.status, answer.body]).toEqual([url, 422, expect.objectContaining({ code: 'request-invalid' })]);
  }
});
