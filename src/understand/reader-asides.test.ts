import { expect, test } from 'vitest';
import { foldInto, newFoldBuffer } from '../model/fold-text.ts';
import { Asides } from './reader-asides.ts';

const buffer = newFoldBuffer();
const asides = new Asides(['另外', '，还有，']);

function mainOf(text: string): string {
  const { codes, length } = foldInto(text, buffer);
  return text.slice(0, asides.mainLength(codes, length));
}

test.each([
  ['家里的网断了两天了，另外账单也不对', '家里的网断了两天了，'],
  ['宽带一直都没有修好,还有,积分不见了，另外发票没开', '宽带一直都没有修好'],
  ['手机流量还有几十个G就是打不开', '手机流量还有几十个G就是打不开'],
  ['你好，另外账单也不对', '你好，另外账单也不对'],
  ['', ''],
])('%s begins with %s', (text, main) => {
  expect(mainOf(text)).toBe(main);
});

test('without phrases everything is the main part', () => {
  const { codes, length } = foldInto('网断了，另外账单不对，还有，没发票', buffer);
  expect(new Asides([]).mainLength(codes, length)).toBe(length);
});
