import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CustomerPick, type ExperimentDetail, PICK_FIELDS, type PickField } from '../../model/experiment.ts';
import { experimentStep, pickChoices } from '../api/calls.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { useLabels } from '../kit/vocabulary.ts';

/** Customers by segment, value, brand, city and level: how many there are of each, and how many the choice comes to. */
export function PickCustomers({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const cache = useQueryClient();
  const before = experiment.cohort?.from;
  const [pick, setPick] = useState<CustomerPick>(before?.kind === 'customers' ? before.pick : {});
  const found = useQuery({
    queryKey: ['experiments', 'customers', pick],
    queryFn: () => pickChoices(pick),
    placeholderData: keepPreviousData,
  });
  const take = useOnce({
    mutationFn: () => experimentStep(experiment, 'cohort', { pick }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['experiments'] }),
  });
  const optionsOf = (field: PickField) =>
    (found.data?.choices ?? [])
      .filter((one) => one.field === field)
      .map(({ value, customers }) => ({
        value,
        label: `${field === 'level' ? value : labels.value(field, value)} (${count(customers, locale)})`,
      }));
  const chosen = found.data?.customers ?? 0;
  return (
    <div className="stack" role="group" aria-label={t('experiments.cohortPick')}>
      <strong>{t('experiments.cohortPick')}</strong>
      <div className="form-grid">
        {PICK_FIELDS.filter((field) => pick[field] !== undefined || optionsOf(field).length > 0).map((field) => (
          <div className="field" key={field}>
            <span className="label">{t(`experiments.picks.${field}`)}</span>
            <Select
              mode="multiple"
              allowClear
              aria-label={t(`experiments.picks.${field}`)}
              value={[...(pick[field] ?? [])]}
              options={optionsOf(field)}
              optionFilterProp="label"
              onChange={(values: string[]) => setPick(withField(pick, field, values))}
            />
          </div>
        ))}
      </div>
      <p className="faint">{t('experiments.cohortPickHelp')}</p>
      <div className="row">
        <Button type="primary" disabled={chosen === 0 || found.isPlaceholderData} loading={take.isPending} onClick={() => take.mutate()}>
          {t('experiments.cohortPickUse', { count: count(chosen, locale) as never })}
        </Button>
      </div>
      {[found.error, take.error].map((error, i) => (error === null ? null : <ProblemView key={i} error={error} />))}
    </div>
  );
}

function withField(pick: CustomerPick, field: PickField, values: readonly string[]): CustomerPick {
  const { [field]: _, ...others } = pick;
  return values.length === 0 ? others : { ...others, [field]: values };
}
