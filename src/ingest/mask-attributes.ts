import { type KnownPerson, maskAddress, maskId, maskName, maskPhone, maskText } from '../model/masking.ts';

const NAME = /姓名|名字|联系人|机主|户主|^(customer |full |first |last )?name$|contact person/i;
const ADDRESS = /地址|住址|address|street/i;
const ID = /身份证|证件|id[ _]?(number|card|no)|passport/i;
const PHONE = /电话|手机|号码|phone|mobile|tel\b/i;

/** Attributes keep what nobody mapped, so a column of names or addresses is known by its title; every text is masked besides. */
export function maskAttributes(attributes: Readonly<Record<string, string>>, known: KnownPerson = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).map(([title, value]) => [title, maskAttribute(title, value, known)]));
}

/** A whole record as a file or a request gave it. Whom its columns name is hidden in its texts as well. */
export function maskRecord(raw: unknown): unknown {
  const names = namesWithin(raw, '');
  const masked = (part: unknown, title: string): unknown => {
    if (typeof part === 'string') return maskCell(title, part, names);
    if (Array.isArray(part)) return part.map((one) => masked(one, title));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, masked(one, name)]));
  };
  return masked(raw, '');
}

export function maskCell(title: string, value: string, names: readonly string[]): string {
  return names.reduce((text, name) => maskText(text, { name }), maskAttribute(title, value));
}

export const isNameTitle = (title: string): boolean => NAME.test(title);

function namesWithin(raw: unknown, title: string): readonly string[] {
  if (typeof raw === 'string') return isNameTitle(title) ? [raw] : [];
  return typeof raw === 'object' && raw !== null ? Object.entries(raw).flatMap(([name, part]) => namesWithin(part, name)) : [];
}

export function maskAttribute(title: string, value: string, known: KnownPerson = {}): string {
  if (NAME.test(title)) return maskName(value);
  if (ADDRESS.test(title)) return maskAddress(value);
  if (ID.test(title)) return maskId(value);
  if (PHONE.test(title)) return maskPhone(value);
  return maskText(value, known);
}
