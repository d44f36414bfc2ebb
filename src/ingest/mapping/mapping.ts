import { z } from 'zod';
import type { Problem } from '../../model/problem.ts';
import { CHANNELS, VOICE_KINDS } from '../../model/voice.ts';
import type { Carries } from '../../model/import-views.ts';
import { CUSTOMER_FIELDS, type Field, USAGE_FIELDS, VOICE_FIELDS } from '../../model/import-fields.ts';
import { USAGE_FIGURES } from '../../model/usage.ts';
import { DATE_ORDERS } from '../when.ts';

export { CUSTOMER_FIELDS, type CustomerField, type Field, VOICE_FIELDS, type VoiceField } from '../../model/import-fields.ts';

export function fieldsOf(as: Carries): readonly Field[] {
  return { voices: VOICE_FIELDS, customers: CUSTOMER_FIELDS, usage: USAGE_FIELDS }[as];
}

/** Columns → fields. A column that is not named is kept as an attribute; `text` may be named by several, joined by line breaks. */
export const mappingSchema = z.strictObject({
  columns: z.record(z.string(), z.string()),
  /** What holds for every row that says nothing itself. */
  constants: z
    .strictObject({
      kind: z.enum(VOICE_KINDS).optional(),
      channel: z.enum(CHANNELS).optional(),
      product: z.string().optional(),
      plan: z.string().optional(),
      region: z.string().optional(),
      unit: z.string().optional(),
      status: z.string().optional(),
    })
    .optional(),
  /** What the source means by a word of its own: as written → a region's or unit's code or name, a kind, a channel. */
  values: z
    .strictObject({
      region: z.record(z.string().max(500), z.string().max(200)).optional(),
      unit: z.record(z.string().max(500), z.string().max(200)).optional(),
      kind: z.record(z.string().max(500), z.enum(VOICE_KINDS)).optional(),
      channel: z.record(z.string().max(500), z.enum(CHANNELS)).optional(),
    })
    .optional(),
  dateOrder: z.enum(DATE_ORDERS).optional(),
  /** IANA zone of times without an offset. */
  zone: z.string().optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;

const SEVERAL: ReadonlySet<string> = new Set(['text']);

/** Every mistake of a mapping for a file with these columns; empty = it can be used. */
export function checkMapping(mapping: Mapping, columns: readonly string[], as: Carries): readonly Problem[] {
  const fields = new Set<string>(fieldsOf(as));
  const there = new Set(columns);
  const problems: Problem[] = [];
  const used = new Set<string>();
  for (const [title, field] of Object.entries(mapping.columns)) {
    if (!there.has(title)) problems.push({ code: 'mapping-column-missing', column: title, params: { title } });
    if (!fields.has(field)) problems.push({ code: 'mapping-field-unknown', column: title, params: { field } });
    else if (used.has(field) && !SEVERAL.has(field)) problems.push({ code: 'mapping-field-twice', column: title, params: { field } });
    used.add(field);
  }
  if (mapping.zone !== undefined && !isZone(mapping.zone)) problems.push({ code: 'field-invalid', params: { field: 'zone' } });
  return [...problems, ...missingFields(used, as)];
}

function missingFields(used: ReadonlySet<string>, as: Carries): readonly Problem[] {
  const missing = (field: string): Problem => ({ code: 'field-required', params: { field } });
  if (as === 'customers') return used.has('customer') || used.has('subscription') || used.has('phone') ? [] : [missing('customer')];
  if (as === 'usage')
    return [
      ...(used.has('customer') || used.has('subscription') ? [] : [missing('subscription')]),
      ...(used.has('month') ? [] : [missing('month')]),
      ...(USAGE_FIGURES.some((figure) => used.has(figure)) ? [] : [missing('bill')]),
    ];
  const problems = used.has('text') || used.has('score') || used.has('turns') ? [] : [missing('text')];
  if (used.has('said_clock') && !used.has('said_date')) problems.push(missing('said_date'));
  return problems;
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
