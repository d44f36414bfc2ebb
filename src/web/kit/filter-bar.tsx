import { Button, Input, Popover, Select } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../../model/question.ts';
import { DayField } from './day-field.tsx';
import { dayAfter, dayBefore } from './days.ts';
import { wallTime } from './format.ts';
import { Icon } from './icons.tsx';
import { PERIODS } from './periods.ts';
import type { Period } from './periods.ts';
import { useLabels, useVocabulary, valuesOf } from './vocabulary.ts';
import type { Labels } from './vocabulary.ts';

interface Filtering {
  readonly period: Period;
  readonly filters: readonly Filter[];
  readonly onChange: (period: Period, filters: readonly Filter[]) => void;
}

const isRange = (f: Filter): f is Extract<Filter, { from?: string }> => 'field' in f && !('in' in f);

/** Period, words in the text and any number of filters; everything shown is in the address. */
export function FilterBar({ period, filters, onChange }: Filtering) {
  const { t } = useTranslation();
  const labels = useLabels();
  const without = (filter: Filter) =>
    onChange(
      period,
      filters.filter((f) => f !== filter),
    );
  return (
    <div className="row">
      <PeriodPicker period={period} filters={filters} onChange={onChange} />
      <Keyword
        onSearch={(text) => onChange(period, [...filters.filter((f) => !('text' in f)), ...(text === '' ? [] : [{ text }])])}
        now={keywordOf(filters)}
      />
      {filters
        .filter((f) => !('text' in f))
        .map((filter, i) => (
          <Chip key={i} text={filterText(filter, labels, t)} onRemove={() => without(filter)} />
        ))}
      <AddFilter onAdd={(filter) => onChange(period, [...filters, filter])} />
    </div>
  );
}

const keywordOf = (filters: readonly Filter[]): string => filters.flatMap((f) => ('text' in f ? [f.text] : [])).join(' ');

export function filterText(filter: Filter, labels: Labels, t: TFunction): string {
  if ('text' in filter) return t('filter.text', { text: filter.text });
  const name = labels.dimension(filter.field);
  if ('in' in filter) {
    const values = filter.in.map((v) => labels.value(filter.field, v));
    return `${name}: ${values.length > 3 ? `${values.slice(0, 3).join('、')} … (${values.length})` : values.join('、')}`;
  }
  const [from, before] = [wallTime(filter.from ?? ''), wallTime(filter.before ?? '')];
  if (from !== '' && before !== '') return `${name}: ${t('period.range', { from, before })}`;
  return `${name}: ${from === '' ? t('period.before', { before }) : t('period.since', { from })}`;
}

export function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="chip">
      <span title={text}>{text}</span>
      <button type="button" aria-label={t('common.remove', { what: text })} onClick={onRemove}>
        ×
      </button>
    </span>
  );
}

function Keyword({ now, onSearch }: { readonly now: string; readonly onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <Input.Search
      key={now}
      defaultValue={now}
      allowClear
      aria-label={t('filter.keywordLabel')}
      placeholder={t('filter.keyword')}
      style={{ width: 260, maxWidth: '100%' }}
      onSearch={(text) => onSearch(text.trim())}
    />
  );
}

function PeriodPicker({ period, filters, onChange }: Filtering) {
  const { t } = useTranslation();
  const range = filters.find((f) => isRange(f) && f.field === 'said_at');
  const [from, before] = range !== undefined && isRange(range) ? [range.from ?? '', wallTime(range.before ?? '')] : ['', ''];
  const others = filters.filter((f) => f !== range);
  const setRange = (start: string, end: string): void =>
    onChange(
      'custom',
      start === '' && end === ''
        ? others
        : [{ field: 'said_at', ...(start === '' ? {} : { from: start }), ...(end === '' ? {} : { before: dayAfter(end) }) }, ...others],
    );
  return (
    <>
      <Select
        aria-label={t('period.label')}
        value={period}
        style={{ width: 136 }}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(value: Period) => onChange(value, value === 'custom' ? filters : others)}
      />
      {period === 'custom' ? (
        <span className="row">
          <DayField
            label={t('period.from')}
            day={wallTime(from).slice(0, 10)}
            onDay={(day) => setRange(day, before === '' ? '' : dayBefore(before))}
          />
          –
          <DayField label={t('period.until')} day={before === '' ? '' : dayBefore(before)} onDay={(day) => setRange(from, day)} />
        </span>
      ) : null}
    </>
  );
}

const NULL = '\u0000';

export function AddFilter({ onAdd }: { readonly onAdd: (filter: Filter) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<string | null>(null);
  const [values, setValues] = useState<readonly string[]>([]);
  const add = (): void => {
    if (field === null || values.length === 0) return;
    onAdd({ field, in: values.map((v) => (v === NULL ? null : v)) });
    setOpen(false);
    setField(null);
    setValues([]);
  };
  const content = (
    <div className="stack" style={{ width: 280, maxWidth: '80vw' }}>
      <FieldSelect
        field={field}
        onChange={(name) => {
          setField(name);
          setValues([]);
        }}
      />
      {field === null ? null : <ValueSelect field={field} values={values} onChange={setValues} />}
      <Button type="primary" disabled={field === null || values.length === 0} onClick={add}>
        {t('common.add')}
      </Button>
    </div>
  );
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomLeft" content={content}>
      <Button icon={<Icon name="plus" />}>{t('filter.add')}</Button>
    </Popover>
  );
}

function FieldSelect({ field, onChange }: { readonly field: string | null; readonly onChange: (name: string) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = useVocabulary().data;
  const dimensions = (words?.dimensions ?? [])
    .filter((d) => d.group !== 'time')
    .map((d) => ({ value: d.name, label: labels.dimension(d.name) }));
  const attributes = (words?.attributes ?? []).map((name) => ({ value: `attr:${name}`, label: name }));
  return (
    <Select
      aria-label={t('filter.field')}
      placeholder={t('filter.field')}
      value={field}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...dimensions, ...attributes]}
      onChange={onChange}
    />
  );
}

function ValueSelect({
  field,
  values,
  onChange,
}: {
  readonly field: string;
  readonly values: readonly string[];
  readonly onChange: (v: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = useVocabulary().data;
  const known = words === undefined ? null : valuesOf(words, field);
  const options = [
    ...(known ?? []).map((v) => ({ value: v.code, label: labels.value(field, v.code) })),
    { value: NULL, label: labels.value(field, null) },
  ];
  return (
    <Select
      mode={known === null ? 'tags' : 'multiple'}
      aria-label={t('filter.values')}
      placeholder={known === null ? t('filter.typeValues') : t('filter.values')}
      value={[...values]}
      maxTagCount={4}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={(next: string[]) => onChange(next)}
    />
  );
}
