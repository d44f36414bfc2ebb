import { Link } from 'react-router';
import type { OrderRow } from '../../model/order-views.ts';
import { OrderStateMark, SeverityMark } from '../kit/states.tsx';
import { DueWords } from './due-words.tsx';

export function WaitingList({ rows }: { readonly rows: readonly OrderRow[] }) {
  return (
    <ul className="plain-list">
      {rows.map((order) => (
        <li key={order.id} className="item">
          <div className="stack" style={{ gap: 2 }}>
            <Link to={`/orders/${order.id}`}>{order.title}</Link>
            <div className="row" style={{ gap: '2px 12px' }}>
              <SeverityMark severity={order.severity} />
              <OrderStateMark state={order.state} />
            </div>
          </div>
          <DueWords order={order} />
        </li>
      ))}
    </ul>
  );
}
