import { expect, test } from 'vitest';
import { PROBLEM_CODES } from './problem.ts';
import { PROBLEM_TEXTS, problemSentence, problemText } from './problem-texts.ts';

test('every code has a sentence in both languages with the same parameters', () => {
  // A name that has two languages is one parameter: {role_zh}, {role_en}.
  const params = (text: string): string[] => (text.match(/\{[\w|]+\}/g) ?? []).map((one) => one.replace(/_(?:zh|en)\}$/, '}')).sort();
  for (const code of PROBLEM_CODES) {
    const { zh, en } = PROBLEM_TEXTS[code];
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(params(zh), code).toEqual(params(en));
  }
});

test('parameters and places are filled in; a missing one is a dash, never an exception', () => {
  const problem = { code: 'date-unreadable', row: 12, column: 'Date', params: { value: '31.31.2015' } } as const;
  expect(problemSentence(problem, 'en')).toBe('Row 12, column “Date”: Not a date or time that can be read: “31.31.2015”.');
  expect(problemSentence(problem, 'zh')).toBe('第 12 行“Date”列：无法识别的日期或时间：“31.31.2015”。');
  expect(problemText({ code: 'sheet-missing', params: { sheet: 'A' } }, 'en')).toContain('“A”; there are: —');
  expect(problemText({ code: 'field-unknown', column: 'where[0]' }, 'en')).toBe('Unknown field “where[0]”.');
});
