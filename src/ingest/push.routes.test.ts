import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { viewerOf } from '../people/members.sql.ts';
import { rowOf } from '../platform/postgres/db.ts';
import { Intake } from './intake.sql.ts';
import { draftOf, pushedVoice } from './pushed-voice.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
});
afterAll(() => product[Symbol.asyncDispose]());

const push = (key: string, payload: object | string, options: { member?: string; source?: string } = {}) =>
  product.as(options.member ?? 'me_p', {
    method: 'POST',
    url: `/api/voices?source=${options.source ?? 'crm'}`,
    payload,
    headers: { 'idempotency-key': key, ...(typeof payload === 'string' ? { 'content-type': 'application/x-ndjson' } : {}) },
  });
const voice = (id: string, text = '宽带断线') => ({
  id,
  kind: 'fault',
  channel: 'hotline',
  region: 'A1x',
  text,
  said_at: '2026-03-09T08:00:00Z',
});
const stored = async (source: string): Promise<number> =>
  (await rowOf(product.ctx.db, sql<{ n: number }>`select count(*) as n from voices where source_id = ${`so_${source}`}`))?.n ?? -1;

describe('a pushed voice', () => {
  it('is answered with its id once it is committed, and the same key gets the same answer', async () => {
    const first = await push('k1', voice('1'));
    expect([first.status, first.body]).toEqual([201, expect.objectContaining({ accepted: 1, ids: [expect.any(Number)] })]);
    const again = await push('k1', voice('1'));
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([201, first.text, 'true']);
    expect(await stored('crm')).toBe(1);
  });

  it('is stored once however many try at once with one key, or with many', async () => {
    const sameKey = await Promise.all(Array.from({ length: 30 }, () => push('k-same', voice('same'), { source: 'once' })));
    expect(new Set(sameKey.map((answer) => answer.text)).size).toBe(1);
    const manyKeys = await Promise.all(Array.from({ length: 30 }, (_, i) => push(`k-many-${i}`, voice('many'), { source: 'once' })));
    expect(manyKeys.map((answer) => (answer.body as { accepted: number }).accepted).reduce((a, b) => a + b, 0)).toBe(1);
    expect(await stored('once')).toBe(2);
  });

  it('is refused under a key that was used for something else', async () => {
    await push('k2', voice('2'));
    expect((await push('k2', voice('3'))).body).toMatchObject({ code: 'key-reused' });
  });

  it('conflicts when its id stands with another body, and both are kept', async () => {
    await push('k4', voice('4'), { source: 'conflicts' });
    const answer = await push('k5', voice('4', '另一个内容'), { source: 'conflicts' });
    expect([answer.status, answer.body]).toEqual([409, expect.objectContaining({ accepted: 0, conflicts: 1 })]);
    const kept = await rowOf(
      product.ctx.db,
      sql<{ raw: { text: string } }>`
        select r.raw from rejected_rows r join import_batches b on b.id = r.batch_id where b.source_id = 'so_conflicts'`,
    );
    expect(kept?.raw.text).toBe('另一个内容');
    expect(await stored('conflicts')).toBe(1);
  });

  it('needs a key', async () => {
    const answer = await product.as('me_p', { method: 'POST', url: '/api/voices?source=crm', payload: voice('9') });
    expect(answer.body).toMatchObject({
      code: 'request-invalid',
      problems: [{ code: 'field-required', column: 'headers.idempotency-key' }],
    });
  });
});

describe('a batch of lines', () => {
  it('is stored as a whole, and its counts add up', async () => {
    const lines = [voice('b1'), voice('b2'), voice('b1'), voice('b2', '不一样')].map((one) => JSON.stringify(one)).join('\n');
    expect((await push('kb', `${lines}\n\n`, { source: 'lines' })).body).toMatchObject({
      accepted: 2,
      duplicates: 1,
      conflicts: 1,
      rejected: 1,
    });
    expect(await stored('lines')).toBe(2);
  });

  it('that lies outside the sender’s city is listed among what was refused, with the reason', async () => {
    const lines = [voice('in'), { ...voice('out'), region: 'B1x', attributes: { 套餐: '全家享' } }]
      .map((one) => JSON.stringify(one))
      .join('\n');
    expect((await push('k-out', lines, { member: 'me_a', source: 'branch' })).body).toMatchObject({
      accepted: 1,
      conflicts: 0,
      rejected: 1,
    });
    const batch = await rowOf(product.ctx.db, sql<{ id: string }>`select id from import_batches where member_id = 'me_a'`);
    const list = await product.as('me_a', { method: 'GET', url: `/api/imports/${batch?.id}/rejected` });
    const problems = [{ code: 'region-out-of-scope', column: 'region', params: { value: 'B1x' } }];
    expect(list.body).toMatchObject({ rows: [{ problems, raw: { outsideId: 'out' } }] });
    const payload = { format: 'csv', reason: '核对', locale: 'en' };
    const file = await product.as('me_a', { method: 'POST', url: `/api/imports/${batch?.id}/rejected/file`, payload });
    expect(file.text).toContain('全家享');
    expect(file.text).toContain('lies outside your data scope');
  });

  it('and its twin the other way round, pushed at the same moment, are stored once and both answered', async () => {
    const viewer = (await viewerOf(product.ctx.db, 'me_p'))!;
    const drafts = Array.from({ length: 400 }, (_, i) =>
      draftOf(pushedVoice.parse(voice(`t${i}`)), product.ctx.clock.now(), 'UTC'),
    ).flatMap((made) => ('draft' in made ? [made.draft] : []));
    const answers = await Promise.all(
      [drafts, drafts.toReversed()].map((given, i) =>
        new Intake(product.ctx).push({ viewer, source: 'twins', key: `twin-${i}`, drafts: given }),
      ),
    );
    expect(answers.map(({ answer }) => answer.accepted + answer.duplicates)).toEqual([400, 400]);
    expect(await stored('twins')).toBe(400);
  });

  it('hears of every mistake of every line, and then nothing is stored', async () => {
    const lines = [
      JSON.stringify(voice('ok')),
      '{broken',
      JSON.stringify({ id: 'x', kind: 'shout' }),
      JSON.stringify({ ...voice('d'), said_at: 'gestern' }),
      JSON.stringify({ ...voice('e'), said_at: '2099-01-01T00:00:00Z' }),
    ];
    const answer = await push('kx', lines.join('\n'), { source: 'bad' });
    expect(answer.status).toBe(422);
    const problems = (answer.body as { problems: { row: number; code: string }[] }).problems;
    expect(problems.map(({ row, code }) => `${row} ${code}`).toSorted()).toEqual([
      '2 row-not-object',
      '3 field-invalid',
      '3 field-invalid',
      '4 date-unreadable',
      '5 date-future',
    ]);
    expect(await stored('bad')).toBe(0);
  });
});

it('every pushed voice is read, counted and in the warehouse', async () => {
  await product.settle();
  const [voices, readings] = await Promise.all(
    ['voices', 'readings'].map((table) => rowOf(product.ctx.db, sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`)),
  );
  expect(readings?.n).toBe(voices?.n);
  const rows = await product.ctx.warehouse.select('select count(*) as n from voice_rows', []);
  expect(rows[0]?.['n']).toBe(voices?.n);
  const batches = await rowOf(
    product.ctx.db,
    sql<{ n: number }>`select count(*) as n from import_batches where rows_done <> accepted + duplicates + rejected`,
  );
  expect(batches?.n).toBe(0);
});
