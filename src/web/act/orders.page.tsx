import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { orders } from '../api/calls.ts';
import type { Query } from '../api/client.ts';
import type { Me } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { useMay, useMe } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { Pager } from '../kit/pager.tsx';
import { OrderTable } from './order-table.tsx';

const TABS = ['department', 'mine', 'overdue', 'closed', 'all'] as const;
type Tab = (typeof TABS)[number];
const isTab = (text: string | null): text is Tab => TABS.includes(text as Tab);

const OPEN = 'new,accepted,in-progress,done,returned';
function askedBy(tab: Tab, me: Me): Query {
  switch (tab) {
    case 'department':
      return { department: me.department, state: OPEN };
    case 'mine':
      return { mine: true, state: OPEN };
    case 'overdue':
      return { overdue: true };
    case 'closed':
      return { state: 'closed' };
    case 'all':
      return {};
  }
}

export function OrdersPage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const [params] = useSearchParams();
  const asked = params.get('tab');
  const tabs = TABS.filter((name) => name !== 'department' || (me?.department ?? null) !== null);
  const tab: Tab = isTab(asked) && tabs.includes(asked) ? asked : (tabs.includes('department') ? 'department' : 'all');
  const cursor = params.get('cursor');
  const query = useQuery({
    queryKey: ['orders', tab, cursor],
    queryFn: () => orders(me === undefined ? {} : { ...askedBy(tab, me), cursor }),
    enabled: me !== undefined,
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.rows ?? [];
  const late = rows.filter((o) => o.overdue && o.state !== 'closed').length;
  const words = query.data === undefined ? t('nav.orders')
    : tab === 'closed' || tab === 'all' ? t('orders.wordsPlain', { count: query.data.count })
      : t('orders.words', { open: query.data.count, late });
  return (
    <div className="page">
      <PageHead name={t('nav.orders')} words={words} />
      <nav className="tabs" aria-label={t('nav.orders')}>
        {tabs.map((name) => (
          <Link key={name} to={`?tab=${name}`} className={name === tab ? 'active' : ''} {...(name === tab ? { 'aria-current': 'page' as const } : {})}>{t(`orders.tab.${name}`)}</Link>
        ))}
      </nav>
      <Answered query={query}>
        {(found) => (
          <section className="panel">
            {found.rows.length === 0 ? <NoOrders tab={tab} /> : <OrderTable rows={found.rows} />}
            <Pager next={found.next} />
          </section>
        )}
      </Answered>
    </div>
  );
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
