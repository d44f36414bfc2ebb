import { expect, test } from 'vitest';
import { numberStyle, serialDate, sheetNumber } from './sheet-value.ts';

const NUMBER = { kind: 'number' } as const;

test.each([
  ['13912345678', '13912345678', false],
  ['1.3912345678E10', '13912345678', false],
  ['8.1999999999999993', '8.2', false],
  ['1E-7', '0.0000001', false],
  ['123456789012345', '123456789012345', false],
  ['1.2345678901234568E17', '123456789012345680', true],
  ['370102199001011230', '370102199001011230', true],
])('the number %s reads %s', (raw, text, lossy) => {
  expect(sheetNumber(raw, NUMBER, false)).toEqual({ text, lossy });
});

test('a format of zeros keeps the zeros in front', () => {
  expect(sheetNumber('531', numberStyle(164, '0000'), false).text).toBe('0531');
});

test.each([
  [42116, false, '2015-04-22'],
  [42116.66238425926, false, '2015-04-22T15:53:50'],
  [0.6623842592592593, false, '15:53:50'],
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [61, false, '1900-03-01'],
  [40654, true, '2015-04-22'],
])('serial %d (1904: %s) is %s', (serial, system1904, text) => {
  expect(serialDate(serial, system1904)).toBe(text);
});

test('date formats are told from number formats', () => {
  expect(numberStyle(14, undefined).kind).toBe('date');
  expect(numberStyle(164, 'yyyy"年"m"月"d"日"').kind).toBe('date');
  expect(numberStyle(165, '[$-804]yyyy/m/d h:mm').kind).toBe('date');
  expect(numberStyle(166, '#,##0.00"day"').kind).toBe('number');
  expect(numberStyle(167, 'General').kind).toBe('number');
  expect(numberStyle(168, '0.00E+00').kind).toBe('number');
  expect(numberStyle(169, '[Red]#,##0').kind).toBe('number');
});
