import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { closedOrders, orders } from '../api/calls.ts';
import type { Query } from '../api/client.ts';
import type { Me } from '../../model/account.ts';
import type { ClosedOrder, OrderCounts, OrderRow } from '../../model/order-views.ts';
import { Answered } from '../kit/answered.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { OrderStateMark, SeverityMark } from '../kit/states.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { CLOCK_MS } from './due.ts';
import { DueWords } from './due-words.tsx';
import { NextStep } from './next-step.tsx';
import { questionOf } from './order-tabs.ts';
import type { ListTab } from './order-tabs.ts';

const PARTS = ['overdue', 'today', 'new', 'handed', 'done', 'returned'] as const satisfies readonly ListTab[];
const AT_MOST = 6;

/** A department's day on one page: what is late, what falls due, what nobody took yet, what others sent us, what is to be closed, what helped. */
export function DepartmentHome({ me, counts }: { readonly me: Me; readonly counts: OrderCounts | undefined }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const locale = useLocale();
  const department = me.department ?? '';
  return (
    <>
      <p className="quiet">
        {counts === undefined
          ? null
          : t('orders.homeOf', { department: labels.value('department', department), open: count(counts.open, locale) })}
      </p>
      <div className="columns-2">
        {PARTS.map((part) => (
          <Part key={part} part={part} department={department} total={counts?.[part] ?? null} />
        ))}
      </div>
      <Closed department={department} />
    </>
  );
}

function Part({
  part,
  department,
  total,
}: {
  readonly part: (typeof PARTS)[number];
  readonly department: string;
  readonly total: number | null;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const asked: Query = { ...questionOf(part, new URLSearchParams(), null), department, limit: AT_MOST };
  const query = useQuery({ queryKey: ['orders', 'home', part, department], queryFn: () => orders(asked), refetchInterval: CLOCK_MS });
  return (
    <section className="block">
      <div className="block-head">
        <h2>
          {t(`orders.tab.${part}`)}{' '}
          {total === null ? null : (
            <span className={`tab-count ${part === 'overdue' && total > 0 ? 'needs' : ''}`}>{count(total, locale)}</span>
          )}
        </h2>
        {total === null || total === 0 ? null : (
          <Link to={`?tab=${part}&department=${encodeURIComponent(department)}`}>
            {t('orders.homeAll', { count: count(total, locale) as never })}
          </Link>
        )}
      </div>
      <div className="panel">
        <Answered query={query} rows={2}>
          {(found) =>
            found.rows.length === 0 ? (
              <p className="faint pad">{t('orders.homeNone')}</p>
            ) : (
              <ul className="plain-list">
                {found.rows.map((row) => (
                  <OrderItem key={row.id} row={row} />
                ))}
              </ul>
            )
          }
        </Answered>
      </div>
    </section>
  );
}

function OrderItem({ row }: { readonly row: OrderRow }) {
  return (
    <li className="item">
      <div className="stack" style={{ gap: 2 }}>
        <Link to={`/orders/${row.id}`}>{row.title}</Link>
        <div className="row" style={{ gap: '2px 12px' }}>
          <SeverityMark severity={row.severity} />
          <OrderStateMark state={row.state} />
          {row.assignee === null ? null : <span className="faint">{row.assignee.name}</span>}
        </div>
        <DueWords order={row} />
      </div>
      <NextStep order={row} />
    </li>
  );
}

function Closed({ department }: { readonly department: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['orders', 'home', 'closed', department],
    queryFn: () => closedOrders({ department, limit: AT_MOST }),
  });
  return (
    <section className="block">
      <div className="block-head">
        <h2>{t('orders.homeClosed')}</h2>
        <Link to={`?tab=closed&department=${encodeURIComponent(department)}`}>{t('orders.tab.closed')}</Link>
      </div>
      <div className="panel">
        <Answered query={query} rows={2}>
          {(found) =>
            found.rows.length === 0 ? (
              <p className="faint pad">{t('orders.homeNone')}</p>
            ) : (
              <ul className="plain-list">
                {found.rows.map((one) => (
                  <ClosedItem key={one.order.id} closed={one} />
                ))}
              </ul>
            )
          }
        </Answered>
      </div>
    </section>
  );
}

const ARROWS = { fell: '↓', 'no-visible-change': '→', rose: '↑', 'too-early': '…' } as const;

function ClosedItem({ closed: { order, outcome, outcome_words: words } }: { readonly closed: ClosedOrder }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <li className="item">
      <Link to={`/orders/${order.id}`}>{order.title}</Link>
      <span className="faint">
        <When at={order.closed_at ?? null} />
      </span>
      <span className={outcome?.verdict === 'rose' ? 'state needs' : 'quiet'}>
        {outcome === null
          ? t('orders.outcomeSoon')
          : `${ARROWS[outcome.verdict]} ${words?.[locale] ?? t(`orders.verdict.${outcome.verdict}`)}`}
      </span>
    </li>
  );
}
