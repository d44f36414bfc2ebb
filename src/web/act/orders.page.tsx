import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ORDER_STATES } from '../../model/work-order.ts';
import { actOnOrder, orderCounts, orders } from '../api/calls.ts';
import type { Me } from '../../model/account.ts';
import type { OrderRow } from '../../model/order-views.ts';
import { DataTable } from '../kit/data-table.tsx';
import type { BatchAction, BatchResult } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay, useMe } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { QueryForm } from '../kit/query-form.tsx';
import { SavedViews } from '../kit/saved-views.tsx';
import { usePageSize } from '../kit/table-paging.tsx';
import { useSort } from '../kit/table-sort.ts';
import { Tabs } from '../kit/tabs.tsx';
import { useParam } from '../kit/url-state.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { CLOCK_MS } from './due.ts';
import { DepartmentHome } from './department-home.tsx';
import { NewOrder, NewOrderSheet } from './new-order.tsx';
import { useOrderColumns } from './order-columns.tsx';
import { countOf, questionOf, tabAddress, tabIn, tabsFor } from './order-tabs.ts';
import type { ListTab, Tab } from './order-tabs.ts';

export function OrdersPage() {
  const me = useMe().data;
  return me === undefined ? null : <Orders me={me} />;
}

function Orders({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const [params] = useSearchParams();
  const tabs = tabsFor(me, params.get('tab'));
  const tab = tabIn(params, tabs);
  const department = tab === 'home' ? me.department : params.get('department');
  const q = tab === 'home' ? null : params.get('q');
  const counts = useQuery({
    queryKey: ['orders', 'counts', department, q],
    queryFn: () => orderCounts({ department, q }),
    placeholderData: keepPreviousData,
    refetchInterval: CLOCK_MS,
  }).data?.counts;
  const [asked, ask] = useParam('new');
  const words =
    counts === undefined
      ? t('nav.orders')
      : tab === 'home'
        ? counts.open === 0
          ? t('orders.homeCalm')
          : t('orders.homeWords', {
              overdue: count(counts.overdue, locale),
              today: count(counts.today, locale),
              new: count(counts.new, locale),
            })
        : t('orders.words', { open: count(counts.open, locale), late: count(counts.overdue, locale) });
  return (
    <div className="page">
      <PageHead name={t('nav.orders')} words={words} help={{ doc: 'department' }}>
        <SavedViews page="orders" />
        {may('orders.create') ? <NewOrder where={[]} category={null} label={t('orders.new')} /> : null}
      </PageHead>
      <Tabs
        label={t('nav.orders')}
        now={tab}
        tabs={tabs.map((name) => ({
          name,
          title: t(`orders.tab.${name}`),
          to: tabAddress(name, { department, q }),
          count: countOf(counts, name),
          needs: name === 'overdue',
        }))}
      />
      {tab === 'home' ? <DepartmentHome me={me} counts={counts} /> : <OrderList key={tab} tab={tab} />}
      {asked === null || !may('orders.create') ? null : <NewOrderSheet where={[]} category={null} onClose={() => ask(null)} />}
    </div>
  );
}

const keyOf = (row: OrderRow): string => row.id;

function OrderList({ tab }: { readonly tab: ListTab }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const [params] = useSearchParams();
  const [sort, limit, cursor] = [useSort(), usePageSize(), params.get('cursor')];
  const question = questionOf(tab, params, sort);
  const text = JSON.stringify(question);
  const more = useCallback((at: string | null, most: number) => orders({ ...JSON.parse(text), cursor: at, limit: most }), [text]);
  const query = useQuery({
    queryKey: ['orders', 'list', text, cursor, limit],
    queryFn: () => more(cursor, limit),
    placeholderData: keepPreviousData,
    refetchInterval: CLOCK_MS,
  });
  const columns = useOrderColumns();
  const batch = useBatch(tab);
  return (
    <>
      <OrderQuery tab={tab} />
      <DataTable
        name="orders"
        title={t('nav.orders')}
        columns={columns}
        keyOf={keyOf}
        query={query}
        more={more}
        filters={[t(`orders.tab.${tab}`), ...useFilterWords()]}
        batch={batch}
        onOpen={(row) => void go(`/orders/${row.id}`)}
        empty={<NoOrders tab={tab} />}
      />
    </>
  );
}

function useFilterWords(): readonly string[] {
  const { t } = useTranslation();
  const labels = useLabels();
  const [params] = useSearchParams();
  const [q, state, department] = ['q', 'state', 'department'].map((name) => params.get(name));
  const states = ORDER_STATES.filter((one) => state?.split(',').includes(one)).map((one) => t(`states.order.${one}`));
  return [
    ...(q === null || q === undefined ? [] : [`${t('orders.find')}: ${q}`]),
    ...(states.length === 0 ? [] : [`${t('orders.state')}: ${states.join('、')}`]),
    ...(department === null || department === undefined ? [] : [`${t('orders.department')}: ${labels.value('department', department)}`]),
  ];
}

function OrderQuery({ tab }: { readonly tab: ListTab }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const departments = useVocabulary().data?.departments ?? [];
  const [params, setParams] = useSearchParams();
  const list = (name: string): readonly string[] => (params.get(name) ?? '').split(',').filter((one) => one !== '');
  return (
    <QueryForm
      fields={[
        { name: 'q', label: t('orders.find'), kind: 'text', placeholder: t('orders.findHint') },
        {
          name: 'state',
          label: t('orders.state'),
          kind: 'choices',
          options: ORDER_STATES.map((value) => ({ value, label: t(`states.order.${value}`) })),
        },
        {
          name: 'department',
          label: t('orders.department'),
          kind: 'choice',
          options: departments.map((one) => ({ value: one.code, label: labels.value('department', one.code) })),
        },
      ]}
      values={{ q: params.get('q') === null ? [] : [params.get('q') ?? ''], state: list('state'), department: list('department') }}
      onQuery={(values) => {
        const next = new URLSearchParams({ tab });
        for (const name of ['q', 'state', 'department']) {
          const value = (values[name] ?? []).join(',').trim();
          if (value !== '') next.set(name, value);
        }
        setParams(next);
      }}
      onReset={() => setParams(new URLSearchParams({ tab }))}
    />
  );
}

/** Several new orders accepted at once; what somebody else was faster with is counted and left. */
function useBatch(tab: ListTab): readonly BatchAction<OrderRow>[] {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  if (tab !== 'new' || !may('orders.work')) return [];
  const accept = async (rows: readonly OrderRow[]): Promise<BatchResult> => {
    let left = 0;
    for (const row of rows) await actOnOrder(row, 'accept', null, null).catch(() => left++);
    await cache.invalidateQueries({ queryKey: ['orders'] });
    const done = rows.length - left;
    return { said: left === 0 ? t('orders.batchDone', { count: done }) : t('orders.batchSome', { done, left }), left };
  };
  return [{ name: 'accept', label: t('orders.batchAccept'), run: accept }];
}

function NoOrders({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Empty why={t('orders.empty')} next={t('orders.emptyNext')}>
      {may('alarms.read') ? <Link to="/alarms">{t('orders.toAlarms')}</Link> : null}
      {tab === 'all' ? null : <Link to="?tab=all">{t('orders.toAll')}</Link>}
    </Empty>
  );
}
