import type { Filter } from '../../model/question.ts';
import type { Locale } from '../i18n/index.ts';
import { wordOf } from '../i18n/people-words.ts';
import { FIELD_WORDS } from '../i18n/record-words.ts';

/** One line of what a record tells: a value that was replaced, or a value beside the deed. */
export type AuditLine =
  | { readonly kind: 'changed'; readonly name: string; readonly before: string; readonly after: string }
  | { readonly kind: 'said'; readonly name: string; readonly value: string };

export interface AuditNames {
  readonly locale: Locale;
  /** What people call a code of a field; undefined where it is no code. A field inside another is called `outer.inner`. */
  readonly value: (field: string, code: string) => string | undefined;
  readonly filter: (filter: Filter) => string;
  readonly moment: (instant: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly empty: string;
}

type Fields = Readonly<Record<string, unknown>>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const lastOf = (field: string): string => field.slice(field.lastIndexOf('.') + 1);
const nameOf = (field: string, locale: Locale): string =>
  wordOf(FIELD_WORDS, Object.hasOwn(FIELD_WORDS, field) ? field : lastOf(field), locale);

/** A stored value as people say it: codes by their names, lists joined, nothing as “(empty)”. */
export function valueWords(value: unknown, field: string, names: AuditNames): string {
  if (isNothing(value)) return names.empty;
  if (typeof value === 'boolean') return value ? names.yes : names.no;
  if (Array.isArray(value)) return value.map((one) => valueWords(one, field, names)).join(names.locale === 'zh' ? '、' : ', ');
  if (isObject(value)) return objectWords(value, field, names);
  const text = String(value);
  return INSTANT.test(text) ? names.moment(text) : (names.value(field, text) ?? text);
}

/** A name in two languages, a filter of a question, or anything else field by field. */
function objectWords(value: Fields, field: string, names: AuditNames): string {
  const named = value[names.locale];
  if (typeof named === 'string' && Object.keys(value).length === 2) return named;
  if (lastOf(field) === 'where' && isFilter(value)) return names.filter(value);
  const parts = Object.entries(value).filter(([, one]) => !isNothing(one));
  if (parts.length === 0) return names.empty;
  return parts
    .map(([key, one]) => {
      const inner = `${lastOf(field)}.${key}`;
      return `${nameOf(inner, names.locale)}: ${valueWords(one, inner, names)}`;
    })
    .join(names.locale === 'zh' ? '；' : '; ');
}

const isFilter = (value: Fields): value is Fields & Filter =>
  typeof value['text'] === 'string' || (typeof value['field'] === 'string' && (!('in' in value) || Array.isArray(value['in'])));

/** Everything that a record's detail says, changes first. */
export function auditLines(detail: unknown, names: AuditNames): readonly AuditLine[] {
  if (!isObject(detail)) return [];
  const { before, after, ...rest } = detail;
  const { from, to, ...beside } = rest;
  const moved = typeof from === 'string' && typeof to === 'string';
  const said = Object.entries(moved ? beside : rest).map(([field, value]): AuditLine => ({
    kind: 'said',
    name: nameOf(field, names.locale),
    value: valueWords(value, field, names),
  }));
  return [...(moved ? [changed('state', from, to, names)] : []), ...replaced(before, after, names), ...said];
}

const changed = (field: string, before: unknown, after: unknown, names: AuditNames): AuditLine => ({
  kind: 'changed',
  name: nameOf(field, names.locale),
  before: valueWords(before, field, names),
  after: valueWords(after, field, names),
});

/** What is another than it was. Some records keep the whole of what was before: what `after` does not name stayed. */
function replaced(before: unknown, after: unknown, names: AuditNames): readonly AuditLine[] {
  const was = isObject(before) ? before : null;
  const is = isObject(after) ? after : {};
  const fields = isObject(after) ? Object.keys(after) : Object.keys(was ?? {});
  if (was === null)
    return fields.map((field) => ({ kind: 'said', name: nameOf(field, names.locale), value: valueWords(is[field], field, names) }));
  return fields
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .map((field) => changed(field, was[field], is[field], names));
}

export const lineText = (line: AuditLine): string =>
  line.kind === 'changed' ? `${line.name}: ${line.before} → ${line.after}` : `${line.name}: ${line.value}`;
