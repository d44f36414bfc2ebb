import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { QueryForm } from '../kit/query-form.tsx';
import type { QueryField } from '../kit/query-form.tsx';
import { useLabels, useVocabulary, valuesOf } from '../kit/vocabulary.ts';
import { ALARM_FILTERS, ALARM_PERIODS } from './alarm-tabs.ts';

/** Whose, where and when: over every tab alike, and in the address. */
export function AlarmQuery() {
  const [params, setParams] = useSearchParams();
  const fields = useFields();
  const ask = (values: Readonly<Record<string, readonly string[]>>): void =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      for (const gone of ['cursor', 'after', ...ALARM_FILTERS]) next.delete(gone);
      for (const name of ALARM_FILTERS) {
        const value = values[name]?.[0] ?? '';
        if (value !== '') next.set(name, value);
      }
      return next;
    });
  const values = Object.fromEntries(ALARM_FILTERS.map((name) => [name, params.get(name) === null ? [] : [params.get(name) ?? '']]));
  return <QueryForm fields={fields} values={values} onQuery={ask} onReset={() => ask({})} />;
}

function useFields(): readonly QueryField[] {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = useVocabulary().data;
  const optionsOf = (name: string) =>
    (words === undefined ? [] : (valuesOf(words, name) ?? [])).map(({ code }) => ({ value: code, label: labels.value(name, code) }));
  return [
    { name: 'department', label: t('rules.department'), kind: 'choice', options: optionsOf('department') },
    { name: 'place', label: t('alarms.query.place'), kind: 'choice', options: ['city', 'district'].flatMap(optionsOf) },
    {
      name: 'period',
      label: t('alarms.query.period'),
      kind: 'choice',
      options: ALARM_PERIODS.map((value) => ({ value, label: t(`period.${value}`) })),
    },
  ];
}

/** What narrows the list, in words, for its file. */
export function useAlarmFilterWords(): readonly string[] {
  const [params] = useSearchParams();
  return useFields().flatMap((field) => {
    const value = params.get(field.name);
    const options = field.kind === 'choice' ? field.options : [];
    return value === null ? [] : [`${field.label}: ${options.find((one) => one.value === value)?.label ?? value}`];
  });
}
