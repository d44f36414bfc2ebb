import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { COMPARISONS } from '../../model/comparisons.ts';
import type { Comparison } from '../../model/comparisons.ts';

/** Against what: the time just before, whole weeks before so that weekdays meet, or nothing. */
export function CompareSelect({
  value,
  onChange,
}: {
  readonly value: Comparison | null;
  readonly onChange: (value: Comparison | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="field">
      <span className="label">{t('explorer.compare')}</span>
      <Select
        aria-label={t('explorer.compare')}
        value={value ?? 'none'}
        style={{ width: 172 }}
        options={(['none', ...COMPARISONS] as const).map((one) => ({ value: one, label: t(`explorer.comparing.${one}`) }))}
        onChange={(next: Comparison | 'none') => onChange(next === 'none' ? null : next)}
      />
    </div>
  );
}
