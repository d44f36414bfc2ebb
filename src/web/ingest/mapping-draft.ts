import { CUSTOMER_FIELDS, VOICE_FIELDS } from '../../model/import-fields.ts';
import type { Batch, ImportMapping, Preview } from '../api/types.ts';

export type ImportField = (typeof VOICE_FIELDS)[number] | (typeof CUSTOMER_FIELDS)[number];

export const fieldsFor = (as: Batch['as']): readonly ImportField[] => (as === 'voices' ? VOICE_FIELDS : CUSTOMER_FIELDS);

/** What a file is read as: the mapping that was set or remembered, else the suggestion. */
export function mappingOf(batch: Pick<Batch, 'options'>, preview: Preview): ImportMapping {
  if (batch.options.mapping !== undefined) return batch.options.mapping;
  const columns = Object.fromEntries(preview.columns.flatMap((c) => (c.suggested === null ? [] : [[c.title, c.suggested.field]])));
  const constants = preview.constants ?? {};
  return {
    columns,
    ...(Object.keys(constants).length === 0 ? {} : { constants }),
    ...(typeof preview.date_order === 'string' ? { dateOrder: preview.date_order } : {}),
  };
}

/** null = keep the column as an attribute. A field that only one column may hold leaves the column that had it. */
export function withField(mapping: ImportMapping, title: string, field: string | null): ImportMapping {
  const kept = Object.entries(mapping.columns).filter(([other, f]) => other !== title && (f !== field || field === 'text'));
  return { ...mapping, columns: Object.fromEntries(field === null ? kept : [...kept, [title, field]]) };
}
