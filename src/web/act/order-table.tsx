import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OrderRow } from '../api/types.ts';
import { useEntityName } from '../kit/entity-name.ts';
import { OrderStateMark, SeverityMark } from '../kit/states.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { DueWords } from './due-words.tsx';

export function OrderTable({ rows }: { readonly rows: readonly OrderRow[] }) {
  const { t } = useTranslation();
  return (
    <div className="scroller">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{t('orders.title')}</th>
            <th scope="col">{t('orders.due')}</th>
            <th scope="col">{t('orders.state')}</th>
            <th scope="col">{t('orders.severity')}</th>
            <th scope="col">{t('orders.department')}</th>
            <th scope="col">{t('orders.assignee')}</th>
            <th scope="col">{t('orders.created')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <OrderLine key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OrderLine({ row }: { readonly row: OrderRow }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const entityName = useEntityName();
  const about = [
    row.entity === null ? '' : entityName(row.entity),
    row.category === null ? '' : labels.value('category', row.category),
  ].filter((p) => p !== '');
  return (
    <tr>
      <td style={{ minWidth: 220 }}>
        <Link to={`/orders/${row.id}`}>{row.title}</Link>
        <div className="faint">{about.join(' · ')}</div>
      </td>
      <td>
        <DueWords order={row} />
      </td>
      <td>
        <OrderStateMark state={row.state} />
      </td>
      <td>
        <SeverityMark severity={row.severity} />
      </td>
      <td data-label={t('orders.department')}>{labels.value('department', row.department)}</td>
      <td data-label={t('orders.assignee')}>{row.assignee?.name ?? '–'}</td>
      <td data-label={t('orders.created')}>
        <When at={row.created_at} />
      </td>
    </tr>
  );
}
