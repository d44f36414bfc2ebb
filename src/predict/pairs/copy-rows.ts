import type { CustomerRow, EventRow } from './log-builder.ts';

/** Fields of a row of COPY text. */
export function fieldsOf(line: string): readonly (string | null)[] {
  return line.split('\t').map((field) => {
    if (field === '\\N') return null;
    return field.includes('\\') ? unescaped(field) : field;
  });
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const unescaped = (field: string): string => field.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);

/** In the order of columns of `eventsQuery`. */
export function eventRow(line: string): EventRow {
  const [voice, customer, minutes, kind, recorded, read, district, city, text] = fieldsOf(line);
  return {
    voice: Number(voice),
    customer: customer ?? '',
    atMinutes: Number(minutes),
    isComplaint: kind === 'complaint',
    recorded: recorded ?? null,
    read: read ?? null,
    district: district ?? null,
    city: city ?? null,
    text: Number(text),
  };
}

/** In the order of columns of `customersQuery`. */
export function customerRow(line: string): CustomerRow {
  const [customer, district, city, brand, tier, since, until, segment] = fieldsOf(line);
  return {
    customer: customer ?? '',
    district: district ?? null,
    city: city ?? null,
    brand: brand ?? null,
    valueTier: tier ?? null,
    since: since === null || since === undefined ? null : Number(since),
    until: until === null || until === undefined ? null : Number(until),
    segment: segment ?? null,
  };
}
