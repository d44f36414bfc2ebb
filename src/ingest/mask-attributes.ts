import { maskAddress, maskId, maskName, maskPhone, maskText } from '../model/masking.ts';

const NAME = /姓名|名字|联系人|机主|户主|^(customer |full |first |last )?name$|contact person/i;
const ADDRESS = /地址|住址|address|street/i;
const ID = /身份证|证件|id[ _]?(number|card|no)|passport/i;
const PHONE = /电话|手机|号码|phone|mobile|tel\b/i;

/** Attributes keep what nobody mapped, so a column of names or addresses is known by its title; every text is masked besides. */
export function maskAttributes(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).map(([title, value]) => [title, maskAttribute(title, value)]));
}

/** A whole record as a file or a request gave it. */
export function maskRecord(raw: unknown, title = ''): unknown {
  if (typeof raw === 'string') return maskAttribute(title, raw);
  if (Array.isArray(raw)) return raw.map((part) => maskRecord(part, title));
  if (typeof raw !== 'object' || raw === null) return raw;
  return Object.fromEntries(Object.entries(raw).map(([name, part]) => [name, maskRecord(part, name)]));
}

export function maskAttribute(title: string, value: string): string {
  if (NAME.test(title)) return maskName(value);
  if (ADDRESS.test(title)) return maskAddress(value);
  if (ID.test(title)) return maskId(value);
  if (PHONE.test(title)) return maskPhone(value);
  return maskText(value);
}
