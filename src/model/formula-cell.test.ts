import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shielded, unshielded } from './formula-cell.ts';

describe('a cell that looks like a formula', () => {
  it.each([
    '=1+1',
    '+86',
    '-5元',
    '@sum',
    '  =x',
    '　=1',
    '\ufeff=1',
    '\u200b=1',
    '"=1"',
    ';=1',
    '\tx',
    '\rx',
    '\nx',
    '＝cmd',
    '＋1',
    '－1',
    '＠x',
    '﹦1',
  ])('%j gets an apostrophe', (text) => expect(shielded(text)).toBe(`'${text}`));

  it.each(['普通', 'a=b', "it's", "'普通'", '1-2', '', ' '])('%j stays', (text) => {
    expect(shielded(text)).toBe(text);
    expect(unshielded(text)).toBe(text);
  });

  it('is one again to the letter when the apostrophe is taken away, however many it had itself', () => {
    const unit = fc.constantFrom('=', '-', '＝', "'", '"', ';', ' ', '\t', '\n', '\ufeff', '话', 'a');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(unshielded(shielded(text))).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(unshielded(shielded(text))).toBe(text);
      }),
    );
  });
});
