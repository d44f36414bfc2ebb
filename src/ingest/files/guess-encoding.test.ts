import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { textDecoder } from './bytes.client.ts';
import { guessEncoding } from './guess-encoding.ts';
import type { Encoding } from './records.ts';

const CHINESE = '工单号,内容\n1,宽带经常断线，师傅一直没有上门，要求退费。€㐀𠀀\n2,套餐资费不清楚\n';
const DUTCH = 'id;onderwerp\n1;Klacht over privégegevens één keer geïnformeerd\n2;Größe naïve façade señor\n';

const CASES: readonly (readonly [string, string, Encoding])[] = [
  ['utf8', CHINESE, 'utf-8'],
  ['gb18030', CHINESE, 'gb18030'],
  ['gbk', '编号,原因\n7,手机信号差\n', 'gb18030'],
  ['latin1', DUTCH, 'latin1'],
  ['utf16le', CHINESE, 'utf-16le'],
  ['utf16be', CHINESE, 'utf-16be'],
];

describe.each(CASES)('a file in %s', (name, text, encoding) => {
  const bytes = iconv.encode(text, name);

  test('is recognised', () => {
    expect(guessEncoding(bytes).encoding).toBe(encoding);
    expect(guessEncoding(bytes).confidence).toBeGreaterThan(0.5);
  });

  test('is read alike when it is cut at any byte', () => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const decoder = textDecoder(encoding);
      const read =
        decoder.decode(bytes.subarray(0, cut), { stream: true }) + decoder.decode(bytes.subarray(cut), { stream: true }) + decoder.decode();
      expect(read).toBe(text);
    }
  });

  test('is recognised from a sample that ends inside a character', () => {
    for (let cut = bytes.length - 8; cut < bytes.length; cut++) expect(guessEncoding(bytes.subarray(0, cut)).encoding).toBe(encoding);
  });
});

test('a byte order mark is certain', () => {
  expect(guessEncoding(iconv.encode('a,b', 'utf8', { addBOM: true }))).toEqual({ encoding: 'utf-8', confidence: 1 });
  expect(guessEncoding(iconv.encode('a,b', 'utf16le', { addBOM: true }))).toEqual({ encoding: 'utf-16le', confidence: 1 });
  expect(guessEncoding(iconv.encode('a,b', 'utf16be', { addBOM: true }))).toEqual({ encoding: 'utf-16be', confidence: 1 });
});
