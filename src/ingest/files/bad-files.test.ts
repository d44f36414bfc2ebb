import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemText } from '../../model/problem-texts.ts';
import { rowPlan } from '../row-plan.ts';
import { toVoice } from '../to-voice.ts';
import { inspectFile } from './inspect-file.client.ts';
import { openRecords } from './open-records.client.ts';
import { readInWorker } from './read-in-worker.client.ts';
import { type RawRecord, type ReadOptions, UnreadableFile } from './records.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'voxloop-bad-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function recordsOf(path: string, options: ReadOptions = {}): Promise<{ records: RawRecord[]; columns: readonly string[] }> {
  const records: RawRecord[] = [];
  let columns: readonly string[] = [];
  for await (const batch of openRecords(path, options)) {
    records.push(...batch.records);
    columns = batch.columns;
  }
  return { records, columns };
}

const CONTEXT = { now: '2026-03-10T00:00:00.000Z', saidAtDefault: null, words: undefined as never, timeZone: 'Asia/Shanghai' };

/** What becomes of each row when its columns are `id`, `text` and whatever else: its text, or the codes of its problems. */
async function judged(path: string, options: ReadOptions = {}): Promise<(string | readonly string[])[]> {
  const { records, columns } = await recordsOf(path, options);
  const mapping = {
    columns: Object.fromEntries(
      [
        ['id', 'outside_id'],
        ['text', 'text'],
      ].filter(([title]) => columns.includes(title ?? '')),
    ),
  };
  return records.map((record) => {
    const outcome = toVoice(record, rowPlan(columns, mapping), CONTEXT);
    return outcome.kind === 'accepted' ? outcome.draft.text : outcome.problems.map(({ code }) => code);
  });
}

async function refusalOf(work: Promise<unknown>): Promise<UnreadableFile> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UnreadableFile)) throw new Error(`It was not refused: ${String(error)}`);
  for (const locale of ['zh', 'en'] as const) {
    const said = problemText(error.problem, locale);
    expect(said.length, said).toBeGreaterThan(8);
    // A sentence of its language: no English words in the middle of Chinese ones.
    if (locale === 'zh') expect(said.replaceAll(/Excel|XLSX|xlsx|xls|XML|CSV|TSV|NDJSON|JSON|gz/g, '')).not.toMatch(/[a-z]{3}/i);
  }
  return error;
}

const NAMES = [
  '[Content_Types].xml',
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/sharedStrings.xml',
  'xl/worksheets/sheet1.xml',
] as const;
type Parts = Partial<Record<(typeof NAMES)[number], string | Uint8Array>>;

/** A workbook of one sheet, any part of it replaced. */
function workbook(rows: string, parts: Parts & Readonly<Record<string, string | Uint8Array>> = {}, level: 0 | 6 = 6): Uint8Array {
  const all: Record<string, string | Uint8Array> = {
    'xl/workbook.xml': '<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...parts,
  };
  const bytes = Object.entries(all).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part] as const);
  return zipSync(Object.fromEntries(bytes), { level });
}
const inline = (row: number, ...cells: string[]): string =>
  `<row r="${row}">${cells.map((cell, i) => `<c r="${'ABCDEF'[i]}${row}" t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;

