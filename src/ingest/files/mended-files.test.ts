import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shielded, unshielded } from '../../model/formula-cell.ts';
import { csvSplitter } from './csv-splitter.ts';
import { csvLine, isMended, isReasonOf, reasonText } from './mended-files.ts';

describe('a file of rejected rows', () => {
  it('has cells that no spreadsheet takes for a formula, and that come back to the letter', () => {
    const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\n', '\t', '话', 'a', ' ') });
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (cells) => {
        const splitter = csvSplitter(',', 10_000);
        const line = csvLine(['x', ...cells]);
        const [record] = [...splitter.push(`a,b\n${line}`), ...splitter.end()].slice(1);
        expect(record?.cells.map(unshielded)).toEqual(['x', ...cells]);
        for (const cell of cells) expect(shielded(cell)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('is known by its last title, and its reasons by their codes', () => {
    const reason = reasonText([{ code: 'text-missing' }, { code: 'date-unreadable', column: '时间', params: { value: 'x' } }], 7, 'zh');
    expect(reason).toContain('第 7 行');
    expect([
      isReasonOf('错误原因', reason),
      isReasonOf('原因', reason),
      isReasonOf('错误原因', '光猫坏了'),
      isReasonOf('错误原因', '见 [附件]'),
    ]).toEqual([true, false, false, false]);
    expect([isMended(['内容', '错误原因']), isMended(['错误原因', '内容'])]).toEqual([true, false]);
  });
});
