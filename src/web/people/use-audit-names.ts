import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '../../model/alarm.ts';
import { NOTABLE } from '../../model/audit-views.ts';
import { UNIT_LEVELS } from '../../model/organisation.ts';
import { ROLES, SCOPES } from '../../model/people.ts';
import { AUDIENCES } from '../../model/preferences.ts';
import { SCHEME_IDS } from '../../model/segment-views.ts';
import { ORDER_STATES } from '../../model/work-order.ts';
import type { Locale } from '../i18n/index.ts';
import { VERB_WORDS, wordOf } from '../i18n/people-words.ts';
import { KIND_WORDS, VALUE_WORDS, actionWords } from '../i18n/record-words.ts';
import { filterText } from '../kit/filter-bar.tsx';
import { fullMoment } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { isViewPage } from '../kit/view-pages.ts';
import type { Labels } from '../kit/vocabulary.ts';
import { bytes } from '../platform/bytes.ts';
import type { AuditNames } from './audit-words.ts';
import { organisation } from './people-api.ts';

/** What the audit's codes are called in the language of now. */
export function useAuditNames(): AuditNames {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const units = useQuery({ queryKey: ['organisation'], queryFn: organisation, staleTime: 300_000 }).data?.units;
  return useMemo(() => {
    const byId = new Map(units?.map((unit) => [unit.id, locale === 'en' ? unit.name_en : unit.name]));
    const ofFields = new Map([...textsOf(t), ...labelsOf(labels), ...wordsOf(t, locale)]);
    for (const field of ['unit', 'parent']) ofFields.set(field, (id) => byId.get(id));
    return {
      locale,
      value: (field, code) => ofFields.get(field)?.(code),
      filter: (filter) => filterText(filter, labels, t),
      moment: (instant) => fullMoment(instant, locale),
      yes: t('common.yes'),
      no: t('common.no'),
      empty: t('audit.nothing'),
    };
  }, [locale, t, labels, units]);
}

type Called = (code: string) => string | undefined;
type FieldWords = readonly (readonly [field: string, called: Called])[];

function oneOf<Code extends string>(codes: readonly Code[], say: (code: Code) => string): Called {
  return (text) => {
    const code = codes.find((one) => one === text);
    return code === undefined ? undefined : say(code);
  };
}

const textsOf = (t: TFunction): FieldWords => [
  ['roles', oneOf(ROLES, (code) => t(`roles.${code}`))],
  ['scope', oneOf(SCOPES, (code) => t(`scopes.${code}`))],
  ['level', oneOf(UNIT_LEVELS, (code) => t(`unitLevels.${code}`))],
  ['state', oneOf(ORDER_STATES, (code) => t(`states.order.${code}`))],
  ['severity', oneOf(SEVERITIES, (code) => t(`states.severity.${code}`))],
  ['audience', oneOf(AUDIENCES, (code) => t(`views.audiences.${code}`))],
  ...['scheme', 'schemes'].map((field) => [field, oneOf(SCHEME_IDS, (code) => t(`segments.scheme.${code}`))] as const),
  ['page', (code) => (isViewPage(code) ? t(`nav.${code}`) : undefined)],
];

const labelsOf = (labels: Labels): FieldWords => [
  ['department', (code) => labels.value('department', code)],
  ['source', (code) => labels.value('source', code)],
  ['dimension', labels.dimension],
  ['question.by', labels.dimension],
  ['question.measures', labels.measure],
];

const wordsOf = (t: TFunction, locale: Locale): FieldWords => [
  ...Object.entries(VALUE_WORDS).map(([field, words]): FieldWords[number] => [field, (code) => wordOf(words, code, locale)]),
  ['verbs', (code) => wordOf(VERB_WORDS, code, locale)],
  ['bytes', (size) => bytes(Number(size), locale)],
  ['filter.kind', (code) => wordOf(KIND_WORDS, code, locale)],
  ['filter.action', (code) => oneOf(NOTABLE, (name) => t(`audit.notable.${name}`))(code) ?? actionWords(code, locale)],
];
