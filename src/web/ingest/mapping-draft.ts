import { CUSTOMER_FIELDS, type Field, USAGE_FIELDS, VOICE_FIELDS } from '../../model/import-fields.ts';
import type { BatchView, ImportPreview, ImportMapping } from '../../model/import-views.ts';

export type ImportField = Field;

export const fieldsFor = (as: BatchView['as']): readonly ImportField[] =>
  ({ voices: VOICE_FIELDS, customers: CUSTOMER_FIELDS, usage: USAGE_FIELDS })[as];

/** What the rows of a file are, in words. */
export const CARRIED = { voices: 'imports.asVoices', customers: 'imports.asCustomers', usage: 'imports.asUsage' } as const;

/** What a file is read as: the mapping that was set or remembered, else the suggestion. */
export function mappingOf(batch: Pick<BatchView, 'options'>, preview: ImportPreview): ImportMapping {
  const kept = batch.options.mapping;
  if (kept !== undefined) return { ...kept, columns: fittedColumns(kept.columns, preview) };
  const columns = suggestedColumns(preview);
  const constants = preview.constants ?? {};
  return {
    columns,
    ...(Object.keys(constants).length === 0 ? {} : { constants }),
    ...(typeof preview.date_order === 'string' ? { dateOrder: preview.date_order } : {}),
  };
}

const suggestedColumns = (preview: ImportPreview): Record<string, string> =>
  Object.fromEntries(preview.columns.flatMap((c) => (c.suggested === null ? [] : [[c.title, c.suggested.field]])));

/** A remembered mapping on a file with other columns: what fits stays, and what is suggested fills the fields that lost theirs. */
function fittedColumns(columns: Readonly<Record<string, string>>, preview: ImportPreview): Readonly<Record<string, string>> {
  const titles = new Set(preview.columns.map(({ title }) => title));
  const kept = Object.entries(columns).filter(([title]) => titles.has(title));
  if (kept.length === Object.keys(columns).length) return columns;
  const [placed, used] = [new Set(kept.map(([title]) => title)), new Set(kept.map(([, field]) => field))];
  const filled = Object.entries(suggestedColumns(preview)).filter(([title, field]) => !placed.has(title) && !used.has(field));
  return Object.fromEntries([...kept, ...filled]);
}

/** null = keep the column as an attribute. A field that only one column may hold leaves the column that had it. */
export function withField(mapping: ImportMapping, title: string, field: string | null): ImportMapping {
  const kept = Object.entries(mapping.columns).filter(([other, f]) => other !== title && (f !== field || field === 'text'));
  return { ...mapping, columns: Object.fromEntries(field === null ? kept : [...kept, [title, field]]) };
}

const CONSTANTS = ['kind', 'channel', 'region', 'unit', 'product', 'plan', 'status'] as const;
export type ConstantField = (typeof CONSTANTS)[number];
const PLACES: readonly string[] = ['region', 'city', 'district', 'community'];

/** What may be said once for the whole file: only what no column says. */
export function constantFieldsFor(as: BatchView['as'], mapping: ImportMapping): readonly ConstantField[] {
  const mapped = new Set(Object.values(mapping.columns));
  const offered: readonly ConstantField[] = { voices: CONSTANTS, customers: ['product', 'plan'] as const, usage: [] }[as];
  const hasPlace = PLACES.some((field) => mapped.has(field));
  return offered.filter((field) => (field === 'region' ? !hasPlace : !mapped.has(field)));
}

export function withConstant(mapping: ImportMapping, field: ConstantField, value: string): ImportMapping {
  const { [field]: _, ...others } = mapping.constants ?? {};
  return withoutEmpty({ ...mapping, constants: value === '' ? others : { ...others, [field]: value } });
}

/** What is not said is left out: the file's own evidence or the product's zone then decides. */
export function withoutEmpty({ constants, dateOrder, zone, ...rest }: ImportMapping): ImportMapping {
  return {
    ...rest,
    ...(constants === undefined || Object.keys(constants).length === 0 ? {} : { constants }),
    ...(dateOrder === undefined || dateOrder === '' ? {} : { dateOrder }),
    ...(zone === undefined || zone === '' ? {} : { zone }),
  };
}

export type MendedField = 'region' | 'unit' | 'kind' | 'channel';
const MENDED_BY: Readonly<Record<string, MendedField>> = {
  'region-unknown': 'region',
  'unit-unknown': 'unit',
  'kind-unknown': 'kind',
  'channel-unknown': 'channel',
};

/** Which problems one rule can mend for all rows. */
export const mendedField = (code: string): MendedField | null => (Object.hasOwn(MENDED_BY, code) ? (MENDED_BY[code] ?? null) : null);

/** A value that was hidden or cut in the report is not the value of the file: no rule can be made of it. */
export const isWhole = (value: string): boolean => !value.includes('*') && !value.endsWith('…');

export function withMeaning(mapping: ImportMapping, field: MendedField, meant: Readonly<Record<string, string>>): ImportMapping {
  return { ...mapping, values: { ...mapping.values, [field]: { ...mapping.values?.[field], ...meant } } };
}