describe('encodings', () => {
  const TEXT = 'id,text\n1,宽带断网两天了\n2,𠮷野家旁边的㐂字基站没信号\n3,计费不对，多扣了\n';
  const ENCODINGS = ['utf8', 'utf16le', 'utf16be', 'gb18030'] as const;
  const OURS = { utf8: 'utf-8', utf16le: 'utf-16le', utf16be: 'utf-16be', gb18030: 'gb18030' } as const;

  test.each(ENCODINGS)('%s: a file that breaks off at any byte has exact rows, and of its last a part or a refusal', async (encoding) => {
    const bytes = iconv.encode(TEXT, encoding, { addBOM: encoding.startsWith('utf16') });
    const whole = ['宽带断网两天了', '𠮷野家旁边的㐂字基站没信号', '计费不对，多扣了'];
    const header = iconv.encode('id,text\n', encoding, { addBOM: encoding.startsWith('utf16') }).length;
    for (let cut = header + 1; cut <= bytes.length; cut++) {
      const found = await judged(file('cut.csv', bytes.subarray(0, cut)), { encoding: OURS[encoding], delimiter: ',', headerRow: 1 });
      found.forEach((outcome, i) => {
        if (i < found.length - 1) expect([cut, outcome]).toEqual([cut, whole[i]]);
        else if (typeof outcome === 'string') expect([cut, whole[i]?.startsWith(outcome)]).toEqual([cut, true]);
        else expect(['encoding-undecodable', 'text-missing', 'row-ragged']).toContain(outcome[0]);
      });
      expect(JSON.stringify(found)).not.toContain('\ufffd');
    }
  });

  test.each(ENCODINGS)('%s: wherever the file is read in two, every character is exact', async (encoding) => {
    // Files are read in pieces of 64 KiB: the same characters are moved over that place byte by byte.
    const tail = '𠮷㐂，断网';
    for (let shift = 0; shift < 16; shift++) {
      const filler = 'a'.repeat(
        (encoding.startsWith('utf16') ? 32_768 : 65_536) - 16 + (encoding.startsWith('utf16') ? Math.floor(shift / 2) : shift),
      );
      const bytes = iconv.encode(`id,text\n1,${filler}${tail}\n2,好\n`, encoding, { addBOM: encoding.startsWith('utf16') });
      const found = await judged(file('straddle.csv', bytes), { encoding: OURS[encoding] });
      expect([shift, found[0] === filler + tail, found[1]]).toEqual([shift, true, '好']);
    }
  });

  test('named wrongly, the rows that cannot be decoded are refused, each with its column, and nothing is stored for a lost letter', async () => {
    const path = file('gbk.csv', iconv.encode('id,text\n1,plain\n2,宽带断网\n3,信号差\n', 'gb18030'));
    expect(await judged(path, { encoding: 'utf-8' })).toEqual(['plain', ['encoding-undecodable'], ['encoding-undecodable']]);
    expect(await judged(path)).toEqual(['plain', '宽带断网', '信号差']);
    const utf8 = file('utf8.csv', 'id,text\n1,plain text here\n2,宽带断网\n');
    const wide = await judged(utf8, { encoding: 'utf-16le' }).catch((error: unknown) => error);
    expect(JSON.stringify(wide)).not.toContain('\ufffd');
  });
});

