import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Decision, DECISIONS } from '../../model/experiment.ts';

export function DecisionSelect({ decision, onChange }: { readonly decision: Decision; readonly onChange: (decision: Decision) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('experiments.conclude')}
      value={decision}
      options={DECISIONS.map((value) => ({ value, label: t(`experiments.decisions.${value}`) }))}
      onChange={onChange}
    />
  );
}
