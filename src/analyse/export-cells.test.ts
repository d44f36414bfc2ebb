import { describe, expect, test } from 'vitest';
import { answerSheet, exportName, safeText } from './export-cells.ts';

describe('text in a spreadsheet', () => {
  test.each([
    ['=1+1', `'=1+1`],
    ['+86', `'+86`],
    ['-5元', `'-5元`],
    ['@sum', `'@sum`],
    ['  =x', `'  =x`],
    ['＝cmd', `'＝cmd`],
    ['\tx', `'\tx`],
    ['普通', '普通'],
    ['a=b', 'a=b'],
    ['two\nlines', 'two\nlines'],
    ['nul\u0000bell\u0007', 'nulbell'],
    ['half \ud800 pair', 'half \ufffd pair'],
  ])('%j becomes %j', (given, wanted) => expect(safeText(given)).toBe(wanted));
  test('is cut to what a cell holds', () => expect(safeText('很'.repeat(40_000))).toHaveLength(32_767));
});

describe('an exported answer', () => {
  test('keeps numbers and dates real and shows names for codes', () => {
    const names = { zh: '列', en: 'Column' };
    const sheet = answerSheet(
      {
        columns: [
          { name: 'hour', kind: 'dimension', unit: 'time', names },
          { name: 'city', kind: 'dimension', unit: 'text', names },
          { name: 'share', kind: 'measure', unit: 'share', names },
        ],
        rows: [
          { hour: '2026-03-01T08:00', city: 'jn', share: 0.5 },
          { hour: '2026-03-01T09:00', city: null, share: null },
        ],
        total_rows: 2,
        as_of: '',
        labels: { city: { jn: { zh: '济南', en: 'Jinan' }, '': { zh: '未注明', en: 'Not stated' } } },
      },
      'en',
    );
    expect(sheet.formats).toEqual(['yyyy-mm-dd hh:mm', null, '0.0%']);
    expect(sheet.rows).toEqual([
      [
        { kind: 'date', ms: Date.UTC(2026, 2, 1, 8) },
        { kind: 'text', text: 'Jinan' },
        { kind: 'number', value: 0.5 },
      ],
      [{ kind: 'date', ms: Date.UTC(2026, 2, 1, 9) }, { kind: 'text', text: 'Not stated' }, { kind: 'empty' }],
    ]);
  });
  test('is named for its range', () => {
    expect(exportName('answer', [{ field: 'said_at', from: '2026-03-01', before: '2026-04-01T00:00' }])).toBe(
      'voxloop_answer_2026-03-01_2026-04-01.xlsx',
    );
    expect(exportName('voices', [{ text: 'x' }, { field: 'said_at', from: '../"' }])).toBe('voxloop_voices.xlsx');
  });
});
