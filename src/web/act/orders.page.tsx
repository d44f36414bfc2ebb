import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ORDER_STATES } from '../../model/work-order.ts';
import { orders } from '../api/calls.ts';
import type { Query } from '../api/client.ts';
import type { Counted, Me, OrderRow } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { useMay, useMe } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { Pager } from '../kit/pager.tsx';
import { OrderTable } from './order-table.tsx';

const TABS = ['department', 'mine', 'overdue', 'closed', 'all'] as const;
type Tab = (typeof TABS)[number];
const isTab = (text: string | null): text is Tab => TABS.includes(text as Tab);

const OPEN = ORDER_STATES.filter((state) => state !== 'closed');

/** The open orders of a list, the most urgent first; closed ones and everything page through. */
async function asked(tab: Tab, me: Me, cursor: string | null): Promise<Counted<OrderRow>> {
  if (tab === 'closed') return orders({ state: 'closed', cursor });
  if (tab === 'all') return orders({ cursor });
  if (tab === 'overdue') return orders({ overdue: true, cursor });
  const whose: Query = tab === 'mine' ? { mine: true } : { department: me.department };
  const pages = await Promise.all(OPEN.map((state) => orders({ ...whose, state, limit: 100 })));
  const rows = pages.flatMap((page) => page.rows).sort((a, b) => a.due_at.localeCompare(b.due_at));
  return { count: pages.reduce((sum, page) => sum + page.count, 0), rows, next: null };
}

export function OrdersPage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const [params] = useSearchParams();
  const wanted = params.get('tab');
  const tabs = TABS.filter((name) => name !== 'department' || (me?.department ?? null) !== null);
  const tab: Tab = isTab(wanted) && tabs.includes(wanted) ? wanted : tabs.includes('department') ? 'department' : 'all';
  const cursor = params.get('cursor');
  const query = useQuery({
    queryKey: ['orders', tab, cursor],
    queryFn: me === undefined ? skipToken : () => asked(tab, me, cursor),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.rows ?? [];
  const late = rows.filter((o) => o.overdue && o.state !== 'closed').length;
  const words =
    query.data === undefined
      ? t('nav.orders')
      : tab === 'closed' || tab === 'all'
        ? t('orders.wordsPlain', { count: query.data.count })
        : t('orders.words', { open: query.data.count, late });
  return (
    <div className="page">
      <PageHead name={t('nav.orders')} words={words} />
      <nav className="tabs" aria-label={t('nav.orders')}>
        {tabs.map((name) => (
          <Link
            key={name}
            to={`?tab=${name}`}
            className={name === tab ? 'active' : ''}
            {...(name === tab ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`orders.tab.${name}`)}
          </Link>
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
