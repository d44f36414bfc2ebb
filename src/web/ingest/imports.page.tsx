import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { imports } from '../api/calls.ts';
import type { BatchView } from '../../model/import-views.ts';
import { type Column, DataTable } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { BatchStateMark } from '../kit/states.tsx';
import { usePageSize } from '../kit/table-paging.tsx';
import { When } from '../kit/when.tsx';
import './ingest.css';
import { CARRIED } from './mapping-draft.ts';
import { NewImport } from './new-import.tsx';
import { Templates } from './templates.tsx';

const RUNS: readonly string[] = ['checking', 'queued', 'running', 'undoing'];

export function ImportsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const go = useNavigate();
  const [params] = useSearchParams();
  const cursor = params.get('cursor');
  const limit = usePageSize();
  const columns = useColumns();
  const query = useQuery({
    queryKey: ['imports', 'list', cursor, limit],
    queryFn: () => imports(cursor, limit),
    placeholderData: keepPreviousData,
    refetchInterval: (q) => (q.state.data?.rows.some(({ state }) => RUNS.includes(state)) === true ? 2000 : false),
  });
  const found = query.data;
  const words =
    found === undefined || found.next !== null || cursor !== null
      ? t('imports.wordsMore')
      : t('imports.words', { count: found.rows.length });
  return (
    <div className="page">
      <PageHead name={t('nav.imports')} words={words}>
        {may('imports.run') ? <Templates /> : null}
      </PageHead>
      {may('imports.run') ? <NewImport /> : null}
      <DataTable
        name="imports"
        title={t('nav.imports')}
        columns={columns}
        keyOf={(batch) => batch.id}
        query={query}
        more={(at, most) => imports(at, most)}
        empty={<Empty why={t('imports.empty')} next={t('imports.emptyNext')} />}
        onOpen={(batch) => void go(`/imports/${batch.id}`)}
      />
    </div>
  );
}

const FIGURES = ['rows', 'accepted', 'duplicates', 'rejected'] as const;
const figureOf = (batch: BatchView, name: (typeof FIGURES)[number]): number | null => (name === 'rows' ? batch.rows_total : batch[name]);

function useColumns(): readonly Column<BatchView>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  return useMemo(
    (): readonly Column<BatchView>[] => [
      {
        name: 'file',
        title: t('imports.file'),
        width: 220,
        grow: true,
        card: 'title',
        show: (batch) => <Link to={`/imports/${batch.id}`}>{batch.file_name}</Link>,
        text: (batch) => batch.file_name,
      },
      { name: 'source', title: t('imports.source'), width: 130, show: (batch) => batch.source, text: (batch) => batch.source },
      {
        name: 'as',
        title: t('imports.as'),
        width: 96,
        show: (batch) => t(CARRIED[batch.as]),
        text: (batch) => t(CARRIED[batch.as]),
      },
      {
        name: 'state',
        title: t('imports.state'),
        width: 104,
        show: (batch) => <BatchStateMark state={batch.state} />,
        text: (batch) => t(`states.batch.${batch.state}`),
      },
      ...FIGURES.map((name): Column<BatchView> => ({
        name,
        title: t(`imports.${name}`),
        width: 90,
        number: true,
        sort: 'here',
        show: (batch) => {
          const value = figureOf(batch, name);
          return value === null ? '–' : count(value, locale);
        },
        text: (batch) => figureOf(batch, name),
      })),
      {
        name: 'created',
        title: t('imports.created'),
        width: 124,
        show: (batch) => <When at={batch.created_at} />,
        format: 'time',
        text: (batch) => batch.created_at,
      },
      {
        name: 'member',
        title: t('imports.by'),
        width: 130,
        show: (batch) => <span className="nowrap">{batch.member.name}</span>,
        text: (batch) => batch.member.name,
      },
    ],
    [t, locale],
  );
}
