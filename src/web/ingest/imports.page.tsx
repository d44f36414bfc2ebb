import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { imports } from '../api/calls.ts';
import { BATCH_STATES } from '../../model/import-views.ts';
import type { BatchView } from '../../model/import-views.ts';
import { type Column, DataTable } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { QueryForm } from '../kit/query-form.tsx';
import type { QueryField } from '../kit/query-form.tsx';
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
  const [text, state, source] = FILTERS.map((name) => params.get(name)) as [string | null, string | null, string | null];
  const more = useCallback(
    (at: string | null, most: number) => imports({ text, state, source, cursor: at, limit: most }),
    [text, state, source],
  );
  const query = useQuery({
    queryKey: ['imports', 'list', text, state, source, cursor, limit],
    queryFn: () => more(cursor, limit),
    placeholderData: keepPreviousData,
    refetchInterval: (q) => (q.state.data?.rows.some(({ state }) => RUNS.includes(state)) === true ? 2000 : false),
  });
  const found = query.data;
  const narrowed = text !== null || state !== null || source !== null;
  const words =
    found === undefined || found.next !== null || cursor !== null || narrowed
      ? t('imports.wordsMore')
      : t('imports.words', { count: found.rows.length });
  return (
    <div className="page">
      <PageHead name={t('nav.imports')} words={words} help={{ doc: 'analyst' }}>
        {may('imports.run') ? <Templates /> : null}
      </PageHead>
      {may('imports.run') ? <NewImport /> : null}
      <ImportQuery sources={found?.sources ?? []} />
      <DataTable
        name="imports"
        title={t('nav.imports')}
        columns={columns}
        keyOf={(batch) => batch.id}
        query={query}
        more={more}
        filters={useFilterWords()}
        empty={
          narrowed ? (
            <Empty why={t('imports.noneFits')} next={t('imports.noneFitsNext')} />
          ) : (
            <Empty why={t('imports.empty')} next={t('imports.emptyNext')} />
          )
        }
        onOpen={(batch) => void go(`/imports/${batch.id}`)}
      />
    </div>
  );
}

const FILTERS = ['text', 'state', 'source'] as const;
const listed = (text: string | null): readonly string[] => (text ?? '').split(',').filter((one) => one !== '');

function useFilterWords(): readonly string[] {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [text, source] = [params.get('text'), params.get('source')];
  const states = BATCH_STATES.filter((one) => listed(params.get('state')).includes(one)).map((one) => t(`states.batch.${one}`));
  return [
    ...(text === null ? [] : [`${t('imports.find')}: ${text}`]),
    ...(states.length === 0 ? [] : [`${t('imports.state')}: ${states.join('、')}`]),
    ...(source === null ? [] : [`${t('imports.source')}: ${source}`]),
  ];
}

function ImportQuery({ sources }: { readonly sources: readonly string[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [text, source] = [params.get('text'), params.get('source')];
  const fields: readonly QueryField[] = [
    { name: 'text', label: t('imports.find'), kind: 'text', placeholder: t('imports.findHint') },
    {
      name: 'state',
      label: t('imports.state'),
      kind: 'choices',
      options: BATCH_STATES.map((value) => ({ value, label: t(`states.batch.${value}`) })),
    },
    { name: 'source', label: t('imports.source'), kind: 'choice', options: sources.map((value) => ({ value, label: value })) },
  ];
  return (
    <QueryForm
      fields={fields}
      values={{ text: text === null ? [] : [text], state: listed(params.get('state')), source: source === null ? [] : [source] }}
      onQuery={(values) => {
        const next = new URLSearchParams();
        for (const name of FILTERS) {
          const value = (values[name] ?? []).join(',').trim();
          if (value !== '') next.set(name, value);
        }
        setParams(next);
      }}
      onReset={() => setParams(new URLSearchParams())}
    />
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
