import { AutoComplete, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BatchView, ImportMapping } from '../../model/import-views.ts';
import { useLocale } from '../kit/locale.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import { constantFieldsFor, type ConstantField, withConstant } from './mapping-draft.ts';

/** What the file does not say because it is the same for all of it: the channel of a hotline's list, the city of a branch's. */
export function Constants({
  batch,
  mapping,
  onChange,
}: {
  readonly batch: BatchView;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}) {
  const { t } = useTranslation();
  const fields = constantFieldsFor(batch.as, mapping);
  if (fields.length === 0) return null;
  return (
    <section className="block">
      <h2>{t('imports.constants')}</h2>
      <p className="faint">{t('imports.constantsHelp', { source: batch.source })}</p>
      <div className="panel pad form-grid">
        {fields.map((field) => (
          <div key={field} className="field">
            <span className="label">{t(`imports.fieldName.${field}`)}</span>
            <Value
              field={field}
              value={mapping.constants?.[field] ?? ''}
              onChange={(value) => onChange(withConstant(mapping, field, value))}
            />
          </div>
        ))}
      </div>
    </section>
  );
}

function Value({
  field,
  value,
  onChange,
}: {
  readonly field: ConstantField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useVocabulary().data;
  const label = t(`imports.fieldName.${field}`);
  const lists = { kind: words?.kinds, channel: words?.channels, region: words?.regions, unit: words?.units } as const;
  if (field === 'product') {
    const options = (words?.products ?? []).map(({ names }) => ({ value: names[locale] }));
    return <AutoComplete aria-label={label} value={value} options={options} allowClear onChange={(next) => onChange(next ?? '')} />;
  }
  if (field === 'plan' || field === 'status')
    return <Input aria-label={label} value={value} allowClear onChange={(e) => onChange(e.target.value)} />;
  const options = (lists[field] ?? []).map(({ code, names }) => ({ value: code, label: names[locale] }));
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value === '' ? null : value}
      placeholder={t('imports.notSaid')}
      options={options}
      onChange={(next: string | null | undefined) => onChange(next ?? '')}
    />
  );
}
