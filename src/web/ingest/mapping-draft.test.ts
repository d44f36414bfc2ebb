import { describe, expect, it } from 'vitest';
import type { ImportPreview } from '../../model/import-views.ts';
import { mappingOf, withField } from './mapping-draft.ts';

const column = (title: string, field: string | null) => ({
  title,
  samples: [],
  suggested: field === null ? null : { field, confidence: 0.9 },
});
const preview: ImportPreview = {
  columns: [column('内容', 'text'), column('备注', null), column('时间', 'said_at')],
  constants: { kind: 'complaint' },
  date_order: 'ymd',
};

describe('the mapping of an import', () => {
  it('starts as suggested, unless one was set or remembered', () => {
    expect(mappingOf({ options: {} }, preview)).toEqual({
      columns: { 内容: 'text', 时间: 'said_at' },
      constants: { kind: 'complaint' },
      dateOrder: 'ymd',
    });
    expect(mappingOf({ options: { mapping: { columns: { 备注: 'text' } } } }, preview)).toEqual({ columns: { 备注: 'text' } });
  });

  it('moves a field from one column to another, but lets several columns make the text', () => {
    const start = mappingOf({ options: {} }, preview);
    expect(withField(start, '备注', 'said_at').columns).toEqual({ 内容: 'text', 备注: 'said_at' });
    expect(withField(start, '备注', 'text').columns).toEqual({ 内容: 'text', 时间: 'said_at', 备注: 'text' });
    expect(withField(start, '时间', null).columns).toEqual({ 内容: 'text' });
  });
});
