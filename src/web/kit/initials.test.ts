import { describe, expect, it } from 'vitest';
import { fitOf, initialsOf } from './initials.ts';

describe('pinyin initials', () => {
  it.each([
    ['总览', 'zl'],
    ['痛点分析', 'tdfx'],
    ['客户声音', 'khsy'],
    ['预警规则', 'yjgz'],
    ['工单', 'gd'],
    ['数据导入', 'sjdr'],
    ['组织与成员', 'zzycy'],
    ['审计', 'sj'],
    ['系统', 'xt'],
    ['知识地图', 'zsdt'],
    ['阿八擦打鹅发噶哈机卡拉马那欧怕七然撒他挖西压杂', 'abcdefghjklmnopqrstwxyz'],
    ['5G 套餐', '5g tc'],
  ])('of %s are %s', (text, initials) => {
    expect(initialsOf(text)).toBe(initials);
  });

  it('find a page, its name before its initials, a beginning before the middle', () => {
    const fits = ['客户声音', '声音', 'khsy', '我的客户'].map((text) => fitOf(text, '客户'));
    expect(fits).toEqual([4, 0, 0, 3]);
    expect([fitOf('客户声音', 'kh'), fitOf('客户声音', 'sy'), fitOf('客户声音', 'xx'), fitOf('任何', ' ')]).toEqual([2, 1, 0, 1]);
  });
});
