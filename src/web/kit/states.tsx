import { useTranslation } from 'react-i18next';
import type { AlarmState, Severity } from '../../model/alarm.ts';
import type { OrderState } from '../../model/work-order.ts';
import type { BatchState } from '../../model/import-views.ts';

const SHAPES: Readonly<Record<Severity, string>> = {
  critical: 'M8 1l6.5 12.5h-13z',
  serious: 'M8 1.5L14.5 8 8 14.5 1.5 8z',
  notice: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z',
};

/** Severity by shape and word; colour only helps. */
export function SeverityMark({ severity }: { readonly severity: Severity }) {
  const { t } = useTranslation();
  return (
    <span className={`severity ${severity}`}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[severity]} fill={severity === 'notice' ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth="1.5" />
      </svg>
      {t(`states.severity.${severity}`)}
    </span>
  );
}

const ALARM_LOOK: Readonly<Record<AlarmState, string>> = {
  pending: 'waits',
  firing: 'needs full',
  acknowledged: 'waits',
  resolved: 'over',
};
export function AlarmStateMark({ state }: { readonly state: AlarmState }) {
  const { t } = useTranslation();
  return <span className={`state ${ALARM_LOOK[state]}`}>{t(`states.alarm.${state}`)}</span>;
}

const ORDER_LOOK: Readonly<Record<OrderState, string>> = {
  new: 'waits',
  accepted: '',
  'in-progress': '',
  done: 'full',
  returned: 'waits full',
  closed: 'over full',
};
export function OrderStateMark({ state }: { readonly state: OrderState }) {
  const { t } = useTranslation();
  return <span className={`state ${ORDER_LOOK[state]}`}>{t(`states.order.${state}`)}</span>;
}

const BATCH_LOOK: Readonly<Record<BatchState, string>> = {
  draft: 'waits',
  checking: '',
  checked: 'waits',
  queued: '',
  running: '',
  done: 'full',
  cancelled: 'over',
  failed: 'needs full',
  undoing: '',
  undone: 'over',
};
export function BatchStateMark({ state }: { readonly state: BatchState }) {
  const { t } = useTranslation();
  return <span className={`state ${BATCH_LOOK[state]}`}>{t(`states.batch.${state}`)}</span>;
}
