import type { ScopeKind, Viewer } from '../model/people.ts';
import type { Names } from '../model/question.ts';

/** What a data scope means, in words that a member understands. */
export function scopeWords(scope: ScopeKind, unitName: string): Names {
  switch (scope) {
    case 'own':
      return { zh: '本人经办', en: 'What you handled yourself' };
    case 'team':
      return { zh: `本班组（${unitName}）`, en: `Your team (${unitName})` };
    case 'unit':
      return { zh: `本单位（${unitName}）`, en: `Your unit (${unitName})` };
    case 'unit-below':
      return { zh: `${unitName}及下级`, en: `${unitName} and below` };
    case 'city':
      return { zh: `本地市（${unitName}）`, en: `Your city (${unitName})` };
    case 'province':
      return { zh: '全省', en: 'The whole province' };
  }
}

/** A city's viewer sees that city; said of anyone who looks at the viewer's own page. */
export const seesProvince = (viewer: Pick<Viewer, 'scope'>): boolean => viewer.scope === 'province';
