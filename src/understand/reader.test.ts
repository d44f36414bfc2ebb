import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Pack } from '../model/pack.ts';
import { buildReader, defaultModel, explainReading, parseModel, serialiseModel, type Reader } from './index.ts';
import { loadPack } from './load-pack.client.ts';

let pack: Pack;
let reader: Reader;
beforeAll(async () => {
  pack = await loadPack();
  reader = buildReader(pack, defaultModel(pack, 1), 'test-1');
});

const spanTexts = (text: string, kind: string): string[] =>
  reader
    .read(text)
    .because.filter((b) => b.kind === kind)
    .map((b) => text.slice(b.from, b.before));

describe('a reading', () => {
  it.each([
    ['家里断网三天了，光猫亮红灯', 'fixed/broadband/outage'],
    ['宽带又断了，打了三次电话没人管', 'fixed/broadband/outage'],
    ['家裡斷網三天了，光貓亮紅燈', 'fixed/broadband/outage'],
    ['家里断網(wǎng)了，ＬＯＳ灯亮', 'fixed/broadband/outage'],
  ])('%s → %s', (text, category) => {
    const reading = reader.read(text);
    const leaf = pack.categories.find((c) => c.code === category);
    expect(reading).toMatchObject({ category, cell: leaf?.cell, stage: leaf?.stage, language: 'zh', readerVersion: 'test-1' });
  });

  it('points at the deciding words of the original text, damaged or traditional', () => {
    expect(spanTexts('家裡斷網(wǎng)三天了', 'term')).toContain('斷網(wǎng)');
    expect(spanTexts('宽带又断了', 'term')).toContain('宽带又断');
  });

  it('of small talk or foreign text is unmapped', () => {
    for (const text of ['你好', '', '。。。', 'the internet is down', '\ud83d\ude00', 'བོད་སྐད']) {
      expect(reader.read(text)).toMatchObject({ category: null, cell: null, stage: null });
    }
  });

  it('does not copy what was recorded', () => {
    const text = '家里断网三天了，光猫亮红灯';
    expect(reader.read(text, { recordedCategory: 'billing/charge/wrong' })).toEqual(reader.read(text));
  });

  it.each([
    ['谢谢，师傅很专业', 'positive'],
    ['我对你们的服务不满意', 'negative'],
    ['师傅来得不及时', 'negative'],
    ['服务不错', 'positive'],
    ['骗子公司，我要曝光', 'angry'],
    ['没有耽误事情', 'neutral'],
    ['我想查一下余额', 'neutral'],
  ])('feels %s as %s', (text, feeling) => {
    expect(reader.read(text).feeling).toBe(feeling);
  });

  it('never throws and keeps its spans inside the text, on any string', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('断', '网', '(', 'ǎ', ')', '\ud83d', '\udc00', '不', '满意', '\u200b', ' '), maxLength: 80 }),
    );
    const lone = fc.array(fc.integer({ min: 0xd700, max: 0xe100 }), { maxLength: 20 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(fc.oneof(any, lone), (text) => {
        const reading = reader.read(text);
        expect(reading.confidence).toBeGreaterThanOrEqual(0);
        expect(reading.confidence).toBeLessThanOrEqual(1);
        for (const b of reading.because) expect(b.from >= 0 && b.from < b.before && b.before <= text.length).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for the same text, whatever was read in between', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pack.examples.slice(0, 200).map((e) => e.text)), fc.string(), (text, other) => {
        const first = reader.read(text);
        reader.read(other);
        expect(reader.read(text)).toEqual(first);
      }),
    );
  });
});

describe('the default model', () => {
  it('reads the same after a trip through bytes, as files and databases hand them over', () => {
    const bytes = serialiseModel(defaultModel(pack, 1));
    const parsed = parseModel(Buffer.from(bytes));
    expect(parsed).not.toBeNull();
    const again = buildReader(pack, parsed, 'test-1');
    for (const { text } of pack.examples.slice(0, 100)) expect(again.read(text)).toEqual(reader.read(text));
  });

  it('is nothing else than its bytes say', () => {
    expect(parseModel(new Uint8Array(0))).toBeNull();
    expect(parseModel(Uint8Array.from({ length: 40 }, (_, i) => i))).toBeNull();
    const bytes = serialiseModel(defaultModel(pack, 1));
    expect(parseModel(bytes.subarray(0, bytes.length - 4))).toBeNull();
  });
});

it('an explanation names everything that a reading says', () => {
  const text = '家里断网三天了';
  const explained = explainReading(pack, reader.read(text), text, reader.alternatives(text, 3));
  expect(explained.category?.path.map((p) => p.code)).toEqual(['fixed', 'fixed/broadband', 'fixed/broadband/outage']);
  expect(explained.department?.names.zh).not.toBe('');
  expect(explained.because.some((b) => b.text.includes('断网'))).toBe(true);
  expect(explained.alternatives).toHaveLength(3);
  expect(explained.alternatives[0]?.category).toBe('fixed/broadband/outage');
});
