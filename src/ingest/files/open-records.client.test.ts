import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectFile } from './inspect-file.client.ts';
import { openRecords } from './open-records.client.ts';
import { inspectInWorker, readInWorker } from './read-in-worker.client.ts';
import { type RawRecord, type ReadOptions, type RecordBatch, UnreadableFile } from './records.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'voxloop-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function batchesOf(source: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const out: RecordBatch[] = [];
  for await (const batch of source) out.push(batch);
  return out;
}

async function recordsOf(path: string, options: ReadOptions = {}): Promise<RawRecord[]> {
  return (await batchesOf(openRecords(path, options))).flatMap((batch) => batch.records);
}

const cellsOf = async (path: string, options: ReadOptions = {}): Promise<unknown[]> =>
  (await recordsOf(path, options)).map((record) => record.cells);

const SHEET_HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:F65203"/><sheetData>';

/** A workbook whose sheets are given as XML rows. */
function workbook(sheets: Readonly<Record<string, string>>, date1904 = false): Uint8Array {
  const names = Object.keys(sheets);
  const parts: Record<string, Uint8Array> = {
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="r"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${names
        .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    'xl/styles.xml': strToU8('<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'),
    'xl/sharedStrings.xml': strToU8(
      '<sst><si><t>编号</t></si><si><r><t>内</t></r><r><t xml:space="preserve">容</t></r><rPh><t>x</t></rPh></si><si><t>A &amp; B_x000D_</t></si></sst>',
    ),
  };
  names.forEach((name, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(`${SHEET_HEAD}${sheets[name]}</sheetData></worksheet>`);
  });
  return zipSync(parts);
}

describe('delimited text', () => {
  const TEXT = '编号;日期;内容\r\n1;2026-03-01;"宽带断线\n两天了"\r\n\r\n2;2026-03-02;资费;不清楚\r\n3;;\r\n';

  test.each(['utf8', 'gb18030', 'utf16le', 'utf16be'])('in %s, plain or in gzip, has the same records', async (encoding) => {
    const bytes = iconv.encode(TEXT, encoding, { addBOM: encoding.startsWith('utf16') });
    for (const [name, content] of [
      ['a.csv', bytes],
      ['a.csv.gz', gzipSync(bytes)],
    ] as const) {
      const records = await recordsOf(file(`${encoding}-${name}`, content));
      expect(records.map((record) => record.cells)).toEqual([
        ['1', '2026-03-01', '宽带断线\n两天了'],
        ['2', '2026-03-02', '资费', '不清楚'],
        ['3', '', ''],
      ]);
      expect(records[1]?.problem).toEqual({ code: 'row-ragged', row: 2, params: { cells: 4, columns: 3 } });
      expect(records.map((record) => record.row)).toEqual([1, 2, 3]);
    }
  });

  test('is inspected: delimiter, titles, samples, order of day and month', async () => {
    const path = file('dates.tsv', 'Date\tNote\tNote\t\n03-04-2015\ta,b\tc\td\n22-04-2015\t\te\tf\n');
    const inspection = await inspectFile(path);
    expect(inspection).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: '\t', headerRow: 1 });
    expect(inspection.columns).toEqual([
      { title: 'Date', samples: ['03-04-2015', '22-04-2015'], dateOrder: 'dmy' },
      { title: 'Note', samples: ['a,b'], dateOrder: null },
      { title: 'Note 2', samples: ['c', 'e'], dateOrder: null },
      { title: 'column 4', samples: ['d', 'f'], dateOrder: null },
    ]);
    expect(inspection.problems.map(({ code, column }) => [code, column])).toEqual([
      ['header-duplicate', 'Note 2'],
      ['header-duplicate', 'column 4'],
    ]);
  });

  test('passes over title lines and conflict markers above the header', async () => {
    const path = file('titled.csv', '<<<<<<< HEAD\n投诉明细表\nid,text,city\n1,a,x\n=======\n2,b,y\n');
    expect((await inspectFile(path)).headerRow).toBe(3);
    const records = await recordsOf(path);
    expect(records.map((record) => record.problem?.code ?? record.cells[1])).toEqual(['a', 'conflict-marker', 'b']);
  });

  test('of one column keeps its commas', async () => {
    expect(await cellsOf(file('one.txt', '内容\n网速慢，断线, 没人管\n资费\n又断了, 第三次, 退费\n'))).toEqual([
      ['网速慢，断线, 没人管'],
      ['资费'],
      ['又断了, 第三次, 退费'],
    ]);
  });

  test('with NUL characters or a row beyond the limit says so in that row alone', async () => {
    const path = file('nul.csv', `id,text\n1,a\0b\n2,${'x'.repeat(4_000)}\n3,c\n`);
    const records = await recordsOf(path, { limits: { rowChars: 1_000 } });
    expect(records.map((record) => record.problem?.code ?? null)).toEqual(['text-has-nul', 'row-too-large', null]);
  });

  test('goes on from a row', async () => {
    const path = file('resume.csv', `id,text\n${Array.from({ length: 50 }, (_, i) => `${i + 1},t`).join('\n')}`);
    const batches = await batchesOf(openRecords(path, { fromRow: 31, limits: { batchRows: 8 } }));
    expect(batches.map((batch) => batch.firstRow)).toEqual([31, 39, 47]);
    expect(batches.at(-1)?.records.at(-1)).toEqual({ row: 50, cells: ['50', 't'] });
  });

  test('that is empty is refused with a code', async () => {
    await expect(inspectFile(file('empty.csv', ''))).rejects.toMatchObject({ problem: { code: 'empty-file' } });
    await expect(inspectFile(join(folder, 'nowhere.csv'))).rejects.toMatchObject({ problem: { code: 'file-unreadable' } });
  });
});

