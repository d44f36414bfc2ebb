import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icons.tsx';
import { useLabels, useVocabulary, valuesOf } from '../kit/vocabulary.ts';

type Condition = { readonly field: string; readonly in: readonly string[] };

/** Which voices a rule counts: a field and its values a line, all of them must hold. */
export function RuleConditions({
  where,
  onChange,
}: {
  readonly where: readonly Condition[];
  readonly onChange: (where: readonly Condition[]) => void;
}) {
  const { t } = useTranslation();
  const put = (index: number, condition: Condition | null) =>
    onChange(where.flatMap((old, i) => (i !== index ? [old] : condition === null ? [] : [condition])));
  return (
    <div className="stack">
      {where.map((condition, i) => (
        <Line key={i} condition={condition} onChange={(next) => put(i, next)} />
      ))}
      <div>
        <Button size="small" icon={<Icon name="plus" />} onClick={() => onChange([...where, { field: 'category', in: [] }])}>
          {t('rules.addCondition')}
        </Button>
      </div>
    </div>
  );
}

function Line({ condition, onChange }: { readonly condition: Condition; readonly onChange: (condition: Condition | null) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const words = useVocabulary().data;
  const fields = (words?.dimensions ?? [])
    .filter((d) => d.group !== 'time')
    .map((d) => ({ value: d.name, label: labels.dimension(d.name) }));
  const known = words === undefined ? null : valuesOf(words, condition.field);
  return (
    <div className="row" style={{ flexWrap: 'nowrap' }}>
      <Select
        aria-label={t('filter.field')}
        style={{ width: 130, flex: 'none' }}
        showSearch={{ optionFilterProp: 'label' }}
        value={condition.field}
        options={fields}
        onChange={(field: string) => onChange({ field, in: [] })}
      />
      <Select
        aria-label={t('filter.values')}
        style={{ flex: 1, minWidth: 0 }}
        mode={known === null ? 'tags' : 'multiple'}
        placeholder={t('filter.values')}
        value={[...condition.in]}
        showSearch={{ optionFilterProp: 'label' }}
        options={(known ?? []).map((v) => ({ value: v.code, label: labels.value(condition.field, v.code) }))}
        onChange={(values: string[]) => onChange({ ...condition, in: values })}
      />
      <Button
        aria-label={t('common.remove', { what: labels.dimension(condition.field) })}
        icon={<Icon name="close" />}
        onClick={() => onChange(null)}
      />
    </div>
  );
}
