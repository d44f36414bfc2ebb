import { asNumber, type SheetColumn } from './sheet.ts';

/** What a column is good for. Everything but `feature` is left out of the model, and said. */
export type Role = 'feature' | 'identifier' | 'constant' | 'free-text' | 'protected' | 'time';

export interface ColumnRole {
  readonly role: Role;
  readonly kind: 'number' | 'category';
}

/** Attributes by which nobody is to be treated differently, as titles name them. */
const PROTECTED =
  /(^|[^a-z])(gender|sex|female|male|age|ages|birth(day|date)?|senior(citizen)?|ethnicity|race|religion|nationality|disab(led|ility)|marital|married|pregnan(t|cy))([^a-z]|$)|性别|年龄|出生|民族|种族|宗教|国籍|婚姻|婚否|残疾|籍贯/;
const IDENTIFIER = /(^|[^a-z])(id|ids|no|number|code|key|uuid|guid|phone|mobile|index|row)([^a-z]|$)|编号|号码|序号|工号|手机号|身份证/;

/** `customerID`, `SeniorCitizen` → words apart, in lower case. */
const wordsOf = (title: string): string =>
  title
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

export const isProtected = (title: string): boolean => PROTECTED.test(wordsOf(title)) || PROTECTED.test(title.toLowerCase());

export function roleOf(column: SheetColumn, rows: number): ColumnRole {
  const { codes, levels, title } = column;
  const given = codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0);
  const numbers = levels.reduce((sum, level) => sum + (Number.isNaN(asNumber(level)) ? 0 : 1), 0);
  const kind = levels.length > 0 && numbers === levels.length ? 'number' : 'category';
  if (levels.length === 0 || (levels.length === 1 && given === rows)) return { role: 'constant', kind };
  if (isProtected(title)) return { role: 'protected', kind };
  if (kind === 'category' && given > 50 && levels.length > 0.5 * given) {
    const long = levels.reduce((sum, level) => sum + level.length, 0) / levels.length > 24;
    return { role: long ? 'free-text' : 'identifier', kind };
  }
  if (kind === 'number' && isNumbering(column, given)) return { role: 'identifier', kind };
  return { role: 'feature', kind };
}

/** Whole numbers that never come twice and are called a number, or that rise row by row. */
function isNumbering({ codes, levels, title }: SheetColumn, given: number): boolean {
  if (given < 50 || levels.length !== given) return false;
  const values = levels.map(asNumber);
  if (!values.every(Number.isInteger)) return false;
  if (IDENTIFIER.test(wordsOf(title))) return true;
  let rising = 0;
  for (let row = 1; row < codes.length; row++) if ((values[codes[row] ?? -1] ?? 0) > (values[codes[row - 1] ?? -1] ?? 0)) rising++;
  return rising === codes.length - 1;
}
