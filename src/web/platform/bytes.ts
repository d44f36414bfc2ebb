import type { Locale } from '../i18n/index.ts';
import { decimal } from '../kit/format.ts';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** 1,536 → 1.5 KB; three figures at most. */
export function bytes(size: number, locale: Locale): string {
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${decimal(value, unit === 0 || value >= 100 ? 0 : 1, locale)} ${UNITS[unit] ?? ''}`;
}
