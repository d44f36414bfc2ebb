import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComfortGroup, ComfortView } from '../../../model/peaks.ts';
import { Answered } from '../../kit/answered.tsx';
import { count } from '../../kit/format.ts';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useParam } from '../../kit/url-state.ts';
import { useOnce } from '../../kit/use-once.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { Grid } from '../handling/grid.tsx';
import { comforts, giveComfort } from './calls.ts';
import { Field, NumberField } from './field.tsx';

/** The ends: many customers who will not complain; policy comforts them, within a budget. */
export function EndsPart({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const [city, choose] = useParam('city');
  const query = useQuery({ queryKey: ['peak-comforts', city], queryFn: () => comforts(city), placeholderData: keepPreviousData });
  const sum = (of: 'customers' | 'given'): string =>
    count(
      (query.data?.groups ?? []).reduce((all, group) => all + group[of], 0),
      locale,
    );
  return (
    <div className="page">
      <PageHead
        name={t('peaks.name')}
        help={{ doc: 'analyst' }}
        words={query.data === undefined ? t('peaks.tab.ends') : t('peaks.endsWords', { count: sum('customers'), given: sum('given') })}
      />
      {tabs}
      <Answered query={query} rows={10}>
        {(found) => (
          <>
            {found.cities.length < 2 ? null : (
              <Field label={t('peaks.city')}>
                {(id) => (
                  <Select
                    id={id}
                    style={{ width: 240, maxWidth: '100%' }}
                    value={(query.isPlaceholderData ? city : found.city) ?? ''}
                    options={[
                      { value: '', label: t('peaks.allCities') },
                      ...found.cities.map((code) => ({ value: code, label: labels.value('city', code) })),
                    ]}
                    onChange={(value: string) => choose(value)}
                  />
                )}
              </Field>
            )}
            {found.city === null ? <p className="quiet">{t('peaks.chooseCity')}</p> : null}
            <Groups found={found} />
            <p className="quiet">{t('peaks.endsHelp')}</p>
          </>
        )}
      </Answered>
    </div>
  );
}

function Groups({ found }: { readonly found: ComfortView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const may = useMay();
  const [giving, give] = useState<ComfortGroup | null>(null);
  const titles = [
    { text: t('peaks.levelName') },
    { text: t('peaks.tierName') },
    { text: t('peaks.customers'), number: true },
    { text: t('peaks.offer') },
    { text: t('peaks.each'), number: true },
    { text: t('peaks.given'), number: true },
    { text: t('peaks.budget'), number: true },
    { text: t('peaks.give') },
  ];
  return (
    <>
      <Grid
        label={t('peaks.tab.ends')}
        titles={titles}
        rows={found.groups.map((group) => ({
          key: `${group.level} ${group.tier}`,
          cells: [
            t('peaks.level', { level: group.level }),
            t(`peaks.tier.${group.tier}`),
            count(group.customers, locale),
            group.offer === null ? '–' : nameOf(group.offer),
            count(group.each, locale),
            count(group.given, locale),
            `${count(group.spent, locale)} / ${count(group.budget, locale)}`,
            found.city === null || group.customers === 0 || !may('peaks.write') ? (
              <span key="give" className="faint">
                –
              </span>
            ) : (
              <Button
                key="give"
                size="small"
                aria-label={t('peaks.giveOf', { level: group.level, tier: t(`peaks.tier.${group.tier}`) })}
                onClick={() => give(group)}
              >
                {t('peaks.give')}
              </Button>
            ),
          ],
        }))}
      />
      {giving === null || found.city === null ? null : <Giving group={giving} city={found.city} onClose={() => give(null)} />}
    </>
  );
}

function Giving({ group, city, onClose }: { readonly group: ComfortGroup; readonly city: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { level, tier, each, budget, spent } = group;
  const affordable = each === 0 ? group.customers : Math.floor((budget - spent) / each);
  const [customers, change] = useState(Math.max(0, Math.min(group.customers, affordable)));
  const save = useOnce({
    mutationFn: () => giveComfort({ city, level, tier, customers }),
    onSuccess: onClose,
    onSettled: () => cache.invalidateQueries({ queryKey: ['peak-comforts'] }),
  });
  const title = t('peaks.giveOf', { level, tier: t(`peaks.tier.${tier}`) });
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={() => save.mutate()}
      confirmLoading={save.isPending}
      okText={t('peaks.give')}
      cancelText={t('common.cancel')}
    >
      <div className="stack">
        {save.error === null ? null : <ProblemView error={save.error} names={{ customers: t('peaks.howMany') }} />}
        <NumberField label={t('peaks.howMany')} value={customers} onChange={change} />
      </div>
    </Modal>
  );
}
