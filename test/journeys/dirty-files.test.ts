import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliHome, type Imported } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const addsUp = ({ rows, accepted, duplicates, rejected }: Imported): boolean => accepted + duplicates + rejected === rows;

interface Rejected {
  readonly rows: readonly { readonly row: number; readonly problems: readonly { readonly code: string }[] }[];
}

describe('files as they are found, broken', () => {
  const files = {
    comcast: realFile('dirty', 'comcast_git_conflict_markers_duplicated.csv'),
    twice: realFile('dirty', 'telco_git_conflict_markers_duplicated.csv'),
    edited: realFile('dirty', 'telco_hand_edited_missing_label.csv'),
  };
  needs(
    Object.values(files).every((file) => file !== null),
    NO_DATA,
  );
  const home = new CliHome('dirty');
  let server: Awaited<ReturnType<CliHome['start']>>;
  beforeAll(async () => {
    if (files.comcast !== null) server = await home.start();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  const rejectedOf = async (batch: string): Promise<Rejected['rows']> =>
    ((await server.as('operator', 'GET', `/api/imports/${batch}/rejected?limit=500`)).body as Rejected).rows;

  test('complaints with conflict markers and the body twice come in once; each strange line is refused by its reason', async () => {
    const lines = readFileSync(files.comcast!, 'utf8').split('\n').length - 1;
    const done = await home.import(files.comcast!, 'dirty-comcast');
    expect(addsUp(done)).toBe(true);
    // The marker above the header is no row; the header itself is none.
    expect(done.rows).toBe(lines - 2);
    const rejected = await rejectedOf(done.batch);
    expect(rejected.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['conflict-marker'],
      ['header-repeated'],
      ['conflict-marker'],
    ]);
    expect(done.accepted).toBeLessThanOrEqual(2_224);
    expect(done.duplicates).toBeGreaterThanOrEqual(2_224 - 10);
  });

  test('customers with conflict markers and the body twice come in once', async () => {
    const lines = readFileSync(files.twice!, 'utf8').split('\n').length - 1;
    const done = await home.import(files.twice!, 'dirty-telco', '--as', 'customers');
    expect(addsUp(done)).toBe(true);
    expect(done.rows).toBe(lines - 1);
    expect(done).toMatchObject({ accepted: 7_043, duplicates: 7_043, rejected: 3 });
    const codes = (await rejectedOf(done.batch)).map(({ problems }) => problems[0]?.code);
    expect(codes.toSorted()).toEqual(['conflict-marker', 'conflict-marker', 'header-repeated']);
  });

  test('a hand-edited file with a lost label counts every row, and what is the same is the same', async () => {
    const lines = readFileSync(files.edited!, 'utf8').trimEnd().split('\n').length;
    const done = await home.import(files.edited!, 'dirty-telco', '--as', 'customers');
    expect(addsUp(done)).toBe(true);
    expect(done.rows).toBe(lines - 1);
    for (const { problems } of await rejectedOf(done.batch)) expect(problems.length).toBeGreaterThan(0);
  });

  test('everything stored keeps its promises', async () => {
    expect(await home.fsck()).toMatchObject({ ok: true });
  });
});

describe('files made to break a reader', () => {
  const home = new CliHome('broken');
  let server: Awaited<ReturnType<CliHome['start']>>;
  beforeAll(async () => {
    server = await home.start();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(home.dir, name);
    writeFileSync(path, content);
    return path;
  };
  const HEADER = '工单号,受理时间,区县,客户原话,联系电话\n';

  test('rows of every kind of mistake are refused with all their reasons, in row and column, and the rest comes in', async () => {
    const path = write(
      'mistakes.csv',
      `${HEADER}1,2026-03-01 10:00,火星区,宽带断网,13500000001\n2,2099-01-01,历下区,断网,13500000002\n3,昨天,历下区,,1.38E+10\n4,2026-03-01 10:00,"历下区,断网,13500000004\n5,2026-03-01 10:00,历下区,\0断网,1\n6,2026-03-01 10:00,历下区\n${HEADER}7,2026-03-01 10:00,历下区,好,13500000007\n`,
    );
    const done = await home.import(path, 'mistakes', '--encoding', 'utf-8');
    expect(addsUp(done)).toBe(true);
    expect(done).toMatchObject({ rows: 8, accepted: 2, rejected: 6 });
    const { rows } = (await server.as('operator', 'GET', `/api/imports/${done.batch}/rejected`)).body as Rejected;
    expect(rows.map(({ row, problems }) => [row, problems.map(({ code }) => code)])).toEqual([
      [2, ['date-future']],
      [3, ['text-missing', 'date-unreadable', 'number-precision-lost']],
      [4, ['quote-unclosed']],
      [5, ['text-has-nul']],
      [6, ['row-ragged']],
      [7, ['header-repeated']],
    ]);
    expect(done.problems.find(({ code }) => code === 'region-unknown')).toMatchObject({
      column: '区县',
      values: [
        { value: '历下区', count: 1 },
        { value: '火星区', count: 1 },
      ],
    });
  });

  test('in the wrong encoding store nothing in the place of a lost letter', async () => {
    const path = write('gbk.csv', iconv.encode(`${HEADER}1,2026-03-01,A,宽带断网,1\n2,2026-03-01,A,plain,2\n`, 'gb18030'));
    const wrong = await home.run('import', path, '--source', 'gbk', '--encoding', 'utf-8', '--json');
    expect([wrong.code, JSON.parse(wrong.out) as Imported]).toMatchObject([
      1,
      { accepted: 0, problems: [{ code: 'encoding-undecodable' }] },
    ]);
    const ascii = write('ascii-titles.csv', iconv.encode('id,text\n1,plain words here\n2,宽带断网\n', 'gb18030'));
    expect(await home.import(ascii, 'gbk-rows', '--encoding', 'utf-8')).toMatchObject({ rows: 2, accepted: 1, rejected: 1 });
    expect(await home.import(path, 'gbk')).toMatchObject({ accepted: 2, rejected: 0 });
  });

  test.each([
    ['old.xlsx', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(2_000)]), 'file-old-workbook'],
    ['cut.xlsx', Buffer.from('PK\u0003\u0004 and nothing behind'), 'file-unreadable'],
    ['empty.csv', Buffer.alloc(0), 'empty-file'],
    ['noise.csv.gz', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from('no gzip at all, none')]), 'file-unreadable'],
  ])('%s is refused as a whole, says why, and nothing is half done', async (name, bytes, code) => {
    const ran = await home.run('import', write(name, bytes), '--source', 'whole', '--json');
    expect(ran.code).toBe(1);
    const result = JSON.parse(ran.out.trimEnd().split('\n').at(-1) ?? '{}') as Imported;
    expect(result).toMatchObject({ rows: 0, accepted: 0, rejected: 0 });
    expect(result.problems[0]?.code).toBe(code);
    expect(ran.err).not.toMatch(/at .*\.ts:\d/);
  });

  test('rejected rows come back as a file, are mended and come in; a wrong import is taken back', async () => {
    const path = write('mend.csv', `${HEADER}1,2026-03-01 10:00,A,断网,13500000001\n2,昨天,A,"计费,不对",13500000002\n`);
    const first = await home.import(path, 'mend');
    expect(first).toMatchObject({ accepted: 1, rejected: 1 });
    const out = join(home.dir, 'rejected.csv');
    expect(await home.json('import', 'rejected', first.batch, '--out', out, '--json')).toMatchObject({ rows: 1, file: out });
    expect(existsSync(out)).toBe(true);
    writeFileSync(out, readFileSync(out, 'utf8').replace('昨天', '2026-03-01 11:00'));
    const second = await home.import(out, 'mend');
    expect(second).toMatchObject({ rows: 1, accepted: 1, rejected: 0 });
    expect(await home.count([{ field: 'batch', in: [first.batch, second.batch] }])).toBe(2);
    expect(await home.json('import', 'undo', second.batch, '--json')).toEqual({ batch: second.batch, state: 'undone', rows: 1 });
    expect(await home.count([{ field: 'batch', in: [first.batch, second.batch] }])).toBe(1);
    const refused = await home.run('import', 'undo', second.batch);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('undone') as string]);
    expect(await home.import(out, 'mend')).toMatchObject({ accepted: 1 });
  });

  test('leave the server alive and its promises kept', async () => {
    expect(await home.fsck()).toMatchObject({ ok: true });
    expect((await server.as('operator', 'GET', '/api/imports')).status).toBe(200);
  });
});
