import type { Names } from '../model/question.ts';
import type { ScopeFilter } from '../model/scope.ts';

/** Where a voice was said and who handled it: all that scope is decided by. */
export interface Placed {
  readonly city: string | null;
  readonly district: string | null;
  readonly unit_id: string | null;
  readonly unit_path: string | null;
  readonly agent: string | null;
}

export const WHYS = [
  'province',
  'no-place',
  'own-city',
  'other-city',
  'own-branch',
  'own-district',
  'elsewhere',
  'own-unit',
  'other-unit',
  'handled',
  'not-handled',
] as const;
export type Why = (typeof WHYS)[number];

/** Whether a scope shows a voice and why: the same decision that `scope.sql.ts` prints as SQL, one voice at a time. */
export function whySeen(scope: ScopeFilter, voice: Placed): { readonly seen: boolean; readonly why: Why } {
  const told = (seen: boolean, yes: Why, no: Why) => (seen ? { seen, why: yes } : { seen, why: voice.city === null ? 'no-place' : no });
  switch (scope.kind) {
    case 'all':
      return { seen: true, why: 'province' };
    case 'none':
      return { seen: false, why: 'elsewhere' };
    case 'city':
      return told(voice.city === scope.city, 'own-city', 'other-city');
    case 'units': {
      const byUnit = voice.city !== null && (voice.unit_path?.startsWith(scope.pathPrefix) ?? false);
      const byDistrict = voice.city !== null && scope.district !== null && voice.district === scope.district;
      return told(byUnit || byDistrict, byUnit ? 'own-branch' : 'own-district', 'elsewhere');
    }
    case 'unit':
    case 'team':
      return told(voice.city !== null && voice.unit_id === scope.unit, 'own-unit', 'other-unit');
    case 'agent':
      return told(voice.city !== null && voice.agent === scope.agent, 'handled', 'not-handled');
  }
}

/** The reason in words; `place` is where it was said, `unit` who handled it. */
export function whyWords(why: Why, place: Names | null, unit: Names | null): Names {
  const at = place ?? { zh: '未知地点', en: 'an unknown place' };
  const by = unit ?? { zh: '未记录单位', en: 'no recorded unit' };
  const words: Readonly<Record<Why, Names>> = {
    province: { zh: '数据权限是全省', en: 'the scope is the whole province' },
    'no-place': { zh: '没有地点的声音只有全省权限可见', en: 'a voice without a place is seen with province scope only' },
    'own-city': { zh: `发生在本地市（${at.zh}）`, en: `said in the own city (${at.en})` },
    'other-city': { zh: `发生在别的地市（${at.zh}）`, en: `said in another city (${at.en})` },
    'own-branch': { zh: `由本单位或下级办理（${by.zh}）`, en: `handled by the unit or one below it (${by.en})` },
    'own-district': { zh: `发生在本区县（${at.zh}）`, en: `said in the own district (${at.en})` },
    elsewhere: {
      zh: `不在本区县（${at.zh}），也不由本单位及下级办理`,
      en: `neither in the own district (${at.en}) nor handled by the unit or below`,
    },
    'own-unit': { zh: `由本单位办理（${by.zh}）`, en: `handled by the own unit (${by.en})` },
    'other-unit': { zh: `由其他单位办理（${by.zh}）`, en: `handled by another unit (${by.en})` },
    handled: { zh: '由本人办理', en: 'handled by the member' },
    'not-handled': { zh: '不是本人办理', en: 'not handled by the member' },
  };
  return words[why];
}
