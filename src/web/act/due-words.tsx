import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../model/order-views.ts';
import { duration, moment } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { dueOf } from './due.ts';

/** “还剩 1 小时 20 分（工作时间） · 03-01 17:30 到期” */
export function DueWords({ order }: { readonly order: OrderRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const due = dueOf(order);
  const at = t('orders.dueAt', { time: moment(order.due_at, new Date(), locale) });
  if (due.kind === 'over')
    return (
      <span>
        {due.inTime === null ? null : (
          <span className={due.inTime ? '' : 'state needs'}>{t(due.inTime ? 'orders.inTime' : 'orders.closedLate')}</span>
        )}
        <div className="faint nowrap">{at}</div>
      </span>
    );
  if (due.kind === 'left')
    return (
      <span>
        <span className={due.soon ? 'state waits' : ''}>{t('orders.left', { time: duration(due.minutes, locale, true) })}</span>
        <div className="faint nowrap">{at}</div>
      </span>
    );
  return (
    <span>
      <span className="state needs full">
        {due.minutes === null ? t('orders.lateOnly') : t('orders.late', { time: duration(due.minutes, locale, true) })}
      </span>
      <div className="faint nowrap">{at}</div>
    </span>
  );
}
