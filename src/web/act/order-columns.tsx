import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OrderRow } from '../../model/order-views.ts';
import type { Column } from '../kit/data-table.tsx';
import { useEntityName } from '../kit/entity-name.ts';
import { useLocale } from '../kit/locale.ts';
import { OrderStateMark, SeverityMark } from '../kit/states.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { DueWords } from './due-words.tsx';

/** What an order is about, in a few words. */
export function useAbout(): (row: OrderRow) => string {
  const labels = useLabels();
  const entityName = useEntityName();
  return useCallback(
    (row) =>
      [row.entity === null ? '' : entityName(row.entity), row.category === null ? '' : labels.value('category', row.category)]
        .filter((part) => part !== '')
        .join(' · '),
    [labels, entityName],
  );
}

export function useOrderColumns(): readonly Column<OrderRow>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const about = useAbout();
  return useMemo(() => {
    const columns: readonly Column<OrderRow>[] = [
      {
        name: 'title',
        title: t('orders.title'),
        width: 260,
        grow: true,
        card: 'title',
        show: (row) => (
          <>
            <Link to={`/orders/${row.id}`}>{row.title}</Link>
            <div className="faint">{about(row)}</div>
          </>
        ),
        text: (row) => row.title,
      },
      {
        name: 'due',
        title: t('orders.due'),
        width: 236,
        sort: 'server',
        show: (row) => <DueWords order={row} />,
        format: 'time',
        text: (row) => row.due_at,
      },
      {
        name: 'state',
        title: t('orders.state'),
        width: 96,
        show: (row) => <OrderStateMark state={row.state} />,
        text: (row) => t(`states.order.${row.state}`),
      },
      {
        name: 'severity',
        title: t('orders.severity'),
        width: 88,
        show: (row) => <SeverityMark severity={row.severity} />,
        text: (row) => t(`states.severity.${row.severity}`),
      },
      {
        name: 'department',
        title: t('orders.department'),
        width: 120,
        show: (row) => labels.value('department', row.department),
        text: (row) => labels.value('department', row.department),
      },
      {
        name: 'assignee',
        title: t('orders.assignee'),
        width: 120,
        show: (row) => row.assignee?.name ?? '–',
        text: (row) => row.assignee?.name ?? null,
      },
      {
        name: 'created',
        title: t('orders.created'),
        width: 120,
        sort: 'server',
        show: (row) => <When at={row.created_at} />,
        format: 'time',
        text: (row) => row.created_at,
      },
      {
        name: 'unit',
        title: t('orders.unit'),
        width: 140,
        hidden: true,
        show: (row) => row.unit.names[locale],
        text: (row) => row.unit.names[locale],
      },
      { name: 'number', title: t('orders.number'), width: 168, hidden: true, show: (row) => <code>{row.id}</code>, text: (row) => row.id },
      { name: 'about', title: t('orders.about'), width: 180, hidden: true, show: about, text: about },
    ];
    return columns;
  }, [t, locale, labels, about]);
}
