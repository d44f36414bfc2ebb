import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, initialsOf } from './pinyin.ts';

describe('first letters in pinyin', () => {
  it.each([
    ['宽带断网', 'kddw'],
    ['资费与账单', 'zfyzd'],
    ['实名登记', 'smdj'],
    ['光猫红灯', 'gmhd'],
    ['不知情定制', 'bzqdz'],
    ['互联网电视', 'hlwds'],
    ['二次放号', 'ecfh'],
    ['5G 网络', '5gwl'],
    ['（未归类）', 'wgl'],
    ['流量漫游密码', 'llmymm'],
    ['欠费停机保号', 'qftjbh'],
    ['营业厅排队', 'yytpd'],
    ['套餐内容不透明', 'tcnrbtm'],
    ['诈骗电话拦截', 'zpdhlj'],
    ['偶尔掉话', 'oedh'],
    ['信号弱', 'xhr'],
  ])('of %s are %s', (text, initials) => {
    expect(initialsOf(text)).toBe(initials);
  });

  it('find a name as its words do', () => {
    expect(answers('宽带断网无法上网', 'kddw')).toBe(true);
    expect(answers('宽带断网无法上网', '断网')).toBe(true);
    expect(answers('Broadband outage', 'out broad')).toBe(true);
    expect(answers('宽带断网', 'xyz')).toBe(false);
    expect(answers('宽带断网', '  ')).toBe(true);
  });

  it('are made of any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void answers(text, initialsOf(text))));
  });
});
