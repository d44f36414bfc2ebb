import { Select } from 'antd';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../../model/question.ts';
import { AddFilter, Chip, filterText } from '../kit/filter-bar.tsx';
import { wallTime } from '../kit/format.ts';
import { isPeriod, PERIODS } from '../kit/periods.ts';
import type { Period } from '../kit/periods.ts';
import { QueryForm } from '../kit/query-form.tsx';
import type { QueryField } from '../kit/query-form.tsx';
import { useLabels, useVocabulary, valuesOf } from '../kit/vocabulary.ts';
import { daysIn, filtersOf, NULL, QUERY_FIELDS, restOf, valuesIn } from './voice-query.ts';

interface VoiceQuery {
  readonly period: Period;
  readonly filters: readonly Filter[];
  readonly onChange: (period: Period, filters: readonly Filter[]) => void;
}

/** What people ask for most has a field of its own; any other filter stands as a chip below. */
export const VoiceQueryForm = memo(function VoiceQueryForm({ period, filters, onChange }: VoiceQuery) {
  const { t } = useTranslation();
  const labels = useLabels();
  const fields = useFields();
  const rest = restOf(period, filters);
  return (
    <QueryForm
      fields={fields}
      values={valuesIn(period, filters)}
      onQuery={(values) => {
        const wanted = values['period']?.[0] ?? null;
        onChange(isPeriod(wanted) ? wanted : '30d', filtersOf(values, rest));
      }}
      onReset={() => onChange('30d', [])}
      more={<AddFilter onAdd={(filter) => onChange(period, [...filters, filter])} />}
    >
      {rest.length === 0
        ? null
        : rest.map((filter, i) => (
            <Chip
              key={i}
              text={filterText(filter, labels, t)}
              onRemove={() =>
                onChange(
                  period,
                  filters.filter((one) => one !== filter),
                )
              }
            />
          ))}
    </QueryForm>
  );
});

function useFields(): readonly QueryField[] {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = useVocabulary().data;
  return useMemo(() => {
    const lists = QUERY_FIELDS.map((name): QueryField => {
      const known = words === undefined ? [] : (valuesOf(words, name) ?? []);
      const options = known.map((one) => ({ value: one.code, label: labels.value(name, one.code) }));
      const missing = { value: NULL, label: labels.value(name, null) };
      return { name, label: labels.dimension(name), kind: 'choices', options: [...options, missing] };
    });
    return [
      { name: 'period', label: t('period.label'), kind: 'own', draw: (value, set) => <PeriodField value={value} onChange={set} /> },
      { name: 'text', label: t('filter.keywordLabel'), kind: 'text', placeholder: t('filter.keyword') },
      ...lists,
    ];
  }, [t, labels, words]);
}

/** The period's name, and with “custom” its two days. */
function PeriodField({ value, onChange }: { readonly value: readonly string[]; readonly onChange: (value: readonly string[]) => void }) {
  const { t } = useTranslation();
  const [period = '30d', from = '', until = ''] = value;
  return (
    <>
      <Select
        aria-label={t('period.label')}
        value={period}
        style={{ flex: 1, minWidth: 120 }}
        options={PERIODS.map((one) => ({ value: one, label: t(`period.${one}`) }))}
        onChange={(one: string) => onChange(one === 'custom' ? daysIn(period, new Date()) : [one])}
      />
      {period === 'custom' ? (
        <span className="row" style={{ flexWrap: 'nowrap' }}>
          <input
            className="date-input"
            type="date"
            aria-label={t('period.from')}
            value={wallTime(from).slice(0, 10)}
            onChange={(e) => onChange([period, e.target.value, until])}
          />
          –
          <input
            className="date-input"
            type="date"
            aria-label={t('period.until')}
            value={until}
            onChange={(e) => onChange([period, from, e.target.value])}
          />
        </span>
      ) : null}
    </>
  );
}