describe('rows', () => {
  test('of every odd shape are each told by their reason, and those between come in', async () => {
    const text = [
      'id,text,更多,,更多',
      '1,好,a,b,c',
      '2,"没关的引号,a,b,c',
      '3,好',
      '4,好,a,b,c,d,e',
      'id,text,更多,,更多',
      '=======',
      '5,\0,a,b,c',
      '6,好,a,b,c',
      '',
    ].join('\r\n');
    expect((await inspectFile(file('odd.csv', text))).columns.map(({ title }) => title)).toEqual([
      'id',
      'text',
      '更多',
      'column 4',
      '更多 2',
    ]);
    expect(await judged(file('odd.csv', text))).toEqual([
      '好',
      ['quote-unclosed'],
      ['row-ragged'],
      ['row-ragged'],
      ['header-repeated'],
      ['conflict-marker'],
      ['text-has-nul'],
      '好',
    ]);
  });

  test('with line ends of three kinds are read apart, or refused as too wide', async () => {
    const found = await judged(file('eol.csv', 'id,text\n1,a\r\n2,b\r3,c\n4,d\r\n'));
    expect(found).toEqual(['a', ['row-ragged'], 'd']);
    expect(await judged(file('mac.csv', 'id,text\r1,a\r2,b'))).toEqual(['a', 'b']);
  });

  test('with titles that would be prototypes are columns like others, in every format', async () => {
    const titles = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    const files = [
      file('proto.csv', `text,${titles.join(',')}\n好,1,2,3,4,5\n`),
      file('proto.ndjson', `{"text":"好","__proto__":{"admin":"1"},"constructor":{"prototype":{"x":"2"}},"toString":"4"}\n`),
      file('proto.json', `[{"text":"好","__proto__":"1","constructor":"2"}]`),
      file('proto.xlsx', workbook(inline(1, 'text', ...titles) + inline(2, '好', '1', '2', '3', '4', '5'))),
    ];
    for (const path of files) {
      const { records, columns } = await recordsOf(path);
      const outcome = toVoice(records[0]!, rowPlan(columns, { columns: { text: 'text' } }), CONTEXT);
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      expect(Object.getPrototypeOf(outcome.draft.attributes)).toBe(Object.prototype);
      expect(Object.values(outcome.draft.attributes)).toContain('1');
    }
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

describe('JSON', () => {
  test('nested a hundred thousand deep is a refused row, wherever it stands', async () => {
    const deep = `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const path of [file('deep.ndjson', `{"text":"好"}\n${deep}\n{"text":"又"}\n`), file('first.ndjson', `${deep}\n{"text":"又"}\n`)]) {
      const found = await judged(path, { format: 'ndjson' });
      expect(found.at(-1)).toBe('又');
      expect(found.filter((one) => typeof one !== 'string')).toEqual([['row-not-object']]);
    }
  });

  test('with half a surrogate pair, or with a NUL, is refused and not bent', async () => {
    const path = file('half.ndjson', '{"text":"a\\ud800b"}\n{"text":"a\\u0000b"}\n{"text":"\\ud83d\\ude00"}\n');
    expect(await judged(path)).toEqual([['encoding-undecodable'], ['text-has-nul'], '😀']);
  });

  test('with a hundred thousand keys has as many columns as a file may have, and goes on', async () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `"k${i}":"v"`).join(',');
    const { records, columns } = await recordsOf(file('keys.ndjson', `{"text":"好",${keys}}\n{"text":"又"}\n`), {
      limits: { rowChars: 4_000_000 },
    });
    expect([records.length, columns.length]).toEqual([2, 2_000]);
  });
});

describe('workbooks', () => {
  test('that swell are refused before they are unpacked, and those that lie about their size while they are', async () => {
    const sheet = `<worksheet><sheetData>${inline(1, 'text')}${'<row r="2"></row>'.repeat(2_000_000)}</sheetData></worksheet>`;
    const bytes = workbook('', { 'xl/worksheets/sheet1.xml': sheet });
    expect(bytes.length).toBeLessThan(400_000);
    const began = process.cpuUsage().user;
    expect((await refusalOf(recordsOf(file('bomb.xlsx', bytes)))).problem.params).toEqual({ reason: 'zip too large' });
    // Declares 100 bytes in its directory.
    const lying = Buffer.from(bytes);
    const at = lying.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 46;
    lying.writeUInt32LE(100, at + 24);
    expect((await refusalOf(recordsOf(file('lying.xlsx', lying)))).problem.params).toEqual({ reason: 'zip too large' });
    expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(4);
    const gz = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x61));
    expect((await refusalOf(recordsOf(file('bomb.csv.gz', gz)))).problem.params).toEqual({ reason: 'gzip too large' });
  }, 60_000);

  test('within archives, and archives of anything else, are refused with what to do', async () => {
    const inner = workbook(inline(1, 'text') + inline(2, '好'));
    const refusal = await refusalOf(
      recordsOf(file('nested.zip', zipSync({ 'a.xlsx': inner, 'b.zip': zipSync({ 'c.csv': strToU8('text\n好\n') }) }))),
    );
    expect(refusal.problem.params).toEqual({ reason: 'no worksheet' });
    expect(problemText(refusal.problem, 'zh')).toContain('先解压');
    const many = zipSync(Object.fromEntries(Array.from({ length: 12_000 }, (_, i) => [`f${i}`, new Uint8Array(0)])), { level: 0 });
    expect((await refusalOf(recordsOf(file('many.xlsx', many)))).problem.params).toEqual({ reason: 'zip too many entries' });
  });

  test('with entities of their own expand nothing and open no file', async () => {
    const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i === 0 ? '' : i};`.repeat(10)}">`).join('')}<!ENTITY xxe SYSTEM "file:///etc/passwd">]>`;
    const sheet = `<?xml version="1.0"?>${laughs}<worksheet><sheetData>${inline(1, 'id', 'text')}${inline(2, '1', '&lol9;')}${inline(3, '2', '&xxe;')}</sheetData></worksheet>`;
    const found = await judged(file('laughs.xlsx', workbook('', { 'xl/worksheets/sheet1.xml': sheet })));
    expect(JSON.stringify(found).length).toBeLessThan(200);
    expect(JSON.stringify(found)).not.toMatch(/root:|lollol/);
  });

  test('with a million shared strings are read', async () => {
    const strings = Array.from({ length: 1_000_000 }, (_, i) => `<si><t>句${i}</t></si>`).join('');
    const rows = `${inline(1, 'id', 'text')}<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>999999</v></c></row><row r="3"><c r="A3"><v>2</v></c><c r="B3" t="s"><v>1000000</v></c></row>`;
    const path = file('shared.xlsx', workbook(rows, { 'xl/sharedStrings.xml': `<sst>${strings}</sst>` }, 0));
    expect(await judged(path)).toEqual(['句999999', ['text-missing']]);
  }, 60_000);

  test('behind a password, of the old kind, or no workbook at all are told apart', async () => {
    const compound = (inside: string): Uint8Array =>
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600), Buffer.from(inside, 'utf16le')]);
    expect((await refusalOf(inspectFile(file('secret.xlsx', compound('EncryptedPackage'))))).problem.code).toBe('file-password');
    expect((await refusalOf(inspectFile(file('renamed.xlsx', compound('Workbook'))))).problem.code).toBe('file-old-workbook');
    const encrypted = Buffer.from(workbook(inline(1, 'text')));
    const at = encrypted.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    encrypted.writeUInt16LE(encrypted.readUInt16LE(at + 8) | 1, at + 8);
    expect((await refusalOf(inspectFile(file('zipped.xlsx', encrypted)))).problem.code).toBe('file-password');
    expect((await refusalOf(inspectFile(file('no.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 9, 9]))))).problem.params).toEqual({
      reason: 'zip directory missing',
    });
    // By its name a workbook, by its bytes a table: bytes count.
    expect(await judged(file('table.xlsx', 'id,text\n1,好\n'))).toEqual(['好']);
  });

  test('that rounded a phone or an id say so, and no digit is guessed', async () => {
    const rows = `${inline(1, 'id', 'text', 'phone')}<row r="2"><c r="A2"><v>12345678901234567890</v></c><c r="B2" t="inlineStr"><is><t>好</t></is></c><c r="C2"><v>1.38E+10</v></c></row>`;
    const path = file('rounded.xlsx', workbook(rows));
    const { records, columns } = await recordsOf(path);
    const plan = rowPlan(columns, { columns: { id: 'outside_id', text: 'text', phone: 'phone' } });
    const outcome = toVoice(records[0]!, plan, CONTEXT);
    expect(outcome).toMatchObject({ kind: 'rejected', problems: [{ code: 'number-precision-lost', column: 'id', row: 1 }] });
    const csv = await recordsOf(file('rounded.csv', 'id,text,phone\n1.23457E+19,好,1.38E+10\n'));
    expect(
      toVoice(csv.records[0]!, rowPlan(csv.columns, { columns: { id: 'outside_id', text: 'text', phone: 'phone' } }), CONTEXT),
    ).toMatchObject({
      problems: [
        { code: 'number-precision-lost', column: 'id', row: 1 },
        { code: 'number-precision-lost', column: 'phone', row: 1 },
      ],
    });
  });
});

test('a line of a hundred megabytes is one refused row, and costs no more memory than a row may have', async () => {
  const path = join(folder, 'line.csv');
  const out = createWriteStream(path);
  out.write('id,text\n1,好\n2,');
  const piece = Buffer.alloc(1024 * 1024, 0x61);
  for (let i = 0; i < 100; i++) if (!out.write(piece)) await once(out, 'drain');
  out.end('\n3,又\n');
  await once(out, 'close');
  const script = `
    import { openRecords } from ${JSON.stringify(new URL('./open-records.client.ts', import.meta.url).href)};
    let most = 0; const codes = [];
    const before = process.memoryUsage().rss;
    for await (const batch of openRecords(${JSON.stringify(path)})) {
      most = Math.max(most, process.memoryUsage().rss);
      for (const record of batch.records) codes.push(record.problem?.code ?? record.cells[1]);
    }
    console.log(JSON.stringify({ codes, grown: Math.round((process.resourceUsage().maxRSS * 1024 - before) / 1048576) }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=64', '--input-type=module', '-e', script]);
  const { codes, grown } = JSON.parse(stdout) as { codes: string[]; grown: number };
  expect(codes).toEqual(['好', 'row-too-large', '又']);
  expect(grown).toBeLessThan(120);
}, 60_000);

test('the process that read them all still reads', async () => {
  const path = file('good.csv', 'id,text\n1,好\n');
  const rows: unknown[] = [];
  for await (const batch of readInWorker(path)) rows.push(...batch.records.map(({ cells }) => cells));
  expect(rows).toEqual([['1', '好']]);
});
