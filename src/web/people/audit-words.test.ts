import { describe, expect, it } from 'vitest';
import { type AuditNames, auditLines, lineText } from './audit-words.ts';

const CALLED: Readonly<Record<string, string>> = {
  'roles=agent': '坐席',
  'roles=quality': '品质专员',
  'scope=own': '本人',
  'scope=city': '本地市',
  'unit=ou_a': 'A市',
  'state=new': '待受理',
  'state=accepted': '已受理',
  'question.measures=voices': '声音量',
  'filter.kind=member': '成员',
};
const names = (locale: 'zh' | 'en'): AuditNames => ({
  locale,
  value: (field, code) => CALLED[`${field}=${code}`],
  filter: (filter) => ('in' in filter ? `${filter.field} ∈ ${filter.in.join()}` : '…'),
  moment: (instant) => instant.slice(0, 10),
  yes: '是',
  no: '否',
  empty: '（空）',
});
const told = (detail: unknown) => auditLines(detail, names('zh')).map(lineText);

describe('an audit record', () => {
  it('tells what was replaced, by name', () => {
    expect(
      told({
        before: { roles: ['agent'], scope: 'own', unit: 'ou_x' },
        after: { roles: ['quality', 'agent'], scope: 'city', unit: 'ou_a' },
      }),
    ).toEqual(['角色: 坐席 → 品质专员、坐席', '数据权限: 本人 → 本地市', '单位: ou_x → A市']);
    expect(told({ before: { disabled: false, email: null }, after: { disabled: true, email: 'a@b.c' } })).toEqual([
      '停用: 否 → 是',
      '邮箱: （空） → a@b.c',
    ]);
  });
  it('tells what something new is like, and what stands beside a deed', () => {
    expect(told({ after: { name: '周', roles: ['agent'] } })).toEqual(['名称: 周', '角色: 坐席']);
    expect(told({ reason: '客户来电', rows: 12, unheard_of: { a: 1 } })).toEqual(['原因: 客户来电', '行数: 12', 'unheard_of: a: 1']);
    expect(told(null)).toEqual([]);
  });
  it('tells the state of an order as one change', () => {
    expect(told({ from: 'new', to: 'accepted', note: null })).toEqual(['状态: 待受理 → 已受理', '说明: （空）']);
    expect(told({ to: 'new' })).toEqual(['新状态: new']);
  });
  it('says only what is another than it was, also where the whole of it was kept', () => {
    const before = { names: { en: 'Cuts', zh: '断网' }, threshold: 20, where: [], version: 3, updatedAt: 'x' };
    const after = { names: { en: 'Outages', zh: '断线' }, threshold: 20, where: [{ field: 'kind', in: ['fault'] }] };
    expect(told({ before, after })).toEqual(['名称: 断网 → 断线', '条件: （空） → kind ∈ fault']);
  });
  it('opens what stands inside another, with names that fit there', () => {
    expect(told({ question: { measures: ['voices'], by: [], order: [{ by: 'voices', descending: true }] } })).toEqual([
      '问题: 指标: 声音量；排序: 按: voices；降序: 是',
    ]);
    expect(told({ filter: { kind: 'member', from: '2026-03-01T16:00:00.000Z' } })).toEqual(['筛选: 对象类型: 成员；起: 2026-03-01']);
    expect(told({ filter: {} })).toEqual(['筛选: （空）']);
  });
  it('never fails on what an older program wrote', () => {
    for (const detail of [3, 'x', [], { before: 1, after: 2 }, { before: { a: [null] } }, { where: [3, { in: 1 }] }, { __proto__: null }])
      expect(() => told(detail)).not.toThrow();
  });
});
