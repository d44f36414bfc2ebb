import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { VERDICTS } from '../../model/comparison-words.ts';
import type { ExperimentRow } from '../../model/experiment.ts';
import { demonstration, experiments } from '../api/calls.ts';
import { DataTable } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import type { Column } from '../kit/table-columns.ts';
import { usePageSize } from '../kit/table-paging.tsx';
import { useOnce } from '../kit/use-once.ts';
import { When } from '../kit/when.tsx';
import { TableSheet } from './table-sheet.tsx';

/** Whether it helped, tried on some and not on others. */
export function ExperimentsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const go = useNavigate();
  const [params] = useSearchParams();
  const [limit, cursor] = [usePageSize(), params.get('cursor')];
  const more = (at: string | null, most: number) => experiments({ cursor: at, limit: most });
  const query = useQuery({
    queryKey: ['experiments', 'list', cursor, limit],
    queryFn: () => more(cursor, limit),
    placeholderData: keepPreviousData,
  });
  const found = query.data;
  const words =
    found === undefined
      ? t('nav.experiments')
      : found.next !== null || cursor !== null
        ? t('experiments.wordsMore')
        : found.rows.length === 0
          ? t('experiments.none')
          : t('experiments.words', { count: found.rows.length, running: found.rows.filter(({ state }) => state === 'running').length });
  return (
    <div className="page">
      <PageHead name={t('nav.experiments')} words={words} help={{ doc: 'analyst' }}>
        {may('experiments.write') ? <Keys /> : null}
      </PageHead>
      <DataTable
        name="experiments"
        title={t('nav.experiments')}
        columns={useColumns()}
        keyOf={keyOf}
        query={query}
        more={more}
        filters={[]}
        onOpen={(row) => void go(`/experiments/${row.id}`)}
        empty={<Empty why={t('experiments.none')} next={t('experiments.emptyNext')} />}
      />
    </div>
  );
}

const keyOf = (row: ExperimentRow): string => row.id;

function Keys() {
  const { t } = useTranslation();
  const go = useNavigate();
  const cache = useQueryClient();
  const [asked, ask] = useState(false);
  const load = useOnce({
    mutationFn: demonstration,
    onSuccess: async ({ experiment }) => {
      await cache.invalidateQueries({ queryKey: ['experiments'] });
      void go(`/experiments/${experiment.id}`);
    },
  });
  return (
    <>
      <Button loading={load.isPending} onClick={() => load.mutate()}>
        {t('experiments.demonstration')}
      </Button>
      <Button onClick={() => ask(true)}>{t('experiments.fromTable')}</Button>
      <Button type="primary" onClick={() => void go('/experiments/new')}>
        {t('experiments.make')}
      </Button>
      {load.error === null ? null : <ProblemView error={load.error} />}
      {asked ? <TableSheet onClose={() => ask(false)} /> : null}
    </>
  );
}

function useColumns(): readonly Column<ExperimentRow>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  return useMemo(() => {
    const verdict = (row: ExperimentRow): string => {
      const words = row.verdict === null ? undefined : VERDICTS[row.verdict];
      return words === undefined ? t('experiments.notYet') : words[locale];
    };
    const state = (row: ExperimentRow): string =>
      [
        t(`experiments.states.${row.state}`),
        row.demonstration ? t('experiments.isDemonstration') : row.origin === 'table' ? t('experiments.ofTable') : '',
      ]
        .filter((text) => text !== '')
        .join(' · ');
    return [
      {
        name: 'name',
        title: t('experiments.name'),
        width: 260,
        grow: true,
        card: 'title',
        show: (row) => <Link to={`/experiments/${row.id}`}>{row.name}</Link>,
        text: (row) => row.name,
      },
      { name: 'state', title: t('experiments.state'), width: 150, show: state, text: state },
      { name: 'verdict', title: t('experiments.verdict'), width: 180, show: verdict, text: verdict },
      {
        name: 'customers',
        title: t('experiments.customers'),
        width: 110,
        number: true,
        show: (row) => count(row.customers, locale),
        text: (row) => row.customers,
      },
      {
        name: 'unit',
        title: t('experiments.unit'),
        width: 150,
        show: (row) => row.unit.names[locale],
        text: (row) => row.unit.names[locale],
      },
      {
        name: 'started',
        title: t('experiments.started'),
        width: 130,
        show: (row) => (row.started_at === null ? '–' : <When at={row.started_at} />),
        format: 'time',
        text: (row) => row.started_at,
      },
    ];
  }, [t, locale]);
}