describe('a workbook', () => {
  const row = (n: number, cells: string): string => `<row r="${n}">${cells}</row>`;

  test('has the rows that hold something, whatever it declares, and every digit of its numbers', async () => {
    const empty = Array.from({ length: 500 }, (_, i) => row(i + 10, `<c r="A${i + 10}" s="1"/>`)).join('');
    const rows = [
      row(1, '<c r="A1" t="inlineStr"><is><t>投诉明细</t></is></c>'),
      row(3, '<c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="inlineStr"><is><t>时间</t></is></c>'),
      row(4, '<c r="A4"><v>1.3912345678E10</v></c><c r="B4" t="s"><v>2</v></c><c r="C4" s="1"><v>42116.66238425926</v></c>'),
      row(6, '<c r="A6"><v>123456789012345680</v></c><c r="C6" t="str"><v>0012</v></c>'),
    ];
    const path = file('book.xlsx', workbook({ 明细: rows.join('') + empty, 其他: row(1, '<c r="A1"><v>1</v></c>') }));
    expect(await inspectFile(path)).toMatchObject({ format: 'xlsx', sheet: '明细', sheets: ['明细', '其他'], headerRow: 3 });
    expect(await recordsOf(path)).toEqual([
      { row: 1, cells: ['13912345678', 'A & B\r', '2015-04-22T15:53:50'] },
      { row: 2, cells: ['123456789012345680', null, '0012'], lossy: [0] },
    ]);
    expect(await recordsOf(file('book.xlsx.gz', gzipSync(workbook({ 明细: rows.join('') + empty }))))).toHaveLength(2);
    await expect(inspectFile(path, { sheet: '没有' })).rejects.toMatchObject({ problem: { code: 'sheet-missing' } });
  });

  test('with the calendar of 1904 has its dates four years later', async () => {
    const rows =
      row(1, '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>') +
      row(2, '<c r="A2" s="1"><v>40654</v></c><c r="B2" t="s"><v>2</v></c>');
    expect(await cellsOf(file('1904.xlsx', workbook({ a: rows }, true)))).toEqual([['2015-04-22', 'A & B\r']]);
  });

  test('written by another program is read as it was written', async () => {
    const path = join(folder, 'written.xlsx');
    const book = new WorkbookWriter({ filename: path });
    const sheet = book.addWorksheet('Sheet1');
    sheet.addRow(['id', 'said at', 'text', 'score']).commit();
    sheet.addRow(['007', new Date('2026-03-01T15:20:00Z'), '断线 <b>&</b>', 8.2]).commit();
    sheet.addRow(['008', null, 'x', 13912345678]).commit();
    sheet.commit();
    await book.commit();
    expect(await cellsOf(path)).toEqual([
      ['007', '2026-03-01T15:20:00', '断线 <b>&</b>', '8.2'],
      ['008', null, 'x', '13912345678'],
    ]);
  });

  test('that unpacks without end is stopped', async () => {
    const bomb = workbook({ a: row(1, `<c r="A1" t="inlineStr"><is><t>id</t></is></c>`) + `<!--${' '.repeat(20_000_000)}-->` });
    const limits = { ratio: 50, ratioAfterBytes: 1_000_000 };
    await expect(inspectFile(file('bomb.xlsx', bomb), { limits })).rejects.toMatchObject({ problem: { code: 'file-unreadable' } });
    const gz = file('bomb.csv.gz', gzipSync(`a,b\n${'1,2\n'.repeat(2_000_000)}`));
    await expect(recordsOf(gz, { limits })).rejects.toMatchObject({
      problem: { code: 'file-unreadable', params: { reason: 'gzip too large' } },
    });
  });

  test('that is cut short or is an old .xls is refused with a code', async () => {
    const bytes = workbook({ a: row(1, '<c r="A1"><v>1</v></c>') });
    await expect(inspectFile(file('cut.xlsx', bytes.subarray(0, bytes.length - 40)))).rejects.toMatchObject({
      problem: { code: 'file-unreadable' },
    });
    await expect(inspectFile(file('old.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2])))).rejects.toMatchObject({
      problem: { code: 'file-old-workbook' },
    });
  });
});

test('a damaged file is read or refused with a code, whatever the damage; its rows always add up', async () => {
  const sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c></row>';
  const originals = [
    workbook({ a: sheet }),
    gzipSync('id,text\n1,a\n2,"b"\n'),
    strToU8('[{"id":1},{"id":2}]'),
    iconv.encode('编号,内容\n1,"断线"\n2,资费\n', 'gb18030'),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
      async (bytes, hits) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of hits) damaged[Math.floor(at * damaged.length)] = value;
        try {
          const records = await recordsOf(file('damaged', damaged));
          expect(records.map((record) => record.row)).toEqual(records.map((_, i) => i + 1));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFile);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('NDJSON and JSON arrays have one record per element; what is no object is a bad one', async () => {
  const ndjson = file('a.ndjson', '{"id":1,"text":"a"}\n\n[1]\n{"id":2,"more":{"x":true}}\n{"id":\n');
  const records = await recordsOf(ndjson);
  expect(records.map((record) => record.problem?.code ?? record.cells)).toEqual([
    ['1', 'a'],
    'row-not-object',
    ['2', null, 'true'],
    'row-not-object',
  ]);
  const wrapped = file(
    'a.json',
    JSON.stringify({ total: 2, data: [{ id: '1', turns: [{ speaker: 'agent', text: '您好' }] }, { id: '2' }] }, null, 2),
  );
  expect(await cellsOf(wrapped)).toEqual([['1', '[{"speaker":"agent","text":"您好"}]'], ['2']]);
});

test('a JSON file may grow new columns behind the sample', async () => {
  const many = Array.from({ length: 3_000 }, (_, i) => JSON.stringify(i < 2_500 ? { id: i } : { id: i, late: 'x' })).join('\n');
  const batches = await batchesOf(openRecords(file('grow.ndjson', many)));
  expect(batches.at(-1)?.columns).toEqual(['id', 'late']);
  expect(batches.at(-1)?.records.at(-1)?.cells).toEqual(['2999', 'x']);
});

describe('in a worker', () => {
  test('the records are the same and the event loop stays free', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},2026-03-01 08:00:00,"宽带经常断线, 第 ${i} 次"`).join('\n');
    const path = file('large.csv', `id,said_at,text\n${rows}\n`);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    let [count, last] = [0, 0];
    for await (const batch of readInWorker(path)) {
      count += batch.records.length;
      last = batch.bytesRead / batch.bytesTotal;
    }
    delay.disable();
    expect(count).toBe(60_000);
    expect(last).toBe(1);
    expect(delay.percentile(90) / 1e6).toBeLessThan(50);
  });

  test('a caller who stops early leaves no thread behind, and a bad file is a clear refusal', async () => {
    const path = file('early.csv', `id,text\n${'1,a\n'.repeat(20_000)}`);
    for await (const batch of readInWorker(path)) {
      expect(batch.records).toHaveLength(2_000);
      break;
    }
    await expect(inspectInWorker(file('bad.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])))).rejects.toMatchObject({
      problem: { code: 'file-unreadable' },
    });
    expect((await inspectInWorker(path)).columns.map(({ title }) => title)).toEqual(['id', 'text']);
  });

  test('a file that needs more memory than a reader may have ends the reader, with a refusal', async () => {
    const path = file('hungry.csv', `id,text\n${'1,"a, b"\n'.repeat(400_000)}`);
    const limits = { batchRows: 10_000_000, batchChars: 10_000_000_000 };
    const reading = async (): Promise<void> => {
      for await (const batch of readInWorker(path, { limits }, { maxOldGenerationSizeMb: 12 })) expect(batch.records).toBeDefined();
    };
    await expect(reading()).rejects.toMatchObject({
      message: expect.stringContaining('memory') as string,
      problem: { code: 'file-unreadable', params: { reason: 'reader stopped' } },
    });
  });
});
