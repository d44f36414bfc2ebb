import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, originalSpan } from './fold-text.ts';

describe('foldText', () => {
  it.each([
    ['網絡太慢，話費亂扣', '网络太慢,话费乱扣'],
    ['ＷｉＦｉ １００Ｍ', 'wifi 100m'],
    ['上網點(diǎn)卡頓(dùn)了', '上网点卡顿了'],
    ['電(dian)視黑屏', '电视黑屏'],
    ['宽带(fttr)慢', '宽带(fttr)慢'],
    ['网\u200b络\ufeff', '网络'],
    ['', ''],
  ])('folds %s to %s', (text, expected) => {
    expect(foldText(text).folded).toBe(expected);
  });

  it('leads every folded span back to the original characters', () => {
    const text = '我家電(diàn)視看不了';
    const { folded, map } = foldText(text);
    const at = folded.indexOf('电视');
    const span = originalSpan(map, at, at + 2);
    expect(text.slice(span.from, span.before)).toBe('電(diàn)視');
  });

  it('never throws, never grows and maps inside the text, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('點', '(', 'd', 'ǎ', ')', '\ud83d', '\u200b', '１') })),
        (text) => {
          const { folded, map } = foldText(text);
          expect(folded.length).toBeLessThanOrEqual(text.length);
          if (map === null) expect(folded.length).toBe(text.length);
          else {
            expect(map.length).toBe(folded.length + 1);
            expect([...map].every((at, i) => at <= text.length && (i === 0 || at > (map[i - 1] ?? -1)))).toBe(true);
          }
        },
      ),
    );
  });
});
