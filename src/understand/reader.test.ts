import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Pack } from '../model/pack.ts';
import { weightOf } from '../maths/sparse-weights.ts';
import { buildReader, defaultModel, explainReading, parseModel, serialiseModel, type Reader, type ReaderModel } from './index.ts';
import { loadPack } from './load-pack.client.ts';

let pack: Pack;
let model: ReaderModel;
let reader: Reader;
beforeAll(async () => {
  pack = await loadPack();
  model = defaultModel(pack, 1);
  reader = buildReader(pack, model, 'test-1');
  // Training takes some seconds of a core, and more where others compute as well.
}, 120_000);

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
    const bytes = serialiseModel(model);
    const parsed = parseModel(Buffer.from(bytes));
    expect(parsed).not.toBeNull();
    const again = buildReader(pack, parsed, 'test-1');
    for (const { text } of pack.examples.slice(0, 100)) expect(again.read(text)).toEqual(reader.read(text));
  });

  it('is nothing else than its bytes say', () => {
    expect(parseModel(new Uint8Array(0))).toBeNull();
    expect(parseModel(Uint8Array.from({ length: 40 }, (_, i) => i))).toBeNull();
    const bytes = serialiseModel(model);
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

describe('the kind of a voice whose source says none', () => {
  it.each([
    ['请问怎么办理携号转网', 'consultation'],
    ['建议你们在小区门口加一个自助缴费机', 'suggestion'],
    ['要求退费，不然我打12315', 'complaint'],
    ['表扬一下装机的小伙子，很专业', 'praise'],
    ['宽带报障，光猫亮红灯', 'fault'],
    ['套餐不合理，每次都说不清楚', 'grievance'],
  ])('%s is read as %s, with the words that say so', (text, kind) => {
    const reading = reader.read(text);
    expect(reading.kind?.kind).toBe(kind);
    expect(reading.because.some((b) => b.kind === 'kind' && b.for === kind)).toBe(true);
  });

  it('is left open where the words say nothing', () => {
    expect(reader.read('十月的账单').kind).toBeNull();
  });
});

it('the first format of a model is still read, and the same', () => {
  const again = buildReader(pack, parseModel(firstFormat(model)), 'test-1');
  for (const { text } of pack.examples.slice(0, 60)) {
    const [old, now] = [again.read(text), reader.read(text)];
    expect(old.category).toBe(now.category);
    expect(old.confidence).toBeCloseTo(now.confidence, 2);
  }
});

/** VXR1 as homes of the first release hold it: keys, rows, idf, all weights, bias. */
function firstFormat(learnt: ReaderModel): Uint8Array {
  const { classes, vocabulary, idf, weights, bias } = learnt.classifier;
  const part = (offset: number): Int32Array =>
    Int32Array.from({ length: vocabulary.slots.length / 4 }, (_, i) => vocabulary.slots[i * 4 + offset] ?? 0);
  const floats = new Float32Array(weights.records.buffer);
  const dense = new Float32Array(vocabulary.size * classes);
  for (let f = 0; f < vocabulary.size; f++)
    for (let c = 0; c < classes; c++) dense[f * classes + c] = weightOf(weights, floats, classes, f, c);
  const arrays = { high: part(0), low: part(1), rows: part(2), idf, weights: dense, bias };
  const lengths = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.length]));
  const { labels, sharpness, rows } = learnt;
  const text = new TextEncoder().encode(JSON.stringify({ labels, sharpness, rows, kind: vocabulary.kind, size: vocabulary.size, lengths }));
  const start = 8 + Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(start + Object.values(arrays).reduce((sum, array) => sum + array.byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, 0x31525856, true);
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = start;
  for (const array of Object.values(arrays)) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

it('files a voice under what it says first; a second matter does not pull it away', () => {
  const alone = reader.read('家里宽带断网两天了，光猫亮红灯');
  const both = reader.read('家里宽带断网两天了，光猫亮红灯。另外这个月账单多扣了钱，给我核对一下');
  expect(both.category).toBe('fixed/broadband/outage');
  expect(both.confidence).toBeGreaterThan(alone.confidence - 0.1);
});
